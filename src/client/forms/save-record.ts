import type { Resource } from '@medplum/fhirtypes'
import { serviceZone } from '#client/clock.ts'
import { createEntry, fhir, writeEntry } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { writtenFrom } from '#domain/fhir/fhir-parts.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type FieldConflict, mergeRecords } from '#domain/merge/merge-records.ts'
import type { PlanRecord, Written } from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'
import { versionAfter } from '#domain/sync/queued-save.ts'

/** Two people changed the same words of one record: both texts and the other author, for a person to choose. */
export class SaveConflict extends Error {
  readonly id: string
  readonly fields: readonly FieldConflict[]
  /** the record as it stands now; saving against it as `base` keeps the choice made */
  readonly theirs: PlanRecord
  /** everything that could be merged, with mine where a choice is open */
  readonly merged: PlanRecord
  readonly byWhom: Written | undefined

  constructor(facts: {
    id: string
    fields: readonly FieldConflict[]
    theirs: PlanRecord
    merged: PlanRecord
    byWhom: Written | undefined
  }) {
    super('Two people changed the same words')
    this.name = 'SaveConflict'
    this.id = facts.id
    this.fields = facts.fields
    this.theirs = facts.theirs
    this.merged = facts.merged
    this.byWhom = facts.byWhom
  }
}

/** What to write for one record, given how it stands now; undefined when that is what it says already. */
export type Edit = Readonly<{
  type: Resource['resourceType']
  id: string
  onto: (current: Resource | undefined) => ResourceWithId | undefined
}>

/** Nobody is asked to choose about these: the store’s own, and who helped, which goes with the words. */
const keptByTheStore = ['id', 'version', 'written', 'earlier', 'supportedBy']

/** A record as it reads once it is written: the base of the next edit of it. */
export const asWritten = <T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  record: T,
): T => kind.fromFhir(kind.toFhir(record), serviceZone())

/** An edit of one record from `base` (absent: it is new) to `mine`. Throws `SaveConflict` when it meets someone else's words. */
export function editOf<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  edit: Readonly<{ base?: T | undefined; mine: T }>,
): Edit {
  const { mine } = edit
  return {
    type: kind.type,
    id: mine.id,
    onto: (current) => {
      if (!current) return kind.toFhir(mine) as ResourceWithId
      const theirs = kind.fromFhir(current as R, serviceZone())
      const base = edit.base ?? ({ id: mine.id } as T)
      const sides = { base, mine, theirs, prose: kind.prose, kept: keptByTheStore }
      const { merged, conflicts } = mergeRecords<T>(sides)
      if (conflicts.length > 0) {
        const byWhom = writtenFrom(current, undefined) ?? theirs.written
        throw new SaveConflict({ id: mine.id, fields: conflicts, theirs, merged, byWhom })
      }
      if (sayTheSame(merged, theirs)) return undefined
      const written = mine.written ? { written: mine.written } : {}
      const helper = helperOf({ base, mine, theirs })
      const record = { ...merged, ...written, ...helper }
      return kind.toFhir(record, current as R, serviceZone()) as ResourceWithId
    },
  }
}

type Helped = { supportedBy?: unknown }

/** Whoever writes new words says who helped with them; else it stays as it stands. */
function helperOf<T extends PlanRecord>(sides: Readonly<{ base: T; mine: T; theirs: T }>): Helped {
  const [base, mine, theirs] = [sides.base, sides.mine, sides.theirs].map(
    (each) => (each as Helped).supportedBy,
  )
  return { supportedBy: JSON.stringify(base) === JSON.stringify(mine) ? theirs : mine }
}

/** An edit that is worked out from the record as it stands, whoever wrote it last. */
export function editWith<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  id: string,
  change: (current: T) => T,
): Edit {
  return {
    type: kind.type,
    id,
    onto: (current) => {
      if (!current) return undefined
      const zone = serviceZone()
      const changed = change(kind.fromFhir(current as R, zone))
      const resource: Resource = kind.toFhir(changed, current as R, zone)
      return resource as ResourceWithId
    },
  }
}

const sayTheSame = (one: object, other: object) => {
  const content = (record: object) =>
    JSON.stringify(
      Object.entries(record)
        .filter(([name]) => !keptByTheStore.includes(name))
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )
  return content(one) === content(other)
}

const tries = 6
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** `Goal/1/_history/3`: the exact version that a write will make. */
type VersionMade = string

type Together = Readonly<{
  edits: readonly Edit[]
  /** written only when one of the edits changes something, e.g. the plan whose version has to move */
  touched?: readonly Edit[]
  /** further records that tell of the versions made */
  also?: (made: readonly VersionMade[]) => readonly ResourceWithId[]
}>

/**
 * Writes several records at once, all or none, each against the version it was read at. When someone was first it
 * reads again, merges and tries again; a retry of something that did arrive writes nothing. Rejects with `SaveConflict`
 * when a person has to choose, with `FhirError` when the server could not be reached: then nothing is lost and it may be
 * called again with the same arguments.
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
  const standing = await Promise.all(edits.map(({ type, id }) => fhir.find(type, id)))
  return edits.flatMap((edit, index) => edit.onto(standing[index]) ?? [])
}

/** Saves one record on its own, merging with what others wrote since `base` was read. */
export async function saveRecord<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  edit: Readonly<{ base?: T | undefined; mine: T }>,
): Promise<void> {
  await saveTogether({ edits: [editOf(kind, edit)] })
}
