import type { Observation, QuestionnaireResponse, Task } from '@medplum/fhirtypes'
import type { FormAnswers as Said } from '#domain/assessment/form.ts'
import { scoreRules } from '#domain/assessment/instruments/library.ts'
import { recencyOf } from '#domain/assessment/recency.ts'
import { fromResponse } from '#domain/assessment/response.ts'
import { bandOf, type Score } from '#domain/assessment/score.ts'
import { given, hasSameContent } from '#domain/fhir/references-and-extensions.ts'
import {
  type AnswerRule,
  proposalsByRules,
  type RuleProposal,
  type SuggestedKind,
} from '#domain/suggestion/answer-rule/answer-rule.ts'
import { suggestionToFhir } from '#domain/suggestion/fhir.ts'
import { ownProposals, suggestionId } from '#domain/suggestion/suggestion.ts'
import { wasAnsweredSince } from '#server/assessment/answered-since.ts'
import {
  type AnswersContext,
  type AskedAnswer,
  asClosedAs,
  byRule,
  type GivenAnswers,
  shortId,
  takenAt,
  whereNone,
} from '#server/assessment/given-answers.ts'
import { scoresNow } from '#server/assessment/scores-now.ts'
import { patientOf } from '#server/integrity/patient-of.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { answerRulesNow } from './answer-rules-now.ts'
import { codesOn, suggestedBefore, waitingOf, wasSaid } from './suggested-before.ts'

/** The question, and its answer. */
type Read = Readonly<{ url: string; answers: Said; score?: Score }>

/**
 * What finished answers suggest to the professionals, by the rules as they are here: once, no matter who sends them. Old
 * answers, answers that were given again since, and answers about a person who has died suggest nothing. What was
 * suggested before from the same finding is not suggested again.
 */
export async function suggested(answersContext: AnswersContext): Promise<readonly AskedAnswer[]> {
  const { context, given: answers } = answersContext
  const { resource, person } = answers
  const read = await readFrom(answersContext, resource)
  const wanted = read ? await wantedBy(context, read) : []
  if (!read || wanted.length === 0 || !(await tellsOfToday(answersContext, read))) return []
  const patient = await patientOf(context, person)
  if (patient?.deceasedBoolean || patient?.deceasedDateTime) return []
  const before = await suggestedBefore(context, answers)
  const source = sourceOf(resource)
  const suggestions: AskedAnswer[] = []
  for (const each of wanted) {
    const id = shortId(suggestionId(each.code, source.from))
    const by = byRule(nameOf(read))
    const facts = { ...each, id, person, ...source, by, at: context.now.toISOString() }
    const looked = { before, wanted: each, task: suggestionToFhir(facts) }
    suggestions.push(...(await oneSuggestion(answersContext, read, looked)))
  }
  return suggestions
}

type Looked = Readonly<{ before: readonly Task[]; wanted: Wanted; task: Kept }>

/** A new one, the one that waits as it is now, or nothing. */
async function oneSuggestion(
  answers: AnswersContext,
  read: Read,
  looked: Looked,
): Promise<readonly AskedAnswer[]> {
  const { before, wanted, task } = looked
  const waiting = wanted.made ? waitingOf(before, wanted.code) : undefined
  if (!waiting) {
    const expect = whereNone(answers.context)
    return (await isNew(answers.context, looked)) ? [{ resource: task, expect }] : []
  }
  const isMore = await saysMore(answers, read, { waiting, task })
  return isMore ? [{ resource: upToDate(waiting, task), expect: 'anything' }] : []
}

type Kept = Task & { id: string }

/** Whether newer answers say something else than the suggestion that waits, to the same readers. */
async function saysMore(
  answers: AnswersContext,
  read: Read,
  { waiting, task }: Readonly<{ waiting: Kept; task: Kept }>,
): Promise<boolean> {
  if (hasSameContent(waiting.input, task.input)) return false
  // a total says less than the answers it was worked out from
  const isTotal = answers.given.resource.resourceType === 'Observation'
  if (isTotal && hasSameContent(waiting.reasonReference, task.reasonReference)) return false
  const closed = codesOn(
    asClosedAs(answers.given.resource, { resource: task, expect: 'anything' }).resource,
  )
  const open = codesOn(waiting)
  const isAlike = closed.size === open.size && [...closed].every((each) => open.has(each))
  return isAlike && !(await hasNewer(answers, read))
}

