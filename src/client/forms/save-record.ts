import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { asOwnWrite } from '#client/cache/own-writes.ts'
import { isFromServer, noteSaved, recordAtHand, recordsIn } from '#client/cache/records-at-hand.ts'
import { clockZone } from '#client/clock.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createEntry, fhir, writeEntry } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { currentOfflineResponder } from '#client/fhir/offline-responder.ts'
import { signedOutError } from '#client/session/session-ended-error.ts'
import { retry } from '#domain/async/retry.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { PlanRecord } from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { versionAfter } from '#domain/sync/queued-save.ts'
import { type Edit, mergeEditOf } from './merge-edit.ts'

const tries = 6

/** `Goal/1/_history/3`: the exact version that a write will make. */
type VersionMade = string

type Together = Readonly<{
  edits: readonly Edit[]
  /** written only when one of the edits changes something, e.g. the plan whose version has to move */
  touched?: readonly Edit[]
  /** further records that refer to the versions made */
  also?: (made: readonly VersionMade[]) => readonly ResourceWithId[]
}>

/**
 * Writes several records at once, all or none, each based on the version at which it was read; returns the records as
 * they are afterwards, and puts them into the queries on screen. It starts from the records that the screen was made
 * from; if someone was first it reads again, merges and retries. A retry after a lost answer writes nothing. Rejects
 * with `SaveConflict` if a person has to choose, with `FhirError` if the server could not be reached: then nothing is
 * lost and it may be called again with the same arguments.
 */
export async function saveTogether(together: Together): Promise<readonly Resource[]> {
  const mustBeHere = signedOutError()
  const attemptOnce = async (attempt: number) => {
    mustBeHere()
    return await written(together, await entriesFor(together, attempt === 1))
  }
  return await retry(attemptOnce, {
    most: tries,
    isWorthRetrying: (error) => error instanceof FhirError && error.kind === 'stale',
    pauseMs: (attempt) => Math.random() * 40 * 2 ** attempt,
  })
}

type Writing = Readonly<{ entries: readonly BundleEntry[]; made: readonly VersionMade[] }>
const nothing: Writing = { entries: [], made: [] }

async function entriesFor(together: Together, isFirst: boolean): Promise<Writing> {
  const isAway = currentOfflineResponder()?.isAway() ?? false
  const quick = isFirst && !isAway ? await ontoAtHand(together) : undefined
  return quick ?? (await ontoStanding(together, readStanding))
}

/**
 * Without reading first. Only a write shows whether these records are still current: undefined if there would be no write,
 * or if a rule or a person has to decide.
 */
async function ontoAtHand(together: Together): Promise<Writing | undefined> {
  try {
    const all = await ontoStanding(together, atHandOrRead)
    const count = together.edits.length + (together.touched?.length ?? 0)
    return all.changed === count ? all : undefined
  } catch {
    return undefined
  }
}

type Standing = Readonly<{ current: Resource | undefined; base?: Resource | undefined }>
type Find = (edit: Edit) => Promise<Standing>

async function ontoStanding(
  { edits, touched = [], also }: Together,
  find: Find,
): Promise<Writing & Readonly<{ changed: number }>> {
  const [changed, moved] = await Promise.all([prepared(edits, find), prepared(touched, find)])
  if (changed.length === 0) return { ...nothing, changed: 0 }
  const resources = [...changed, ...moved]
  const made = resources.map(versionAfter)
  const further = also?.(made) ?? []
  return {
    entries: [...resources.map(writeEntry), ...further.map((resource) => createEntry(resource))],
    made: [...made, ...further.map(versionAfter)],
    changed: resources.length,
  }
}

async function prepared(edits: readonly Edit[], find: Find) {
  const found = await Promise.all(edits.map(find))
  return edits.flatMap((edit, at) => edit.onto(found[at]?.current, found[at]?.base) ?? [])
}

/** A record that is new is assumed not to exist until the server says otherwise. */
const atHandOrRead: Find = async (edit) => {
  const current = recordAtHand(edit.type, edit.id)
  if (current) return { current, base: await baseOf(edit, current) }
  return edit.isNew ? { current: undefined } : await readStanding(edit)
}

const readStanding: Find = async (edit) => {
  const current = await fhir.find(edit.type, edit.id)
  return { current, base: current && (await baseOf(edit, current)) }
}

/** The record as it was when the edit was begun, if somebody wrote since; undefined if there is no history. */
async function baseOf({ type, id, readAt }: Edit, current: Resource) {
  if (readAt === undefined || current.meta?.versionId === readAt) return undefined
  try {
    return await fhir.readVersion(type, id, readAt)
  } catch (error) {
    if (error instanceof FhirError) return undefined
    throw error
  }
}

/** Sends what is to be written. If there is nothing to write, the server already has it, for example after a lost answer. */
async function written(
  { edits, touched = [] }: Together,
  { entries, made }: Writing,
): Promise<readonly Resource[]> {
  const kinds = [...edits, ...touched].map((edit) => edit.type)
  if (entries.length === 0) {
    await noteChangeEvent(kinds)
    return []
  }
  const isDone = (bundle: Bundle) =>
    recordsIn(bundle).filter(isFromServer).length === entries.length
  const answer = await asOwnWrite(made, () => fhir.transaction(entries), isDone)
  const records = recordsIn(answer)
  if (isDone(answer)) await noteSaved(records)
  // queued on the device, which returns nothing
  else await noteChangeEvent([...kinds, 'Provenance'])
  return records
}

/** One of the records that a save answered, as screens use it; `mine` if it was not answered. */
export function savedAs<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  mine: T,
  records: readonly Resource[],
): T {
  const saved = records.find((each) => each.resourceType === kind.type && each.id === mine.id)
  const read = (resource: R) => kind.fromFhir(resource, clockZone())
  return read(saved ? (saved as R) : kind.toFhir(mine))
}

/** Saves one record on its own, merging with what others wrote since `base` was read. */
export async function saveRecord<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  edit: Readonly<{ base?: T | undefined; mine: T }>,
): Promise<void> {
  await saveTogether({ edits: [mergeEditOf(kind, edit)] })
}
