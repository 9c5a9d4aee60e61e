import type { Observation, QuestionnaireResponse, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import type { CompleteScore } from '#domain/assessment/scored-response.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { claimOf } from './claimed-scores.ts'
import { isScoredHere, saysSo, scorePlaces } from './follow-answers.ts'
import { publishedForm, questionnaireOf } from './questionnaire-of.ts'
import { scoresNow } from './scores-now.ts'

type Where = Readonly<{ person: string | undefined; before: Resource | undefined }>

/**
 * Refuses a score that does not follow from its answers with 422: the server works it out, and nobody writes another in
 * its place. Answers that come in the same request are worked out after it.
 */
export async function guardScore(
  context: RequestContext,
  score: Observation,
  { person, before }: Where,
): Promise<void> {
  if (!person) return
  for (const id of answersNamedBy(score, before)) {
    const response = await answersOf(context, id, person)
    if (!response) continue
    const place = await placeIn(context, response, { person, score })
    if (place && !isFine(context, score, { before, worked: place.worked })) throw refusal(id)
  }
}

/** Throws 422: a score goes only with its answers. */
export async function mustStayAsScore(
  context: RequestContext,
  stored: Resource,
  person: string | undefined,
): Promise<void> {
  if (stored.resourceType !== 'Observation' || !person) return
  for (const id of answersNamedBy(stored, undefined)) {
    const response = await answersOf(context, id, person)
    if (response && (await placeIn(context, response, { person, score: stored }))) throw refusal(id)
  }
}

const refusal = (id: string) =>
  new FhirProblem(
    422,
    'business-rule',
    `This score is worked out from the answers (QuestionnaireResponse/${id}). Correct the answers, and the score follows`,
    { expression: 'Observation' },
  )

const prefix = 'QuestionnaireResponse/'

/** The answers that it says it is from, and those from whose id its own may be made. */
function answersNamedBy(score: Observation, before: Resource | undefined): readonly string[] {
  const said = [score, before].flatMap((each) =>
    each?.resourceType === 'Observation' ? (each.derivedFrom ?? []) : [],
  )
  const named = said.flatMap(({ reference = '' }) =>
    // in whatever version they are named
    reference.startsWith(prefix) ? (reference.slice(prefix.length).split('/')[0] ?? []) : [],
  )
  const parts = (score.id ?? '').startsWith('score-') ? (score.id ?? '').split('-').slice(1) : []
  const made = parts.map((_, place) => parts.slice(0, place + 1).join('-'))
  return [...new Set([...named, ...made])].filter((each) => /^[A-Za-z0-9.-]{1,64}$/.test(each))
}

/** What this request writes itself is worked out when all of it is there. */
async function answersOf(
  { service, pendingWrites }: RequestContext,
  id: string,
  person: string,
): Promise<(QuestionnaireResponse & { id: string }) | undefined> {
  if (pendingWrites.has(`${prefix}${id}`)) return undefined
  const stored = await service.store.read('QuestionnaireResponse', id, everyone)
  const response = stored?.resource as QuestionnaireResponse | undefined
  return stored?.person === person && response ? { ...response, id } : undefined
}

type Asked = Readonly<{ person: string; score: Observation }>

/** The score that belongs in this place; undefined if it is not a place of a score of these answers. */
async function placeIn(
  context: RequestContext,
  response: QuestionnaireResponse & { id: string },
  { person, score }: Asked,
): Promise<Readonly<{ worked: CompleteScore | undefined }> | undefined> {
  const place = { ...context, isImport: false }
  const form = publishedForm(await questionnaireOf(place, response.questionnaire))
  const scores = await scoresNow(place, response, { person, form })
  if (!isScoredHere(response, scores, form)) return undefined
  const places = scorePlaces(response.id, scores, form)
  const id = score.id ?? ''
  if (places.has(id)) return { worked: places.get(id) }
  return claimOf(score, { response, scores, form })
}

type Compared = Readonly<{ before: Resource | undefined; worked: CompleteScore | undefined }>

/** Unchanged but for who may see it; or, where none is yet, what the answers give. */
function isFine(
  { url }: RequestContext,
  score: Observation,
  { before, worked }: Compared,
): boolean {
  const isBrought = url.pathname.endsWith('/$import')
  if (before && !isBrought)
    return changedElements(before, score).every((each) => !partsOfScore.has(each))
  return worked ? saysSo(score, worked) : score.status === 'entered-in-error'
}

const partsOfScore: ReadonlySet<string> = new Set([
  ...['status', 'code', 'valueInteger', 'valueQuantity', 'valueString', 'valueCodeableConcept'],
  ...[
    'valueBoolean',
    'valueRange',
    'valueRatio',
    'dataAbsentReason',
    'interpretation',
    'component',
  ],
  ...['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'effectiveTiming', 'subject'],
  ...['derivedFrom', 'method', 'category', 'hasMember', 'performer', 'modifierExtension'],
])
