import type { Resource } from '@medplum/fhirtypes'
import { withOwnDeathMark } from '#domain/bereavement/ended-by-death.ts'
import { withoutEndedWhy } from '#domain/carer/carer-ending.ts'
import { deathIn } from '#domain/person/death.ts'
import { mayVouch } from '#server/authorization/relation-to.ts'
import { keepAbsences } from '#server/cover/guard-absences.ts'
import { deathChange, writeDeathFollows } from '#server/death/follow-death.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { problemOf } from '#server/http/responses.ts'
import { withAllLinksKept } from '#server/http/visible-records.ts'
import { guardIdentity } from '#server/integrity/guard-identity.ts'
import { waitInConditionalQueue } from '#server/interactions/conditional-queue.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { type Done, noteWritten, type PreparedRecord } from '#server/interactions/store-record.ts'
import { FhirProblem } from '#server/problem.ts'
import { keepBroughtDecision } from '#server/rules/keep-case-decision.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { WriteOutcome, WriteResult } from '#server/store/store.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'
import { checkIdentity } from './check-identity.ts'
import type { Fine, Item } from './items.ts'
import { findPersonInUse } from './link.ts'
import { beginningVersion } from './plan-document.ts'
import { nameOf, standingRecords } from './standing-records.ts'
import { broughtBy, standingWords } from './whose-words.ts'

/** The outcome for the records of one type. */
export type KeptCounts = {
  readonly type: string
  created: number
  updated: number
  unchanged: number
  /** changed or deleted here after an import: not changed */
  keptOurs: number
}

export type KeptItems = Readonly<{ tallies: readonly KeptCounts[]; ours: readonly Item[] }>

/** Stores all items in one transaction. If that fails, each is tried alone, and the failing ones are named. */
export async function keepItems(
  context: RequestContext,
  items: readonly Fine[],
): Promise<KeptItems> {
  const moving = items.filter((item) => !item.stays)
  const staying = () =>
    items.flatMap(({ stays, reason, resource }) =>
      stays && !reason ? [resource.resourceType] : [],
    )
  try {
    return outcomeOf(moving, await keepTogether(context, moving), staying())
  } catch (error) {
    // agreements name the versions of the rest: a whole plan is imported together or not at all
    if (moving.some((item) => item.asWritten)) throw error
    // somebody may have been registered since under an id that this file gives to another
    await checkIdentity(context, moving)
    const left = moving.filter((item) => !item.reason && !item.stays)
    return outcomeOf(left, await keepEach(context, left), staying())
  }
}

function outcomeOf(
  items: readonly Fine[],
  written: readonly WriteResult[],
  staying: readonly string[],
): KeptItems {
  const ours = new Set(
    written.flatMap(({ kept, outcome }) =>
      outcome === 'kept-ours' ? [`${kept.type}/${kept.id}`] : [],
    ),
  )
  return {
    tallies: tally(written, staying),
    ours: items.filter(({ resource }) => ours.has(`${resource.resourceType}/${resource.id}`)),
  }
}

export const recordMoved = 'A record cannot be moved to another person'

export const belongsToRefused = (person: string): string =>
  `It belongs to Patient/${person}, whose own record was refused`

async function keepEach(
  context: RequestContext,
  items: readonly Fine[],
): Promise<readonly WriteResult[]> {
  const written: WriteResult[] = []
  const refused = new Set<string>()
  const breathe = yieldToEventLoop()
  const dying = await newlyDead(context, items)
  // people first: what belongs to a refused person is refused too
  for (const item of items.toSorted((a, b) => lateness(a) - lateness(b))) {
    await breathe()
    const person = await personOf(context, item.resource)
    if (person && refused.has(person)) {
      item.reason = belongsToRefused(person)
      continue
    }
    try {
      written.push(...(await keepTogether(context, [item])))
    } catch (error) {
      item.reason = problemOf(error).message
      if (item.resource.resourceType === 'Patient') refused.add(item.resource.id)
    }
  }
  await endAgain(
    context,
    dying.filter((person) => !refused.has(person)),
  )
  return written
}

/** The people of whom the file says that they have died, and whose record here does not. */
async function newlyDead(
  context: RequestContext,
  items: readonly Fine[],
): Promise<readonly string[]> {
  const dead = items.flatMap(({ resource }) =>
    resource.resourceType === 'Patient' && deathIn(resource) !== undefined ? [resource] : [],
  )
  const standing = await standingRecords(context.service.sql, dead)
  return dead.flatMap((patient) => {
    const stood = standing.get(nameOf(patient))
    return deathChange(stood, patient) === 'recorded' ? [patient.id] : []
  })
}

/** What came after the record of a death, one by one, ends with it, as if all of it had come together. */
async function endAgain(context: RequestContext, people: readonly string[]): Promise<void> {
  for (const person of people)
    await withinRecord(context, async (inside) => {
      const stored = await inside.service.store.read('Patient', person, everyone)
      const patient = stored?.resource
      if (patient?.resourceType !== 'Patient' || deathIn(patient) === undefined) return
      await writeDeathFollows(inside, { person, patient, change: 'recorded' })
    })
}

