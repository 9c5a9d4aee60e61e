import type { CarePlan, Goal } from '@medplum/fhirtypes'
import {
  type AnsweredStep,
  graceHistory,
  type WrittenStep,
} from '#demo-data/grace/grace-history.ts'
import { demoIdentities, graceId } from '#demo-data/identities.ts'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { Actor } from '#domain/access/actor.ts'
import { agreementToFhir, answerIn, eventToFhir, numberedAnswer } from '#domain/agreement/fhir.ts'
import { ownSignIn } from '#domain/agreement/given-how.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import { withExtensions, writtenExtension } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isPlan } from '#domain/plan/fhir.ts'
import { tellingOf } from '#domain/plan/house/telling-of.ts'
import type { ChangeKind, HouseRoom, ProgressKind, Who } from '#domain/plan/plan.ts'
import { isPlanRecord } from '#domain/plan/plan-record.ts'
import { partsLeftOut } from '#server/agreement/answer/parts-left-out.ts'
import { versionsCovered } from '#server/agreement/answer/versions-covered.ts'
import { agentOf } from '#server/audit/audit-log.ts'
import { provenanceOf } from '#server/audit/provenance.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'

type Zone = Readonly<{ zone?: string }>
type Named = Readonly<{ name: string; version: number; record: ResourceWithId }>
type Standing = Readonly<{
  plan?: CarePlan & { id: string }
  version: number
  answers: number
  /** the last state of each record, by `Goal/1` */
  records: ReadonlyMap<string, ResourceWithId>
}>

/**
 * Writes how Grace’s plan came to be, each step with the clock of its day, as the service would have kept it: versions,
 * who wrote them, and answers with their numbers. Returns the current version of each record that it wrote.
 */
export async function seedHistory(
  sql: Sql,
  asOf: string,
  zone: Zone,
): Promise<ReadonlyMap<string, number>> {
  const versions = new Map<string, number>()
  await writeAt(sql, new Date(`${asOf}T00:00:00Z`), zone, [...demoOrganisationRecords(asOf)])
  let standing: Standing = { version: 0, answers: 0, records: new Map() }
  for (const step of graceHistory(asOf)) {
    const { written, next } =
      'by' in step
        ? await write(sql, step, standing, zone)
        : await answer(sql, step, standing, zone)
    standing = next
    for (const { name, version } of written) versions.set(name, version)
  }
  return versions
}

type Done = Readonly<{ written: readonly Named[]; next: Standing }>

async function write(sql: Sql, step: WrittenStep, before: Standing, zone: Zone): Promise<Done> {
  const actor = identityOf(step.by)
  const by = whoIs(actor)
  const records = step.records.map((record) =>
    isPlanRecord(record)
      ? {
          ...record,
          ...withExtensions(record as Goal, { written: writtenExtension({ by, at: step.at }) }),
        }
      : record,
  ) as readonly ResourceWithId[]
  const now = new Date(step.at)
  const written = await writeAt(sql, now, zone, records)
  const plan = written.find(({ record }) => isOwnPlan(record))
  const notes = notesOf(actor, now, written, plan)
  await writeAt(sql, now, zone, [
    ...notes,
    ...eventsOf(by, step, written, { plan, stood: before.records }),
  ])
  const stand = [...before.records, ...written.map(({ name, record }) => [name, record] as const)]
  const next = { ...before, records: new Map(stand) }
  if (!plan) return { written, next }
  const content = plan.record as CarePlan & { id: string }
  return { written, next: { ...next, plan: content, version: plan.version } }
}

const isOwnPlan = (record: ResourceWithId) => record.resourceType === 'CarePlan' && isPlan(record)

/** The service’s note of who wrote each version of a part of the plan, and of what made a version of the plan. */
function notesOf(actor: Actor, now: Date, written: readonly Named[], plan: Named | undefined) {
  const parts = written.filter((each) => each !== plan && isPlanRecord(each.record)).map(targetOf)
  const made = new Map(plan ? [[targetOf(plan), parts]] : [])
  return written.flatMap(({ record: resource, version }) => {
    const act = version === 1 ? ('C' as const) : ('U' as const)
    const entry = { resource, version, act, person: graceId, room: undefined }
    return provenanceOf(actor, entry, { now, made }) ?? []
  })
}

/** What the news of the plan tells: one line for each kind of change. */
function eventsOf(
  by: Who,
  { at, told: ofPlan }: WrittenStep,
  written: readonly Named[],
  { plan, stood }: Readonly<{ plan: Named | undefined; stood: Standing['records'] }>,
) {
  const about = ({ name, record }: Named) => tellingOf(record, stood.get(name))
  const told = written.filter(
    ({ record }) =>
      isPlanRecord(record) && record.resourceType !== 'CareTeam' && !isOwnPlan(record),
  )
  const tell = (kind: ChangeKind | ProgressKind, room: HouseRoom, some: readonly Named[]) => {
    const targets = [...some, ...(plan ? [plan] : [])].map(targetOf)
    const id = `told-${dayWritten(at)}-${kind}`
    return eventToFhir({ id, kind, room, by, at, targets }, graceId)
  }
  const kinds = Map.groupBy(told, (each) => about(each).kind)
  return [
    ...(ofPlan ? [tell(ofPlan, 'roof', [])] : []),
    ...[...kinds].map(([kind, some]) => tell(kind, about(some[0] as Named).room, some)),
  ]
}

const targetOf = ({ name, version }: Named) => `${name}/_history/${version}`

async function answer(sql: Sql, step: AnsweredStep, before: Standing, zone: Zone): Promise<Done> {
  const { plan, version, answers } = before
  if (!plan) throw new Error('Nobody can answer to a plan that has not begun')
  const { at, id, yes, words, notAgreed = [] } = step
  const by = whoIs(identityOf('grace'))
  const given = agreementToFhir(
    { id, planId: plan.id, version: String(version), yes, notAgreed, by, words, at },
    graceId,
  )
  const said = answerIn(given) ?? 'disagree'
  const covered = await versionsCovered(sql, { version, person: graceId, content: plan })
  const taken = { said, planId: plan.id, version: String(version), person: graceId, at, by }
  const number = answers + 1
  const record = numberedAnswer(given, {
    ...{ ...taken, number, how: ownSignIn, covered: covered.map((each) => each.version) },
    notAgreed: partsLeftOut(given, said, covered),
  })
  return {
    written: await writeAt(sql, new Date(at), zone, [record]),
    next: { ...before, answers: number },
  }
}

async function writeAt(
  sql: Sql,
  now: Date,
  zone: Zone,
  records: readonly ResourceWithId[],
): Promise<readonly Named[]> {
  const store = createStore(sql, { ...zone, now: () => now })
  const results = await store.writeMany(
    records.map((resource) => ({ resource, expect: 'anything' as const })),
  )
  return results.map(({ kept }, place) => ({
    name: `${kept.type}/${kept.id}`,
    version: kept.version,
    record: records[place] as ResourceWithId,
  }))
}

function identityOf(identity: string): Actor {
  const found = demoIdentities.find((each) => each.identity === identity)
  if (!found) throw new Error(`${identity} is no demonstration identity`)
  return found
}

const voices = { person: 'person', carer: 'carer' } as const

const whoIs = (actor: Actor): Who => ({
  ...{ reference: agentOf(actor) ?? '', name: actor.name },
  voice: actor.role === 'person' || actor.role === 'carer' ? voices[actor.role] : 'professional',
})
