import type { Resource } from '@medplum/fhirtypes'
import { clockZone } from '#client/clock.ts'
import { writtenFrom } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { canonical, mergeJson } from '#domain/merge/merge-json.ts'
import type { PlanRecord, WrittenBy } from '#domain/plan/plan.ts'
import type { RecordKind } from '#domain/plan/record-kind.ts'

/** One field of a record that two people changed differently. */
type FieldConflict = Readonly<{
  field: string
  base: unknown
  mine: unknown
  theirs: unknown
}>

/** Two people changed the same words of one record: both texts and the other author, for a person to choose. */
export class SaveConflict extends Error {
  readonly id: string
  readonly fields: readonly FieldConflict[]
  /** the record as it is now; saving against it as `base` keeps the choice made */
  readonly theirs: PlanRecord
  /** everything that could be merged, with mine where a choice is open */
  readonly merged: PlanRecord
  readonly byWhom: WrittenBy | undefined

  constructor(facts: {
    id: string
    fields: readonly FieldConflict[]
    theirs: PlanRecord
    merged: PlanRecord
    byWhom: WrittenBy | undefined
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

/** What to write for one record, given how it is now; undefined if nothing changes. */
export type Edit = Readonly<{
  type: Resource['resourceType']
  id: string
  /** `base`: the record at the version `readAt`, if it has changed since */
  onto: (current: Resource | undefined, base?: Resource) => ResourceWithId | undefined
  /** the version that the edit started from, if merging needs it */
  readAt?: string | undefined
  /** created under its own id: it is read only if the server has it already */
  isNew?: boolean
}>

/** Nobody has to choose about these: the store’s own fields, and who helped, which belongs to the text. */
const keptByTheStore = ['id', 'version', 'written', 'earlier', 'supportedBy']

type EditOf<T> = Readonly<{ base?: T | undefined; mine: T }>

/**
 * An edit of one record from `base` (absent: it is new) to `mine`, merged over FHIR as offline changes are. Throws
 * `SaveConflict` when it meets someone else's text.
 */
export function mergeEditOf<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  edit: EditOf<T>,
): Edit {
  const read = (resource: R) => kind.fromFhir(resource, clockZone())
  return {
    ...{ type: kind.type, id: edit.mine.id, readAt: edit.base?.version },
    isNew: edit.base === undefined,
    onto: (current, base) => {
      if (!current) return kind.toFhir(edit.mine) as ResourceWithId
      const sides = sidesOf(kind, edit, { current: current as R, base: base as R | undefined })
      const { merged, twice } = mergeJson<R>(sides)
      const [ours, theirs] = [read(merged), read(sides.theirs)]
      if (twice.length > 0) {
        const others = read(mergeJson<R>(sides, (place) => place.theirs).merged)
        throw new SaveConflict({
          ...{ id: edit.mine.id, theirs, merged: ours },
          fields: fieldsBetween(edit.base, ours, others),
          byWhom: writtenFrom(current, undefined) ?? theirs.written,
        })
      }
      return sayTheSame(ours, theirs) ? undefined : (merged as ResourceWithId)
    },
  }
}

/** The three versions to merge. Elements that an edit does not know stay on each side as they are. */
function sidesOf<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  { base, mine }: EditOf<T>,
  found: Readonly<{ current: R; base: R | undefined }>,
): Readonly<{ base: object; mine: R; theirs: R }> {
  const theirs = found.current
  const zone = clockZone()
  if (!base) {
    const nothing = { resourceType: theirs.resourceType, id: mine.id }
    return { base: nothing, mine: kind.toFhir(mine, theirs, zone), theirs }
  }
  const read = base.version === theirs.meta?.versionId ? theirs : found.base
  const isRead = read && isSaid(kind, base, kind.fromFhir(read, zone))
  const existing = isRead ? read : kind.toFhir(base, undefined, zone)
  return { base: existing, mine: kind.toFhir(mine, existing, zone), theirs }
}

/** The version number may have been guessed on a device: the text shows whether it is the version that was read. */
function isSaid<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  one: T,
  other: T,
): boolean {
  const said = ({ written: _mark, ...record }: T) =>
    // names are looked up when a record has none
    JSON.stringify(kind.toFhir(record as T), (key, value) => (key === 'display' ? '' : value))
  return said(one) === said(other)
}

type Fields = Readonly<Record<string, unknown>>

/** The conflicting texts, in the terms of the writer's form. */
function fieldsBetween(
  base: PlanRecord | undefined,
  mine: PlanRecord,
  theirs: PlanRecord,
): readonly FieldConflict[] {
  const [before, ours, others]: readonly Fields[] = [{ ...base }, mine, theirs]
  return Object.keys({ ...ours, ...others })
    .filter((field) => !keptByTheStore.includes(field))
    .map((field) => ({
      ...{ field, base: before?.[field], mine: ours?.[field], theirs: others?.[field] },
    }))
    .filter((each) => canonical(each.mine) !== canonical(each.theirs))
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

/** An edit worked out from the current record, no matter who wrote it last. */
export function mergeEditWith<T extends PlanRecord, R extends Resource>(
  kind: RecordKind<T, R>,
  id: string,
  change: (current: T) => T,
): Edit {
  return {
    type: kind.type,
    id,
    onto: (current) => {
      if (!current) return undefined
      const zone = clockZone()
      const changed = change(kind.fromFhir(current as R, zone))
      const resource: Resource = kind.toFhir(changed, current as R, zone)
      return resource as ResourceWithId
    },
  }
}
