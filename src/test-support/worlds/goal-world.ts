import type { Goal as GoalRecord } from '@medplum/fhirtypes'
import type { SaveConflict } from '#client/forms/merge-edit.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { saysTheSame } from '#domain/merge/merge-json.ts'
import type { IdentifiedResource, QueuedSave } from '#domain/sync/queued-save.ts'

/** The record as a server keeps it, and calls that are still on their way. */
export type Server = {
  /** the first is version 1 */
  readonly versions: GoalRecord[]
  readonly writers: number[]
  late: { write: IdentifiedResource; by: number }[]
}

/** One of the three, and what her device keeps. */
export type Author = {
  readonly number: number
  online: boolean
  /** the record as this device last had it */
  view: GoalRecord
  /** version of the server on which everything unsent was built */
  since: number
  draft?: { base: Goal; mine: Goal } | undefined
  /** a choice on the screen: gone with it, and asked again */
  choice?: SaveConflict | undefined
  waiting: QueuedSave[]
}

/** What becomes of a call: it and its answer arrive, the call is lost, the answer is lost, or the call arrives later. */
export type Network = 'fine' | 'call lost' | 'answer lost' | 'late'

export const versionOfServer = ({ versions }: Server) => versions.length

/** As it stands, with its version. */
export function standing({ versions }: Server): IdentifiedResource {
  const last = versions.at(-1)
  if (!last?.id) throw new Error('The record is gone')
  return { ...last, id: last.id }
}

/** Takes a write that was made for what stands; false when somebody was first. */
export function arrive(server: Server, write: IdentifiedResource, by: number): boolean {
  if (Number(write.meta?.versionId) !== server.versions.length) return false
  const versionId = String(server.versions.length + 1)
  server.versions.push({ ...write, meta: { versionId } } as GoalRecord)
  server.writers.push(by)
  return true
}

/** Sends a write; true when its writer hears that it was taken. */
export function send(
  server: Server,
  write: IdentifiedResource,
  by: number,
  network: Network,
): boolean {
  if (network === 'call lost') return false
  if (network === 'late') {
    server.late.push({ write, by })
    return false
  }
  const taken = arrive(server, write, by)
  return taken && network === 'fine'
}

/** True when the very write that was sent stands as the version it would have made. */
export function hasArrived(server: Server, attempt: readonly IdentifiedResource[]): boolean {
  return attempt.every((each) => {
    const made = server.versions[Number(each.meta?.versionId)]
    return made !== undefined && saysTheSame(made, each)
  })
}

/** True when somebody wrote since; `but` is not counted. */
export function othersWrote(server: Server, since: number, but: number): boolean {
  return server.writers.slice(since).some((writer) => writer !== but)
}
