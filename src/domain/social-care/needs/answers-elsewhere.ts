import { type Answer, allQuestions, type Form } from '#domain/assessment/form.ts'
import { libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import type { AssessmentRecord } from '#domain/assessment/record.ts'
import { type AdultOutcome, adultOutcomes } from './adult-outcomes.ts'

/** An answer that was given in another assessment and says something about an outcome. */
export type ElsewhereAnswer = Readonly<{
  question: string
  given: readonly Answer[]
  /** when it was asked, and by whom, as far as is known */
  at?: string
  by?: string
  /** title of the assessment, and where it can be read */
  title: string
  form: string
  response: string
}>

/** Questions by the id of their questionnaire; which belongs to which outcome is our own reading of them. */
type AskedIn = Readonly<Record<string, readonly string[]>>

/** By outcome. */
export const askedIn: Readonly<Record<AdultOutcome, AskedIn>> = {
  nutrition: {
    'daily-living-checklist': ['eat', 'cook', 'shop'],
    'nutrition-checklist': ['appetite', 'meals', 'drinks', 'swallow', 'shop', 'money'],
    barthel: ['feeding'],
    katz: ['feeding'],
    lawton: ['food', 'shopping'],
  },
  hygiene: {
    'daily-living-checklist': ['wash'],
    barthel: ['bathing', 'grooming'],
    katz: ['bathing'],
    lawton: ['laundry'],
  },
  toilet: {
    'daily-living-checklist': ['toilet'],
    'falls-checklist': ['night'],
    barthel: ['toilet', 'bladder', 'bowels'],
    katz: ['toileting', 'continence'],
  },
  clothing: {
    'daily-living-checklist': ['wash'],
    barthel: ['dressing'],
    katz: ['dressing'],
  },
  'safe-home': {
    'daily-living-checklist': ['move'],
    'falls-checklist': ['fallen', 'how-many', 'unsteady', 'afraid', 'help-call'],
    'home-safety-checklist': ['steps', 'floor', 'bathroom', 'bed'],
    barthel: ['transfers', 'mobility', 'stairs'],
    katz: ['transferring'],
  },
  'habitable-home': {
    'daily-living-checklist': ['clean', 'money'],
    'home-safety-checklist': ['warm', 'gas', 'smoke', 'fire-risk'],
    lawton: ['housekeeping', 'finances'],
  },
  relationships: { 'ucla-3': ['companionship', 'left-out', 'isolated', 'direct'] },
  work: {},
  community: { 'daily-living-checklist': ['out'], lawton: ['transport'] },
  children: {},
}

type Known = Readonly<{ assessments: readonly AssessmentRecord[]; forms: readonly Form[] }>

/**
 * What was already asked about each outcome in finished assessments of others: of each question the newest answer, so
 * that nobody asks it again. Nothing is concluded from it.
 */
export function answersElsewhere(
  known: Known,
): ReadonlyMap<AdultOutcome, readonly ElsewhereAnswer[]> {
  const newestFirst = known.assessments
    .filter(({ state }) => state === 'completed')
    .toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? ''))
  const about = (outcome: AdultOutcome) =>
    Object.entries(askedIn[outcome]).flatMap(([form, linkIds]) =>
      linkIds.flatMap((linkId) =>
        newestAnswer({ ...known, assessments: newestFirst }, form, linkId),
      ),
    )
  return new Map(adultOutcomes.map((each) => [each, about(each)]))
}

function newestAnswer(
  { assessments, forms }: Known,
  id: string,
  linkId: string,
): readonly ElsewhereAnswer[] {
  const found = assessments
    .filter(({ url }) => url === libraryUrl(id))
    .flatMap((each) => answerIn(each, forms, linkId))
  return found.slice(0, 1)
}

/** None if the question was not answered, or if its words are not known here. */
function answerIn(
  { url, version, answers, id: response, at, by }: AssessmentRecord,
  forms: readonly Form[],
  linkId: string,
): readonly ElsewhereAnswer[] {
  const given = answers[linkId] ?? []
  const form = forms.find((each) => each.url === url && each.version === version)
  const question = allQuestions(form?.items ?? []).find((each) => each.linkId === linkId)
  if (!form || !question || given.length === 0) return []
  const source = { ...(at ? { at } : {}), ...(by ? { by } : {}) }
  return [{ question: question.text, given, title: form.title, form: form.id, response, ...source }]
}
