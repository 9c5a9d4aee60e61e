import type { Bundle, CarePlan, Patient, Resource, ResourceType } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { madeOfRecords, recordsIn } from '#client/cache/records-at-hand.ts'
import { clockToday, clockZone, now } from '#client/clock.ts'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { noteViewedElsewhere } from '#client/forms/last-viewed.ts'
import { type Edit, mergeEditOf, mergeEditWith } from '#client/forms/merge-edit.ts'
import { savedAs, saveTogether } from '#client/forms/save-record.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import { eventToFhir } from '#domain/agreement/fhir.ts'
import { withHome } from '#domain/home/care-home.ts'
import { isPlan, planFromFhir, planKind } from '#domain/plan/fhir.ts'
import { type HouseResources, houseFromFhir } from '#domain/plan/house/house-fhir.ts'
import { houseLists, houseRecords, houseRequest } from '#domain/plan/house/house-records.ts'
import { pickRecord, putRecords } from '#domain/plan/house/put-records.ts'
import {
  type ChangeKind,
  type HouseRoom,
  type Plan,
  type PlanRecord,
  type ProgressKind,
  planIdFor,
  type WhatIf,
} from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { recordText, type SayDay } from '#domain/plan/record-text.ts'
import { viewedInExtension } from '#domain/plan/versions/last-viewed-parameters.ts'
import { withOwnLines } from '#domain/plan/worse/own-lines.ts'
import { whatIfKind } from '#domain/plan/worse/what-if-fhir.ts'
import { givenToMe } from './carer-rooms.ts'

/** Every kind of record in a house, the person’s own, and what decides which of it a reader may see. */
const kinds = [...Object.keys(houseRecords), 'Patient', 'Consent']

/** All of it in one call, as far as this reader may see it. */
async function findHouse(person: string, signal: AbortSignal): Promise<HouseResources> {
  const answer = await fhir.operation<Bundle>(
    'CarePlan/$house',
    houseRequest.write({ patient: person }),
    signal,
  )
  noteViewedElsewhere(person, viewedInExtension(answer.meta))
  const records = recordsIn(answer)
  const isOwn = (each: Resource): each is Patient =>
    each.resourceType === 'Patient' && each.id === person
  const lists = houseLists(records)
  return {
    ...lists,
    patient: withHome(records.find(isOwn) ?? (await whoseItIs(person, signal)), records),
    provenances: newestFirst(lists.provenances, (each) => each.recorded),
    messages: newestFirst(lists.messages, (each) => each.sent),
  }
}

/**
 * A carer who may not read what is written about the person gets the name from the server; anybody else gets “not
 * found”.
 */
async function whoseItIs(person: string, signal: AbortSignal): Promise<Patient> {
  const given = await givenToMe(person, signal)
  if (!given) return await fhir.read('Patient', person)
  return { resourceType: 'Patient', id: person, name: [...given.names] }
}

function newestFirst<T>(records: readonly T[], at: (record: T) => string | undefined) {
  const instant = (record: T) => Date.parse(at(record) ?? '') || 0
  return records.toSorted((one, other) => instant(other) - instant(one))
}

/** The house of one person as this user may see it. */
export const planQueries = {
  house: (person: string) =>
    queryOptions({
      queryKey: ['house', person],
      ...madeOfRecords({
        kinds,
        find: (signal) => findHouse(person, signal),
        make: (found: HouseResources) =>
          houseFromFhir(found, { today: clockToday(), zone: clockZone() }),
        ...{ put: putRecords, pick: pickRecord },
      }),
    }),
}

type PlanChange = Readonly<{
  person: string
  /** absent: the person has no plan yet, and the record is written on its own */
  planId: string | undefined
  kind: ChangeKind | ProgressKind
  room: HouseRoom
  edits: readonly Edit[]
  /** how the plan's own lists change, besides its version */
  adjust?: (plan: Plan) => Plan
  /** records changed with it that the Provenance does not mention, for example `Task/1` */
  untold?: readonly string[]
}>

/** The current user and time, as the author of a change. */
export function writtenNow(person: string) {
  return { by: whoAmI(person), at: now().toISOString() }
}

/**
 * Changes what a plan says: the records, the plan (which gets a new version, so that an agreement to the previous one
 * no longer covers it) and a Provenance of who did what, in one transaction. Returns and rejects as `saveTogether`
 * does.
 */
