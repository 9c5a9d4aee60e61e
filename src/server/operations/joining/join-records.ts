import type { Parameters, Patient } from '@medplum/fhirtypes'
import type { AlikeDecision } from '#domain/alike/decide-alike-request.ts'
import {
  joinRecordsRequest,
  partRecordsAnswer,
  partRecordsRequest,
} from '#domain/alike/part-records-request.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import type { In } from '#domain/fhir/parameters.ts'
import { type JoinedBoth, joinAnswer, joinRequest } from '#domain/person/duplicates-fhir.ts'
import { isInUse, linkedPeople } from '#domain/person/joined.ts'
import { isSomeoneElse } from '#domain/person/someone-else.ts'
import { endCardLinks } from '#server/card/card-links.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { decidedSeen, lockedMatch } from './alike-match.ts'
import { type Moving, moveBack, movedByParting, moveWhatBelongs } from './move-what-belongs.ts'

/**
 * Says that two records are about one person: `keep` is used from now on, `join` points to it and is offered to nobody.
 * Both stay complete, and who may open which of them does not change. Undone by `$part-records`, without loss.
 */
export const joinRecordsOperation: Operation = {
  name: 'join-records',
  on: 'system',
  changes: true,
  purpose:
    'Joins two records of one person: `join` points to `keep` from now on; if somebody decided that they are two people, only with that decision as it was seen (`decided`); for administrators',
  run: (call) =>
    decided(call, async (inside, both) => {
      const { back, decided: seen } = askedParameters(call, joinRecordsRequest)
      await mustKnowDecision(inside, both, seen)
      const moved = await movedByParting(inside, both, back)
      const way = '$join-records'
      await joinBoth(inside, both, { way, back: moved })
      await moveBack(inside, both, { way, back: moved })
      return joinAnswer.write({ keep: both.keep })
    }),
}

/** Undoes a join: each record is in use again. */
export const partRecordsOperation: Operation = {
  name: 'part-records',
  on: 'system',
  changes: true,
  purpose:
    'Separates two records, `keep` and `join`, that were joined; `belongs`: whose is what came since; for administrators',
  run: (call) =>
    decided(call, async (inside, both) => {
      const { belongs } = askedParameters(call, partRecordsRequest)
      await lockedMatch(inside, [both.keep, both.join])
      const moved = await partBoth(inside, both, { way: '$part-records', belongs })
      const match = await lockedMatch(inside, [both.keep, both.join])
      const decided = match ? decidedSeen(match) : undefined
      return partRecordsAnswer.write({ keep: both.keep, moved, ...(decided ? { decided } : {}) })
    }),
}

type StoredPatient = Readonly<{ patient: Patient & { id: string }; version: number }>
type Both = Readonly<{ keep: StoredPatient; join: StoredPatient }>
type Changed = readonly [keep: Patient & { id: string }, join: Patient & { id: string }]

/** Within the caller’s transaction. `back`: what comes back with it. */
export async function joinBoth(
  inside: RequestContext,
  both: JoinedBoth,
  { way, back = [] }: Readonly<{ way: string; back?: readonly Moving[] }>,
): Promise<void> {
  await mustHaveOneCase(inside, both, back)
  await write(inside, both, { way, change: joined, decision: 'same' })
}

type Belongs = In<typeof partRecordsRequest>['belongs']

/** … and what came since goes to whom it belongs. Answers with what moved. */
export async function partBoth(
  inside: RequestContext,
  both: JoinedBoth,
  { way, belongs = [] }: Readonly<{ way: string; belongs?: Belongs }>,
): Promise<readonly string[]> {
  const moved = await moveWhatBelongs(inside, both, { belongs, way })
  await write(inside, both, { way, change: parted, decision: 'different' })
  return moved
}

/** Somebody said that these are two people: whoever joins them all the same has seen that. Throws 409. */
async function mustKnowDecision(
  inside: RequestContext,
  { keep, join }: JoinedBoth,
  seen: string | undefined,
): Promise<void> {
  const match = await lockedMatch(inside, [keep, join])
  if (match?.decision !== 'different' || seen === decidedSeen(match)) return
  const by = match.by ?? 'Somebody'
  throw new FhirProblem(409, 'conflict', `${by} decided that these are two people: undo that first`)
}

/** Throws 403. */
export function mustJoinRecords({ role }: OperationCall['actor']): void {
  if (role !== 'admin') throw forbidden('Only an administrator can decide which records are joined')
}

async function decided(
  call: OperationCall,
  decide: (inside: RequestContext, both: JoinedBoth) => Promise<Parameters>,
): Promise<Parameters> {
  mustJoinRecords(call.actor)
  const { keep, join } = askedParameters(call, joinRequest)
  if (!keep || !join || keep === join)
    throw new FhirProblem(400, 'required', 'Name two records: `keep` and `join`')
  return await withinRecord(call.context, (inside) => decide(inside, { keep, join }))
}

type Change = Readonly<{
  way: string
  change: (both: Both, context: RequestContext) => Promise<Changed>
  decision: AlikeDecision
}>

