import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { ChangedTwice } from '#domain/merge/merge-json.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'

export type IdentifiedResource = ResourceWithId

/** One record of a queued save: as its writer found it, and as they left it. */
export type QueuedRecord = Readonly<{
  /** absent: the record is new */
  base?: Resource
  /** its `meta.versionId` is a guess that is valid only on this device */
  mine: IdentifiedResource
}>

/** Why a save cannot be sent automatically. It includes what was written. */
export type SyncProblem =
  | Readonly<{
      why: 'choice'
      record: string
      places: readonly ChangedTwice[]
      theirs: IdentifiedResource
      byWhom?: WrittenBy
    }>
  /** the server's answer, as text */
  | Readonly<{ why: 'refused'; status: number; text: string }>
  /** the service failed on it: it is tried again automatically, and the others go on meanwhile */
  | Readonly<{ why: 'failing'; status: number }>
  /** the record no longer exists, or not for this writer */
  | Readonly<{ why: 'gone'; record: string }>

/** One save that was made offline: all of its records go together, or none. */
export type QueuedSave = Readonly<{
  id: string
  /** first come, first sent */
  place: number
  /** instant at which it was made */
  at: string
  /** whose record it is in */
  person: string
  /** the person's name, for a page that lists it when the record is no longer downloaded */
  name: string
  records: readonly QueuedRecord[]
  /** what was last sent and not answered, with the versions it was meant for */
  attempt?: readonly IdentifiedResource[]
  trouble?: SyncProblem
}>

/** Whether its writer has to look at it before it can be sent. */
export const needsDecision = ({ trouble }: QueuedSave): boolean =>
  trouble !== undefined && trouble.why !== 'failing'

export const referenceOf = (resource: Resource) => `${resource.resourceType}/${resource.id}`

/** `Goal/1/_history/3`: the exact version of a record. */
export const versionOf = (resource: Resource) =>
  `${referenceOf(resource)}/_history/${resource.meta?.versionId ?? '1'}`

/** `Goal/1/_history/4`: the exact version that the next write will make. */
export const versionAfter = (resource: Resource) =>
  `${referenceOf(resource)}/_history/${Number(resource.meta?.versionId ?? 0) + 1}`

const mentions = (resource: Resource | undefined, reference: string) =>
  JSON.stringify(resource ?? {}).includes(`"${reference}"`)

/**
 * Whether a save depends on an earlier one: it changes the same record, or refers to one that the earlier one creates.
 * Every change in a plan touches the plan itself; its lists merge in any order.
 */
export function dependsOn(later: QueuedSave, earlier: QueuedSave): boolean {
  return earlier.records.some(({ base, mine: before }) => {
    const reference = referenceOf(before)
    const goesOn = later.records.find((each) => referenceOf(each.mine) === reference)
    if (goesOn) return !base || before.resourceType !== 'CarePlan'
    const isNew = !base
    return (
      isNew &&
      later.records.some(
        (each) => mentions(each.mine, reference) && !mentions(each.base, reference),
      )
    )
  })
}

/** A save with everything that depends on it, however far. */
export function withDependants(
  save: QueuedSave,
  all: readonly QueuedSave[],
): readonly QueuedSave[] {
  const found = [save]
  for (const each of all) {
    if (each.place > save.place && found.some((earlier) => dependsOn(each, earlier)))
      found.push(each)
  }
  return found
}