async function keepTogether(
  context: RequestContext,
  items: readonly Fine[],
): Promise<readonly WriteResult[]> {
  const custodian = context.actor.organisation
  const ordered = items.toSorted((a, b) => lateness(a) - lateness(b))
  const ready: Pick<PreparedRecord, 'request' | 'person'>[] = []
  const breathe = yieldToEventLoop()
  for (const item of ordered) {
    await breathe()
    const { resource } = item
    const begins = beginningVersion(item)
    const person = await personOf(context, resource)
    const request = {
      resource,
      ...(person ? { person } : {}),
      vouched: await mayVouch(context, person),
      expect: 'brought' as const,
      skipIfSame: true,
      ...(custodian ? { custodian } : {}),
      ...(begins ? { begins } : {}),
    }
    ready.push({ request, person })
  }
  return await withinRecord(context, async (inside) => {
    await mustStillBeNew(inside, items)
    const standing = await standingWords(inside, ordered)
    const people = await standingRecords(
      inside.service.sql,
      ordered.filter(isPatient).map(({ resource }) => resource),
      { locked: true },
    )
    const whole = await withAllLinksKept(
      inside,
      ready.map(({ request }) => request.resource),
    )
    const worded: Pick<PreparedRecord, 'request' | 'person'>[] = []
    for (const [at, { request, person }] of ready.entries()) {
      const asSent = whole[at] ?? request.resource
      const before = standing.records.get(nameOf(asSent))
      const brought = ordered[at]?.asWritten
        ? asInPlan(asSent, before)
        : await broughtBy(inside, asSent, standing)
      const resource = keepAbsences(brought, before)
      worded.push({ request: { ...request, resource }, person })
    }
    const written = await inside.service.store.writeMany(worded.map((each) => each.request))
    // another import may have given the same id to somebody else’s record since it was looked up
    if (written.some(({ movedFrom }) => movedFrom !== undefined))
      throw new FhirProblem(422, 'business-rule', recordMoved)
    const changed = worded.flatMap((each, index): Done[] => {
      const outcome = written[index]?.outcome
      if (outcome !== 'created' && outcome !== 'updated') return []
      const act = outcome === 'created' ? 'C' : 'U'
      // from what a person’s record said before follows what a death ends
      const before = people.get(nameOf(each.request.resource))
      return [{ ...each, act, before, written: written[index] }]
    })
    await noteWritten(inside, changed, '$import')
    return written
  })
}

/** A record of a plan’s file as it is stored: what only the service says is as it stands here. */
const asInPlan = (resource: Fine['resource'], before: Resource | undefined) =>
  withOwnDeathMark(keepBroughtDecision(withoutEndedWhy(resource), before), before)

const isPatient = ({ resource }: Fine) => resource.resourceType === 'Patient'

const isSomebody = (item: Fine) => isPatient(item) || item.resource.resourceType === 'RelatedPerson'

/** Two files imported at the same time may give two people the same id. */
async function mustBeTheSame(
  context: RequestContext,
  somebody: readonly Fine['resource'][],
): Promise<void> {
  const standing = await standingRecords(context.service.sql, somebody)
  for (const resource of somebody)
    await guardIdentity(context, standing.get(nameOf(resource)), resource)
}

/** Somebody with the same number may have been registered otherwise since it was looked up. */
async function mustStillBeNew(context: RequestContext, items: readonly Fine[]): Promise<void> {
  const conditions = items.flatMap(({ ifNone, resource }) =>
    ifNone ? [{ type: 'Patient', condition: ifNone, id: resource.id, resource }] : [],
  )
  const somebody = items.filter(isSomebody).map(({ resource }) => resource)
  await waitInConditionalQueue(context, conditions, somebody.map(nameOf))
  await mustBeTheSame(context, somebody)
  for (const { condition, id } of conditions) {
    const found = await findPersonInUse(context, condition)
    if (found instanceof FhirProblem) throw found
    if (found && found !== id)
      throw new FhirProblem(409, 'conflict', 'Someone with this number was imported just now')
  }
}

/** People first: the rest belongs to them. */
function lateness({ resource }: Fine): number {
  if (resource.resourceType === 'Patient') return 0
  return resource.resourceType === 'Provenance' ? 2 : 1
}

function tally(written: readonly WriteResult[], staying: readonly string[]): readonly KeptCounts[] {
  const tallies = new Map<string, KeptCounts>()
  const count = (type: string, outcome: WriteOutcome) => {
    const one = tallies.get(type) ?? { type, created: 0, updated: 0, unchanged: 0, keptOurs: 0 }
    one[outcome === 'kept-ours' ? 'keptOurs' : outcome] += 1
    tallies.set(type, one)
  }
  for (const { kept, outcome } of written) count(kept.type, outcome)
  for (const type of staying) count(type, 'unchanged')
  return [...tallies.values()]
}
