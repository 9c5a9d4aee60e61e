import type {
  Observation,
  Questionnaire,
  QuestionnaireResponse,
  Reference,
} from '@medplum/fhirtypes'
import { carriedScores } from '#domain/assessment/expressions/carried-score.ts'
import { scoreIdFor, toScoreObservation } from '#domain/assessment/record.ts'
import { ruleFor } from '#domain/assessment/score.ts'
import type { CompleteScore } from '#domain/assessment/scored-response.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { claimOf, scoresNaming } from './claimed-scores.ts'
import {
  type AnswersContext,
  type AskedAnswer,
  asClosedAs,
  type GivenAnswer,
  shortId,
  whereNone,
} from './given-answers.ts'
import { publishedForm, questionnaireOf } from './questionnaire-of.ts'
import { raised } from './raise-safety.ts'
import { scoresNow } from './scores-now.ts'
import { suggested } from './suggesting/suggest.ts'

/**
 * What follows from answers, no matter who sends them and how: the score by the published rule, suggestions to
 * the professionals, and the safety flag when item 9 of PHQ-9 is more than "not at all". Screens write the same; what
 * exists already stays as it is. It is part of the transaction of the answers.
 */
export async function followAnswers(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<void> {
  const given = new Map(authored.flatMap(answersIn))
  const place = { ...context, isImport: context.url.pathname.endsWith('/$import') }
  const forms = new Map<string, Promise<Questionnaire | undefined>>()
  const formOf = async ({ questionnaire = '' }: QuestionnaireResponse) => {
    const form = forms.get(questionnaire) ?? questionnaireOf(place, questionnaire)
    forms.set(questionnaire, form)
    return await form
  }
  for (const each of given.values()) {
    const answersContext = { context: place, given: each, formOf }
    const derived = [
      ...(await raised(answersContext)),
      ...(await scored(answersContext)),
      ...(await suggested(answersContext)),
    ]
    await keep(
      context,
      each.person,
      derived.map((one) => asClosedAs(each.resource, one)),
    )
  }
}

/** The audit log marks it as done by a rule, beside what the writer of the answers did. */
async function keep(
  context: RequestContext,
  person: string,
  derived: readonly AskedAnswer[],
): Promise<void> {
  if (derived.length === 0) return
  const custodian = context.actor.organisation
  const more = { person, ...(custodian ? { custodian } : {}) }
  const written = await context.service.store.writeMany(
    derived.map((each) => ({ ...each, ...more })),
  )
  for (const [outcome, act] of [
    ['created', 'C'],
    ['updated', 'U'],
  ] as const) {
    const names = written
      .filter((each) => each.outcome === outcome)
      .map(({ kept }) => `${kept.type}/${kept.id}`)
    const what = new Map(names.length > 0 ? [[person, names]] : [])
    await note(context, what, { act, way: 'by-rule' })
  }
}

function answersIn(authored: ProvenanceEntry): readonly (readonly [string, GivenAnswer])[] {
  const { resource, version, act, person } = authored
  if (act === 'D' || !person) return []
  if (resource.resourceType !== 'QuestionnaireResponse' && resource.resourceType !== 'Observation')
    return []
  const name = `${resource.resourceType}/${resource.id}`
  return [[name, { resource, version, act, person }]]
}

/** The scores; one that no longer follows from the answers is withdrawn. */
async function scored({ context, given, formOf }: AnswersContext): Promise<readonly AskedAnswer[]> {
  const { resource, person, act } = given
  if (resource.resourceType !== 'QuestionnaireResponse') return []
  const form = publishedForm(await formOf(resource))
  const scores = await scoresNow(context, resource, { person, form })
  const mayBeElsewhere = act === 'C' && !isScoredHere(resource, scores, form)
  const asked: AskedAnswer[] = []
  for (const [id, score] of scorePlaces(resource.id, scores, form))
    if (score || !mayBeElsewhere)
      asked.push(...(await oneScore({ context, resource, person }, id, score)))
  const others = isScoredHere(resource, scores, form)
    ? await otherClaims(context, { resource, person, scores, form })
    : []
  return [...asked, ...others]
}

type Claimed = Readonly<{
  resource: QuestionnaireResponse & { id: string }
  person: string
  scores: readonly CompleteScore[]
  form: Questionnaire | undefined
}>

/** Records under other ids that say another score of these answers: withdrawn. */
async function otherClaims(
  context: AnswersContext['context'],
  { resource, person, scores, form }: Claimed,
): Promise<readonly AskedAnswer[]> {
  const places = scorePlaces(resource.id, scores, form)
  const others = (await scoresNaming(context, person, resource.id)).filter(
    ({ id }) => !places.has(id),
  )
  return others.flatMap((other) => {
    const claim = claimOf(other, { response: resource, scores, form })
    return !claim || (claim.worked && saysSo(other, claim.worked)) ? [] : takenBack(other)
  })
}

/** Whether a rule for these answers is known here: otherwise a score that came with them stays as it is. */
export const isScoredHere = (
  { questionnaire = '' }: QuestionnaireResponse,
  scores: readonly CompleteScore[],
  form: Questionnaire | undefined,
): boolean => {
  const [url = '', version = ''] = questionnaire.split('|')
  const rule = ruleFor({ url, version, scores: carriedScores(form ?? {}) })
  return scores.length > 0 || rule !== undefined
}

/** The ids of all scores of these answers, each with its score as it is now. */
export function scorePlaces(
  response: string,
  scores: readonly CompleteScore[],
  form: Questionnaire | undefined,
): ReadonlyMap<string, CompleteScore | undefined> {
  const further = carriedScores(form ?? {}).slice(1)
  const ids = [scoreIdFor(response), ...further.map(({ item }) => scoreIdFor(response, item))]
  const places = new Map<string, CompleteScore | undefined>(
    ids.map((id) => [shortId(id), undefined]),
  )
  for (const score of scores) places.set(shortId(idOf(response, score, form)), score)
  return places
}

/** The first score of a form has the id of the answers; further ones also name their question. */
function idOf(response: string, { rule }: CompleteScore, form: Questionnaire | undefined) {
  const main = carriedScores(form ?? {})[0]?.item
  return scoreIdFor(response, rule.item === main ? undefined : rule.item)
}

type ScoredAnswer = Pick<AnswersContext, 'context'> &
  Readonly<{ resource: QuestionnaireResponse & { id: string }; person: string }>

async function oneScore(
  { context, resource, person }: ScoredAnswer,
  id: string,
  score: CompleteScore | undefined,
): Promise<readonly AskedAnswer[]> {
  const stored = await context.service.store.read('Observation', id, everyone)
  // a record of another person stays theirs
  if (stored && stored.person !== person) return []
  const before = stored?.resource as Observation | undefined
  if (!score) return takenBack(before)
  if (before && saysSo(before, score)) return []
  const observation = toScoreObservation({
    ...{ id, response: resource.id, score, person, ...authorOf(resource) },
    at: resource.authored ?? context.now.toISOString(),
  })
  return [{ resource: observation, expect: stored ? 'anything' : whereNone(context) }]
}

function takenBack(before: Observation | undefined): readonly AskedAnswer[] {
  if (!before || before.status === 'entered-in-error') return []
  const resource = { ...before, id: before.id ?? '', status: 'entered-in-error' as const }
  return [{ resource, expect: 'anything' }]
}

/** This record says this score. */
export const saysSo = (before: Observation, { rule, value, band }: CompleteScore) =>
  ['final', 'amended', 'corrected'].includes(before.status) &&
  (before.valueInteger ?? before.valueQuantity?.value) === value &&
  before.code.coding?.[0]?.code === rule.code.code &&
  before.interpretation?.[0]?.coding?.[0]?.code === band.code

const performers = [
  ...['Practitioner', 'PractitionerRole', 'Organization', 'CareTeam', 'Patient', 'RelatedPerson'],
]

/** Who answered, as the record says; not the user who sent the answers. */
function authorOf({ author }: QuestionnaireResponse): { by?: Reference } {
  const isOne = performers.some((type) => author?.reference?.startsWith(`${type}/`))
  return author && isOne ? { by: author } : {}
}