async function write(
  inside: RequestContext,
  { keep, join }: JoinedBoth,
  { way, change, decision }: Change,
): Promise<void> {
  const both = { keep: await patientOf(inside, keep), join: await patientOf(inside, join) }
  const after = await change(both, inside)
  const kepts = [both.keep, both.join]
  const requests = after.map((resource, at) => ({
    ...{ resource, person: resource.id, expect: { version: kepts[at]?.version ?? 0 } },
    // names nobody new: places that were vouched for stay so, and no others are
    vouched: false,
  }))
  const written = await inside.service.store.writeMany(requests)
  const done = requests.map((request, at) => ({
    ...{ request, act: 'U' as const, person: request.person, written: written[at] },
  }))
  await noteWritten(inside, done, way)
  await settleAlike(inside, [keep, join], decision)
}

/** A pair that was listed as alike is decided by this, too. */
async function settleAlike(
  { service, actor, now }: RequestContext,
  pair: readonly string[],
  decision: AlikeDecision,
): Promise<void> {
  await service.sql.query(
    `update possible_match set decision = $2, decided_by = $3, decided_at = $4
     where person = any($1::text[]) and other = any($1::text[])`,
    [pair, decision, actor.name, now],
  )
}

async function patientOf({ service }: RequestContext, id: string): Promise<StoredPatient> {
  const stored = await service.store.read('Patient', id, everyone)
  if (stored?.resource?.resourceType !== 'Patient')
    throw new FhirProblem(404, 'not-found', 'There is no such record of a person')
  return { patient: { ...stored.resource, id }, version: stored.version }
}

type Link = NonNullable<Patient['link']>[number]

const linkTo = (id: string, type: Link['type']): Link => ({
  other: { reference: `Patient/${id}` },
  type,
})

async function joined({ keep, join }: Both, context: RequestContext): Promise<Changed> {
  if (!isInUse(keep.patient)) throw refused('The record that you want to keep is no longer in use')
  if (!isInUse(join.patient))
    throw refused('The record that you want to join to it is no longer in use')
  if (isSomeoneElse(keep.patient, join.patient, dayIn(context.zone, context.now)))
    throw refused('These are two people: the records differ more than they agree')
  // parting the records again does not bring it back: whose card it was is not certain
  await endCardLinks(context.service.sql, {
    ...{ person: join.patient.id, by: context.actor.name, now: context.now },
  })
  return [
    { ...keep.patient, link: [...(keep.patient.link ?? []), linkTo(join.patient.id, 'replaces')] },
    {
      ...{ ...join.patient, active: false },
      link: [...(join.patient.link ?? []), linkTo(keep.patient.id, 'replaced-by')],
    },
  ]
}

/** A case that comes back with the join was open under the record in use before: only if no other is open there. */
async function mustHaveOneCase(
  context: RequestContext,
  { keep, join }: JoinedBoth,
  back: readonly Moving[],
): Promise<void> {
  const cases = back.flatMap(({ resource }) =>
    resource.resourceType === 'EpisodeOfCare' ? [resource] : [],
  )
  const ids = cases.map(({ id }) => id)
  if (await hasOpenCase(context, join, ids))
    throw refused('The other record has an open case. Close that first, or keep that record')
  const brings = cases.some(({ status }) => openCase.includes(status))
  if (brings && (await hasOpenCase(context, keep)))
    throw refused('A case comes back with this, and one is open here. Close that first')
}

const openCase: readonly (string | undefined)[] = ['planned', 'waitlist', 'active', 'onhold']

async function hasOpenCase(
  { service }: RequestContext,
  person: string,
  except: readonly string[] = [],
): Promise<boolean> {
  const { rows } = await service.sql.query<{ open: boolean }>(
    `select exists (select 1 from resource where rt = 'EpisodeOfCare' and person = $1
       and content ->> 'status' = any($2::text[]) and id <> all($3::text[])) as open`,
    [person, openCase, except],
  )
  return rows[0]?.open ?? false
}

async function parted({ keep, join }: Both): Promise<Changed> {
  const [kept, left] = [
    without(keep.patient, linkTo(join.patient.id, 'replaces')),
    without(join.patient, linkTo(keep.patient.id, 'replaced-by')),
  ]
  if (!kept || !left) throw refused('These two records are not joined')
  const [onward] = linkedPeople(keep.patient, 'replaced-by')
  if (onward)
    throw refused(
      'The record in use was itself joined to another, and what came since is there. Open that one, and separate those two first',
    )
  return [kept, { ...left, active: true }]
}

function without(patient: Patient & { id: string }, gone: Link) {
  const { link = [], ...rest } = patient
  const left = link.filter(
    ({ type, other }) => type !== gone.type || other.reference !== gone.other.reference,
  )
  if (left.length === link.length) return undefined
  return { ...rest, ...(left.length > 0 ? { link: left } : {}) }
}

const refused = (text: string) => new FhirProblem(422, 'business-rule', text)