export async function changePlan(change: PlanChange): Promise<readonly Resource[]> {
  const { person, planId, kind, room, edits, adjust = (plan: Plan) => plan, untold = [] } = change
  const written = writtenNow(person)
  const id = crypto.randomUUID()
  const touch = (plan: Plan): Plan => ({ ...adjust(plan), written })
  const touched = planId && (await mayMove(person)) ? [mergeEditWith(planKind, planId, touch)] : []
  return await saveTogether({
    edits,
    touched,
    also: (made) => {
      const targets = made.filter((each) => !untold.some((one) => each.startsWith(`${one}/`)))
      return [eventToFhir({ id, kind, room, by: written.by, at: written.at, targets }, person)]
    },
  })
}

/** Writes one record of a plan, merging with what others wrote since `base` was read; returns it as it was written. */
export async function saveInPlan<T extends PlanRecord & { person: string }, R extends Resource>(
  recordKind: RecordKind<T, R>,
  { base, mine }: Readonly<{ base?: T | undefined; mine: T }>,
  change: Pick<PlanChange, 'planId' | 'kind' | 'room' | 'adjust'>,
): Promise<T> {
  const edits = [mergeEditOf(recordKind, { base, mine })]
  return savedAs(recordKind, mine, await changePlan({ ...change, person: mine.person, edits }))
}

/**
 * Each room is shared on its own: a carer who may write in one and not in the roof writes there, and leaves the plan's
 * own lists as they are.
 */
async function mayMove(person: string): Promise<boolean> {
  const given = await givenToMe(person)
  return given === null || given.write.includes('roof')
}

/** The open plan in the current record; undefined if none was started. */
export async function openPlanId(person: string): Promise<string | undefined> {
  const { signal } = new AbortController()
  const found = await allRecords('CarePlan', { patient: `Patient/${person}` }, signal)
  const isOpen = (plan: CarePlan) =>
    isPlan(plan) && (plan.id?.startsWith('plan-') ?? false) && !planFromFhir(plan).ended
  return found.find(isOpen)?.id
}

/** Starts the plan of a case: an empty house to write in. Safe to repeat. */
export async function startPlan(person: string, caseId: string): Promise<void> {
  const id = planIdFor(caseId)
  const plan: Plan = {
    ...{ id, person, caseId, goals: [], actions: [], needs: [], ended: false },
    written: writtenNow(person),
  }
  const { written: _written, ...unwritten } = plan
  const base: Plan = unwritten
  await changePlan({
    person,
    planId: undefined,
    kind: 'start-plan',
    room: 'roof',
    edits: [mergeEditOf(planKind, { base, mine: plan })],
  })
}

/** Sets the date of the next review (`YYYY-MM-DD`). */
export async function setReview(plan: Plan, reviewOn: string): Promise<void> {
  const { reviewOn: _before, ...rest } = plan
  const mine = reviewOn ? { ...rest, reviewOn } : rest
  await changePlan({
    person: plan.person,
    planId: undefined,
    kind: 'set-review',
    room: 'roof',
    edits: [
      mergeEditOf(planKind, { base: plan, mine: { ...mine, written: writtenNow(plan.person) } }),
    ],
  })
}

export async function saveWhatIf(
  plan: Plan,
  edit: { base?: WhatIf | undefined; mine: WhatIf },
): Promise<WhatIf> {
  const written = writtenNow(plan.person)
  const mine = { ...withOwnLines(edit.mine, edit.base, written), written }
  const change = { planId: plan.id, kind: 'write-what-if', room: 'roof' } as const
  return await saveInPlan(whatIfKind, { base: edit.base, mine }, change)
}

/** The record at an earlier version; undefined if it does not exist or this user may not see it. */
export async function earlierVersionsOf(target: string): Promise<Resource | undefined> {
  const [type, id, , version] = target.split('/')
  if (!type || !id || !version || Number(version) < 2) return undefined
  try {
    return await fhir.readVersion(type as ResourceType, id, String(Number(version) - 1))
  } catch (error) {
    if (error instanceof FhirError && error.kind !== 'unreachable') return undefined
    throw error
  }
}

/**
 * The text before a change (`target`: the version it made); empty if there was none for this user. `sayDay`: how days
 * are shown.
 */
export const wordsBefore = (target: string, sayDay: SayDay) =>
  queryOptions({
    queryKey: ['words-before', target],
    queryFn: async () => {
      const resource = await earlierVersionsOf(target)
      return resource ? recordText(resource, clockZone(), sayDay) : ''
    },
  })
