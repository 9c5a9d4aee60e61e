import type {
  Observation,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Resource,
} from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import {
  given,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type {
  CarerAssessment,
  CarerDecision,
  CarerFindings,
  OutcomeFinding,
} from './carer-assessment.ts'
import { type CarerOutcome, carerOutcomes, outcomeStates, type YesOrNo } from './outcomes.ts'

/** Our own form. Changed wording makes a new version, never an edit. */
const carerForm = {
  ...{ id: 'carers-assessment', url: gableUrl('Questionnaire/carers-assessment') },
  version: '1.0',
} as const

/** Our own words for what the form asks, kept with the answers. */
const carerQuestions = {
  does: 'What I do as a carer',
  necessary: 'Is the care necessary, and do the needs come from it?',
  health: 'Is the carer’s physical or mental health getting worse because of it, or might it?',
  children: 'Looking after children',
  others: 'Caring for other people',
  home: 'Keeping the home fit to live in',
  food: 'Eating well',
  relationships: 'Family and friends',
  work: 'Work, training, learning or volunteering',
  community: 'Getting to places and services nearby',
  'free-time': 'Free time',
  wellbeing: 'Is there a significant impact on wellbeing, or is one likely?',
  'goes-on': 'Whether I can and want to go on caring',
  wants: 'What I want in my own life',
} as const satisfies Readonly<Record<CarerOutcome, string>> & Readonly<Record<string, string>>

export const isCarerAssessment = (resource: Resource): resource is QuestionnaireResponse =>
  resource.resourceType === 'QuestionnaireResponse' &&
  resource.questionnaire?.split('|')[0] === carerForm.url

type LinkId = keyof typeof carerQuestions

const answersOf = ({ item = [] }: QuestionnaireResponse, linkId: string) =>
  item.find((each) => each.linkId === linkId)?.answer ?? []

const textOf = (response: QuestionnaireResponse, linkId: LinkId) =>
  answersOf(response, linkId)[0]?.valueString ?? ''

function yesOrNo(response: QuestionnaireResponse, linkId: LinkId): YesOrNo | undefined {
  const value = answersOf(response, linkId)[0]?.valueBoolean
  if (value === undefined) return undefined
  return value ? 'yes' : 'no'
}

function findingOf(
  response: QuestionnaireResponse,
  outcome: CarerOutcome,
): OutcomeFinding | undefined {
  const given = answersOf(response, outcome)
  const code = given.find((each) => each.valueCoding)?.valueCoding?.code
  const state = outcomeStates.find((each) => each === code)
  const words = given.find((each) => each.valueString)?.valueString ?? ''
  return state || words ? { ...(state ? { state } : {}), words } : undefined
}

function findingsFrom(response: QuestionnaireResponse): CarerFindings {
  const outcomes = carerOutcomes.flatMap((each) => {
    const found = findingOf(response, each)
    return found ? [[each, found] as const] : []
  })
  return {
    ...given('necessary', yesOrNo(response, 'necessary')),
    does: textOf(response, 'does'),
    ...given('health', yesOrNo(response, 'health')),
    outcomes: Object.fromEntries(outcomes),
    ...given('wellbeing', yesOrNo(response, 'wellbeing')),
    goesOn: textOf(response, 'goes-on'),
    wants: textOf(response, 'wants'),
  }
}

export function carerAssessmentFromFhir(
  response: QuestionnaireResponse,
): CarerAssessment | undefined {
  if (!isCarerAssessment(response) || response.status === 'entered-in-error') return undefined
  return {
    ...recordFrom(response, response.author),
    ...findingsFrom(response),
    person: idIn(response.subject?.reference),
    ...given('by', whoFrom(response.author)),
    at: response.authored ?? response.meta?.lastUpdated ?? '',
    isDone:
      (response.status === 'completed' || response.status === 'amended') &&
      (response.author?.reference?.startsWith('Practitioner/') ?? false),
  }
}

type Answer = NonNullable<QuestionnaireResponseItem['answer']>[number]

function itemsOf(findings: CarerFindings): QuestionnaireResponseItem[] {
  const item = (linkId: LinkId, answer: Answer[]): QuestionnaireResponseItem[] =>
    answer.length > 0 ? [{ linkId, text: carerQuestions[linkId], answer }] : []
  const words = (said: string) => (said.trim() ? [{ valueString: said.trim() }] : [])
  const whether = (said: YesOrNo | undefined) => (said ? [{ valueBoolean: said === 'yes' }] : [])
  const state = (found: OutcomeFinding | undefined): Answer[] => [
    ...(found?.state ? [{ valueCoding: { system: gableCodeSystem, code: found.state } }] : []),
    ...words(found?.words ?? ''),
  ]
  return [
    ...item('does', words(findings.does)),
    ...item('necessary', whether(findings.necessary)),
    ...item('health', whether(findings.health)),
    ...carerOutcomes.flatMap((each) => item(each, state(findings.outcomes[each]))),
    ...item('wellbeing', whether(findings.wellbeing)),
    ...item('goes-on', words(findings.goesOn)),
    ...item('wants', words(findings.wants)),
  ]
}

export function carerAssessmentToFhir(
  assessment: CarerAssessment,
  onto?: QuestionnaireResponse,
): QuestionnaireResponse & { id: string } {
  const { item: before = [], ...rest } = onto ?? {}
  const { id, person, by, at, isDone } = assessment
  // answers to questions that we do not ask stay
  const others = before.filter(({ linkId }) => !(linkId in carerQuestions))
  const item = [...itemsOf(assessment), ...others]
  return {
    ...rest,
    ...{ resourceType: 'QuestionnaireResponse', id },
    status: isDone ? 'completed' : 'in-progress',
    questionnaire: `${carerForm.url}|${carerForm.version}`,
    subject: { reference: `Patient/${person}` },
    ...(by ? { author: referenceTo(by) } : {}),
    authored: at,
    ...(item.length > 0 ? { item } : {}),
  }
}

export const isCarerDecision = (resource: Resource): resource is Observation =>
  resource.resourceType === 'Observation' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === 'carer-eligibility',
  ) ??
    false)

export const carerDecisionToFhir = (decision: CarerDecision): Observation & { id: string } => ({
  ...{ resourceType: 'Observation', id: decision.id, status: 'final' },
  code: { ...ownCode('carer-eligibility'), text: 'Eligible for support as a carer' },
  subject: { reference: `Patient/${decision.person}` },
  effectiveDateTime: decision.at,
  performer: [referenceTo(decision.by)],
  valueBoolean: decision.isEligible,
  derivedFrom: [{ reference: `QuestionnaireResponse/${decision.assessment}` }],
  note: [{ text: decision.reason.trim() }],
})

export function carerDecisionFromFhir(record: Observation): CarerDecision | undefined {
  const by = whoFrom(record.performer?.[0])
  if (!isCarerDecision(record) || record.status === 'entered-in-error' || !by) return undefined
  return {
    id: record.id ?? '',
    ...given('version', record.meta?.versionId),
    person: idIn(record.subject?.reference),
    assessment: idIn(record.derivedFrom?.[0]?.reference),
    isEligible: record.valueBoolean ?? false,
    reason: record.note?.[0]?.text ?? '',
    by,
    at: record.effectiveDateTime ?? record.meta?.lastUpdated ?? '',
  }
}
