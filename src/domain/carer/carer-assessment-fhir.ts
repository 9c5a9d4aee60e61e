import type {
  Observation,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  Resource,
} from '@medplum/fhirtypes'
import {
  type AnswerMarks,
  answerMarksIn,
  withTakenOver,
} from '#domain/assessment/shape/answer-marks.ts'
import {
  findingIn,
  saidItems,
  saidWordsIn,
  yesOrNoIn,
} from '#domain/assessment/shape/said-items.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import {
  given,
  idIn,
  ownCode,
  recordFrom,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { CarerAssessment, CarerDecision, CarerFindings } from './carer-assessment.ts'
import { type CarerOutcome, carerOutcomes, outcomeStates } from './outcomes.ts'

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

export function carerFindingsFrom(response: QuestionnaireResponse): CarerFindings {
  const outcomes = carerOutcomes.flatMap((each) => {
    const found = findingIn(response, each, outcomeStates)
    return found ? [[each, found] as const] : []
  })
  return {
    ...given('necessary', yesOrNoIn(response, 'necessary')),
    does: saidWordsIn(response, 'does'),
    ...given('health', yesOrNoIn(response, 'health')),
    outcomes: Object.fromEntries(outcomes),
    ...given('wellbeing', yesOrNoIn(response, 'wellbeing')),
    goesOn: saidWordsIn(response, 'goes-on'),
    wants: saidWordsIn(response, 'wants'),
  }
}

export function carerAssessmentFromFhir(
  response: QuestionnaireResponse,
): CarerAssessment | undefined {
  if (!isCarerAssessment(response) || response.status === 'entered-in-error') return undefined
  return {
    ...recordFrom(response, response.author),
    ...carerFindingsFrom(response),
    person: idIn(response.subject?.reference),
    ...given('by', whoFrom(response.author)),
    at: response.authored ?? response.meta?.lastUpdated ?? '',
    marks: answerMarksIn(response),
    isDone:
      (response.status === 'completed' || response.status === 'amended') &&
      (response.author?.reference?.startsWith('Practitioner/') ?? false),
  }
}

const said = saidItems(carerQuestions)

const itemsOf = (findings: CarerFindings): QuestionnaireResponseItem[] => [
  ...said.words('does', findings.does),
  ...said.yesOrNo('necessary', findings.necessary),
  ...said.yesOrNo('health', findings.health),
  ...carerOutcomes.flatMap((each) => said.finding(each, findings.outcomes[each])),
  ...said.yesOrNo('wellbeing', findings.wellbeing),
  ...said.words('goes-on', findings.goesOn),
  ...said.words('wants', findings.wants),
]

export function carerAssessmentToFhir(
  assessment: Omit<CarerAssessment, 'marks'> & Readonly<{ takenOver?: AnswerMarks }>,
  onto?: QuestionnaireResponse,
): QuestionnaireResponse & { id: string } {
  const { item: before = [], ...rest } = onto ?? {}
  const { id, person, by, at, isDone, takenOver } = assessment
  // answers to questions that we do not ask stay
  const others = before.filter(({ linkId }) => !(linkId in carerQuestions))
  const item = [...withTakenOver(itemsOf(assessment), takenOver), ...others]
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

/** A decision about the right to support: what it is called on the record. */
export type EligibilityKind = Readonly<{ code: string; text: string }>

const carerDecisionKind: EligibilityKind = {
  code: 'carer-eligibility',
  text: 'Eligible for support as a carer',
}

export const isEligibilityDecision = (
  resource: Resource,
  { code: wanted }: EligibilityKind,
): resource is Observation =>
  resource.resourceType === 'Observation' &&
  (resource.code?.coding?.some(
    ({ system, code }) => system === gableCodeSystem && code === wanted,
  ) ??
    false)

export const isCarerDecision = (resource: Resource): resource is Observation =>
  isEligibilityDecision(resource, carerDecisionKind)

export const eligibilityDecisionToFhir = (
  decision: CarerDecision,
  { code, text }: EligibilityKind = carerDecisionKind,
): Observation & { id: string } => ({
  ...{ resourceType: 'Observation', id: decision.id, status: 'final' },
  code: { ...ownCode(code), text },
  subject: { reference: `Patient/${decision.person}` },
  effectiveDateTime: decision.at,
  performer: [referenceTo(decision.by)],
  valueBoolean: decision.isEligible,
  derivedFrom: [{ reference: `QuestionnaireResponse/${decision.assessment}` }],
  note: [{ text: decision.reason.trim() }],
})

const comesTo = ['meets', 'does-not-meet', 'cannot-say'] as const

function workedOutIn({ component = [] }: Observation): CarerDecision['workedOut'] {
  const has = (codes: Observation['code'] | undefined, wanted: string) =>
    codes?.coding?.some(({ code }) => code === wanted) ?? false
  const found = component.find(({ code }) => has(code, 'worked-out'))?.valueCodeableConcept
  return comesTo.find((each) => has(found, each))
}

export function eligibilityDecisionFromFhir(
  record: Observation,
  kind: EligibilityKind = carerDecisionKind,
): CarerDecision | undefined {
  const by = whoFrom(record.performer?.[0])
  if (!isEligibilityDecision(record, kind) || record.status === 'entered-in-error' || !by)
    return undefined
  return {
    id: record.id ?? '',
    ...given('version', record.meta?.versionId),
    person: idIn(record.subject?.reference),
    assessment: idIn(record.derivedFrom?.[0]?.reference),
    isEligible: record.valueBoolean ?? false,
    ...given('workedOut', workedOutIn(record)),
    reason: record.note?.[0]?.text ?? '',
    by,
    at: record.effectiveDateTime ?? record.meta?.lastUpdated ?? '',
  }
}