/** The one that waits, from the newer answers: one line to decide about, not two. */
const upToDate = (waiting: Kept, { input, reasonReference, lastModified }: Kept): Kept => ({
  ...waiting,
  ...given('input', input),
  ...given('reasonReference', reasonReference),
  ...given('lastModified', lastModified),
})

/** If decided or deleted since, it is not created again. */
async function isNew(
  context: AnswersContext['context'],
  { before, wanted: { made }, task }: Looked,
): Promise<boolean> {
  if (await context.service.store.read('Task', task.id, everyone)) return false
  return !made || !(await wasSaid(context, before, made))
}

type Wanted = Readonly<{ kind: SuggestedKind; code: string; words: string; made?: RuleProposal }>

const rulesHere = new WeakMap<AnswersContext['context'], Promise<readonly AnswerRule[]>>()

/** By the rules, read once for a request, and in the person’s own words. */
async function wantedBy(
  context: AnswersContext['context'],
  { url, answers, score }: Read,
): Promise<readonly Wanted[]> {
  const rules = rulesHere.get(context) ?? answerRulesNow(context.service.sql)
  rulesHere.set(context, rules)
  const made = proposalsByRules(await rules, url, { answers, score })
  return [
    ...ownProposals(url, answers),
    ...made.map((each) => {
      const { kind, code, words } = each.rule
      return { kind, code, words, made: each }
    }),
  ]
}

const nameOf = ({ url, score }: Read) =>
  score?.rule.code.display ?? url.split('/').at(-1) ?? 'a questionnaire'

/** The score of answers that are not here is identified by the answers it names, if it names any. */
function sourceOf(resource: GivenAnswers & { id: string }) {
  if (resource.resourceType === 'QuestionnaireResponse') return { from: resource.id }
  const named = responseOf(resource)
  return named ? { from: named } : { from: resource.id, type: 'Observation' as const }
}

const responseOf = ({ derivedFrom = [] }: Observation) =>
  derivedFrom
    .flatMap(({ reference }) => /^QuestionnaireResponse\/([^/]+)$/.exec(reference ?? '')?.[1] ?? [])
    .at(0)

async function readFrom(
  { context, given, formOf }: AnswersContext,
  resource: GivenAnswers,
): Promise<Read | undefined> {
  return resource.resourceType === 'Observation'
    ? readScore(resource)
    : await readAnswers(context, resource, { person: given.person, form: await formOf(resource) })
}

const finished = ['completed', 'amended']

async function readAnswers(
  context: AnswersContext['context'],
  response: QuestionnaireResponse,
  whose: Parameters<typeof scoresNow>[2],
): Promise<Read | undefined> {
  if (!finished.includes(response.status)) return undefined
  const [score] = await scoresNow(context, response, whose)
  const url = score?.rule.questionnaire ?? response.questionnaire?.split('|')[0] ?? ''
  return { url, answers: fromResponse(response), ...(score ? { score } : {}) }
}

const final = ['final', 'amended', 'corrected']

/** A total in a separate record, under the code of a score that we know. */
function readScore(observation: Observation): Read | undefined {
  const { status, code, valueInteger, valueQuantity } = observation
  const rule = scoreRules.find((each) =>
    code.coding?.some(
      (one) => one.code === each.code.code && (!one.system || one.system === each.code.system),
    ),
  )
  const value = valueInteger ?? valueQuantity?.value
  const band = rule && value !== undefined ? bandOf(rule, value) : undefined
  if (!rule || value === undefined || !band || !final.includes(status)) return undefined
  return { url: rule.questionnaire, answers: {}, score: { state: 'complete', rule, value, band } }
}

async function tellsOfToday(answers: AnswersContext, read: Read): Promise<boolean> {
  const weight = recencyOf(takenAt(answers.given.resource), answers.context)
  if (weight !== 'last-word') return weight === 'new'
  return !(await hasNewer(answers, read))
}

async function hasNewer(answers: AnswersContext, read: Read): Promise<boolean> {
  const isSame = async (other: GivenAnswers) => (await readFrom(answers, other))?.url === read.url
  return await wasAnsweredSince(answers.context, answers.given, isSame)
}
