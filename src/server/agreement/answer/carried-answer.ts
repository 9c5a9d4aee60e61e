import type { Resource } from '@medplum/fhirtypes'
import {
  type Agreement,
  answerTo,
  isForPerson,
  type NotAgreed,
} from '#domain/agreement/agreement.ts'
import { agreementToFhir, numberedAnswer } from '#domain/agreement/fhir.ts'
import type { GivenHow } from '#domain/agreement/given-how.ts'
import { partMark } from '#domain/agreement/part-mark.ts'
import { actionFromFhir, goalFromFhir } from '#domain/goal/fhir.ts'
import { needFromFhir } from '#domain/plan/fhir.ts'
import { recordText } from '#domain/plan/record-text.ts'
import type { Told } from '#server/agreement/told-changes.ts'
import { isUndone, recordOf } from '#server/audit/is-undone.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { lastNumber } from './record-answer.ts'
import { type AnswerGiven, answersGiven, saidBefore } from './said-before.ts'
import { type AnsweredPlan, type CoveredVersion, versionsCovered } from './versions-covered.ts'

const ownWords: GivenHow = { way: 'own-words', helpers: [] }

/**
 * Nobody is asked to agree to what they wrote themselves. If the person makes the new version of their plan in their own
 * session, the answer that they gave to the version before stays the answer: it is carried to the new version, with its
 * own day and words, and says that it was carried. What it left out stays left out until the person has changed its
 * words; and words that they once left out are left out again if they come back. An undo puts back what may be another’s
 * words: only what the person has answered before is carried with it. A no, and what somebody decided for the person,
 * are not carried. `plan`: the version that was made; `changes`: the records that made it.
 */
export async function carriedAnswer(
  context: RequestContext,
  plan: AnsweredPlan,
  changes: readonly Told[],
): Promise<readonly WriteRequest[]> {
  const { actor, turned, now, service } = context
  if (actor.person !== plan.person || turned) return []
  const given = await answersGiven(service.sql, plan)
  const stood = answerBefore(given, plan)
  if (!stood) return []
  const contents = withChanges(await versionsCovered(service.sql, plan), changes)
  const notAgreed = await leftOutNow(context, plan, { given, stood, contents, changes })
  if (!notAgreed) return []
  const { answer, room } = stood
  const said = notAgreed.length > 0 ? 'agree-in-part' : 'agree'
  const { id: planId } = plan.content
  const { person } = plan
  const version = String(plan.version)
  const carried: Omit<Agreement, 'order'> = {
    ...{ id: crypto.randomUUID(), planId, version, yes: said === 'agree', notAgreed },
    ...{ by: answer.by, how: ownWords, words: answer.words, at: answer.at },
  }
  const at = now.toISOString()
  const resource = numberedAnswer(agreementToFhir(carried, person, at), {
    ...{ said, planId, version, person, at, signedOn: answer.at, by: answer.by, how: ownWords },
    covered: contents.map((each) => each.version),
    number: (await lastNumber(service.sql, person, planId)) + 1,
    notAgreed,
  })
  return [{ resource, person, expect: 'absent', room }]
}

/** The yes, whole or in part, that the person gave to the version before. */
function answerBefore(
  given: readonly AnswerGiven[],
  { version }: AnsweredPlan,
): AnswerGiven | undefined {
  const last = answerTo(
    given.map(({ answer }) => answer),
    String(version - 1),
  )
  const isYes = last && (last.yes || (last.notAgreed ?? []).length > 0)
  if (!isYes || isForPerson(last)) return undefined
  return given.find(({ answer }) => answer === last)
}

type Facts = Readonly<{
  given: readonly AnswerGiven[]
  stood: AnswerGiven
  /** everything in the plan as it is now */
  contents: readonly CoveredVersion[]
  changes: readonly Told[]
}>

/** What the carried answer leaves out; undefined if the person has to be asked. */
async function leftOutNow(
  context: RequestContext,
  plan: AnsweredPlan,
  { given, stood, contents, changes }: Facts,
): Promise<readonly NotAgreed[] | undefined> {
  const undone = changes.map(({ resource }) => resource).filter((each) => isUndone(context, each))
  const back = new Set(undone.map(nameOf))
  const kept = keptOut(stood.answer.notAgreed ?? [], contents, changes)
  const everLeftOut = new Set(
    given.flatMap(({ answer }) => answer.notAgreed ?? []).map(({ record }) => record),
  )
  const unsure = contents.filter(({ version }) => {
    const record = recordOf(version)
    return !kept.has(record) && (everLeftOut.has(record) || back.has(record))
  })
  const facts = { person: plan.person, given }
  const said = await saidBefore(context.service.sql, facts, unsure)
  if ([...back].some((record) => !kept.has(record) && !said.has(record))) return undefined
  const again = [...said.values()].filter((each) => each !== 'agreed')
  return [...kept.values(), ...again]
}

/** A change may not be stored yet: what it says counts already. */
function withChanges(
  contents: readonly CoveredVersion[],
  changes: readonly Told[],
): readonly CoveredVersion[] {
  const changed = new Map(changes.map((each) => [nameOf(each.resource), each]))
  return contents.flatMap((each) => {
    const change = changed.get(recordOf(each.version))
    if (!change) return [each]
    const { act, resource, version } = change
    if (act === 'D') return []
    return [{ version: `${nameOf(resource)}/_history/${version}`, content: resource }]
  })
}

const nameOf = ({ resourceType, id }: Resource) => `${resourceType}/${id}`

/** What was left out, is still in the plan and was not put in other words: another day alone answers no objection. */
function keptOut(
  leftOut: readonly NotAgreed[],
  contents: readonly CoveredVersion[],
  changes: readonly Told[],
): ReadonlyMap<string, NotAgreed> {
  const now = new Map(contents.map(({ version, content }) => [recordOf(version), content]))
  const changed = new Map(changes.map((each) => [nameOf(each.resource), each]))
  const kept = leftOut.flatMap((part) => {
    const content = now.get(part.record)
    const change = changed.get(part.record)
    if (!content || (change && isMet(change))) return []
    return change ? [{ ...part, mark: partMark(content) }] : [part]
  })
  return new Map(kept.map((part) => [part.record, part]))
}

const isMet = ({ act, resource, stood }: Told) =>
  act === 'D' || isGone(resource) || stood === undefined || wordsOf(stood) !== wordsOf(resource)

function isGone(resource: Resource): boolean {
  if (resource.resourceType === 'Goal') return goalFromFhir(resource).state === 'stopped'
  if (resource.resourceType === 'Task') return actionFromFhir(resource).state === 'stopped'
  return resource.resourceType === 'Condition' && needFromFhir(resource).resolved
}

/** Of a step what is to be done: who does it, and by when, are not its words. */
const wordsOf = (resource: Resource) =>
  resource.resourceType === 'Task' ? actionFromFhir(resource).what : recordText(resource)
