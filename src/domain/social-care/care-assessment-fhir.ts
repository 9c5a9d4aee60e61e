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
import type { CarerDecision } from '#domain/carer/carer-assessment.ts'
import {
  type EligibilityKind,
  eligibilityDecisionFromFhir,
  eligibilityDecisionToFhir,
  isEligibilityDecision,
} from '#domain/carer/carer-assessment-fhir.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import {
  given,
  idIn,
  recordFrom,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { AdultFindings, CareAssessment } from './care-assessment.ts'
import { type AdultOutcome, adultOutcomes, adultStates } from './needs/adult-outcomes.ts'

/** Our own form, in our own words. Changed wording makes a new version, never an edit. */
const careForm = { url: gableUrl('Questionnaire/care-act-assessment'), version: '1.0' } as const

/** What the form asks, kept with the answers. */
const careQuestions = {
  days: 'A good day, and a bad day',
  helps: 'Who and what helps already',
  wants: 'What I want to do in my life',
  cause: 'Do the needs come from an illness, or from a physical or mental impairment?',
  nutrition: 'Eating and drinking well',
  hygiene: 'Keeping clean',
  toilet: 'Using the toilet',
  clothing: 'Being dressed for the day and the weather',
  'safe-home': 'Moving about at home safely',
  'habitable-home': 'Keeping the home fit to live in',
  relationships: 'Family and friends',
  work: 'Work, training, learning or volunteering',
  community: 'Getting to places and services nearby',
  children: 'Looking after a child',
  wellbeing: 'Is there a significant impact on wellbeing, or is one likely?',
} as const satisfies Readonly<Record<AdultOutcome, string>> & Readonly<Record<string, string>>

export const isCareAssessment = (resource: Resource): resource is QuestionnaireResponse =>
  resource.resourceType === 'QuestionnaireResponse' &&
  resource.questionnaire?.split('|')[0] === careForm.url

export function adultFindingsFrom(response: QuestionnaireResponse): AdultFindings {
  const outcomes = adultOutcomes.flatMap((each) => {
    const found = findingIn(response, each, adultStates)
    return found ? [[each, found] as const] : []
  })
  return {
    days: saidWordsIn(response, 'days'),
    helps: saidWordsIn(response, 'helps'),
    wants: saidWordsIn(response, 'wants'),
    ...given('cause', yesOrNoIn(response, 'cause')),
    outcomes: Object.fromEntries(outcomes),
    ...given('wellbeing', yesOrNoIn(response, 'wellbeing')),
  }
}

export function careAssessmentFromFhir(
  response: QuestionnaireResponse,
): CareAssessment | undefined {
  if (!isCareAssessment(response) || response.status === 'entered-in-error') return undefined
  const by = whoFrom(response.author)
  return {
    ...recordFrom(response, response.author),
    ...adultFindingsFrom(response),
    person: idIn(response.subject?.reference),
    ...given('by', by),
    at: response.authored ?? response.meta?.lastUpdated ?? '',
    marks: answerMarksIn(response),
    isDone:
      (response.status === 'completed' || response.status === 'amended') &&
      by?.voice === 'professional',
  }
}

const said = saidItems(careQuestions)

const itemsOf = (findings: AdultFindings): QuestionnaireResponseItem[] => [
  ...said.words('days', findings.days),
  ...said.words('helps', findings.helps),
  ...said.words('wants', findings.wants),
  ...said.yesOrNo('cause', findings.cause),
  ...adultOutcomes.flatMap((each) => said.finding(each, findings.outcomes[each])),
  ...said.yesOrNo('wellbeing', findings.wellbeing),
]

export function careAssessmentToFhir(
  assessment: Omit<CareAssessment, 'marks'> & Readonly<{ takenOver?: AnswerMarks }>,
  onto?: QuestionnaireResponse,
): QuestionnaireResponse & { id: string } {
  const { item: before = [], ...rest } = onto ?? {}
  const { id, person, by, at, isDone, takenOver } = assessment
  // answers to questions that we do not ask stay
  const others = before.filter(({ linkId }) => !(linkId in careQuestions))
  const item = [...withTakenOver(itemsOf(assessment), takenOver), ...others]
  return {
    ...rest,
    ...{ resourceType: 'QuestionnaireResponse', id },
    status: isDone ? 'completed' : 'in-progress',
    questionnaire: `${careForm.url}|${careForm.version}`,
    subject: { reference: `Patient/${person}` },
    ...(by ? { author: referenceTo(by) } : {}),
    authored: at,
    ...(item.length > 0 ? { item } : {}),
  }
}

const careDecisionKind: EligibilityKind = {
  code: 'care-eligibility',
  text: 'Eligible for care and support',
}

/** What a professional decided about an adult’s needs, and why. */
export const isCareDecision = (resource: Resource): resource is Observation =>
  isEligibilityDecision(resource, careDecisionKind)
export const careDecisionToFhir = (decision: CarerDecision): Observation & { id: string } =>
  eligibilityDecisionToFhir(decision, careDecisionKind)
export const careDecisionFromFhir = (record: Observation): CarerDecision | undefined =>
  eligibilityDecisionFromFhir(record, careDecisionKind)
