import type { Resource } from '@medplum/fhirtypes'
import { clockZone } from '#client/clock.ts'
import { createEntry, fhir, writeEntry } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { PlanRecord } from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { versionAfter } from '#domain/sync/queued-save.ts'
import { type Edit, editOf } from './edit.ts'

/** A record as it reads after it is written: the base of the next edit. */
export const asWritten = <T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  record: T,
): T => kind.fromFhir(kind.toFhir(record), clockZone())

const tries = 6
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

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
 * Writes several records at once, all or none, each against the version it was read at. If someone was first it reads
 * again, merges and retries; a retry after a lost answer writes nothing. Rejects with `SaveConflict` when a person has
 * to choose, with `FhirError` when the server could not be reached: then nothing is lost and it may be called again
 * with the same arguments.
 */
export async function saveTogether(together: Together): Promise<readonly VersionMade[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await saveOnce(together)
    } catch (error) {
      if (!(error instanceof FhirError && error.kind === 'stale') || attempt === tries) throw error
      await pause(Math.random() * 40 * 2 ** attempt)
    }
  }
}

async function saveOnce({ edits, touched = [], also }: Together): Promise<readonly VersionMade[]> {
  const [changed, moved] = await Promise.all([prepared(edits), prepared(touched)])
  if (changed.length === 0) return []
  const resources = [...changed, ...moved]
  const made = resources.map(versionAfter)
  const further = (also?.(made) ?? []).map((resource) => createEntry(resource))
  await fhir.transaction([...resources.map(writeEntry), ...further])
  return made
}

async function prepared(edits: readonly Edit[]) {
  const found = await Promise.all(edits.map(standingFor))
  return edits.flatMap((edit, at) => edit.onto(found[at]?.current, found[at]?.base) ?? [])
}

/** The current record, and, if somebody wrote since the edit was begun, the record at that time. */
async function standingFor({ type, id, readAt }: Edit) {
  const current = await fhir.find(type, id)
  const isMovedOn = readAt !== undefined && current && current.meta?.versionId !== readAt
  return { current, base: isMovedOn ? await readVersion(type, id, readAt) : undefined }
}

/** Undefined if there is no history: then what was on the screen has to do. */
async function readVersion(type: Edit['type'], id: string, version: string) {
  try {
    return await fhir.readVersion(type, id, version)
  } catch (error) {
    if (error instanceof FhirError) return undefined
    throw error
  }
}

/** Saves one record on its own, merging with what others wrote since `base` was read. */
export async function saveRecord<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  edit: Readonly<{ base?: T | undefined; mine: T }>,
): Promise<void> {
  await saveTogether({ edits: [editOf(kind, edit)] })
}
