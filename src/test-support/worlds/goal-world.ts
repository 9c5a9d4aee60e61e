import type { Goal as GoalRecord } from '@medplum/fhirtypes'
import type { SaveConflict } from '#client/forms/merge-edit.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { saysTheSame } from '#domain/merge/merge-json.ts'
import type { IdentifiedResource, QueuedSave } from '#domain/sync/queued-save.ts'

/** The record as a server stores it, and calls that have not arrived yet. */
export type Server = {
  /** the first is version 1 */
  readonly versions: GoalRecord[]
  readonly writers: number[]
  late: { write: IdentifiedResource; by: number }[]
}

/** One of the three authors, and what their device stores. */
export type Author = {
  readonly number: number
  online: boolean
  /** the record as this device last had it */
  view: GoalRecord
  /** the server’s version on which everything unsent was built */
  since: number
  draft?: { base: Goal; mine: Goal } | undefined
  /** a choice on the screen: lost with it, and asked again */
  choice?: SaveConflict | undefined
  waiting: QueuedSave[]
}

/**
 * What happens to a call: it and its answer arrive, the call is lost, the answer is lost, or the call arrives later.
 */
export type Network = 'fine' | 'call lost' | 'answer lost' | 'late'

export const versionOfServer = ({ versions }: Server) => versions.length

/** The current record, with its version. */
export function standing({ versions }: Server): IdentifiedResource {
  const last = versions.at(-1)
  if (!last?.id) throw new Error('The record is gone')
  return { ...last, id: last.id }
}

/** Accepts a write that is based on the current version; false if somebody else was first. */
export function arrive(server: Server, write: IdentifiedResource, by: number): boolean {
  if (Number(write.meta?.versionId) !== server.versions.length) return false
  const versionId = String(server.versions.length + 1)
  server.versions.push({ ...write, meta: { versionId } } as GoalRecord)
  server.writers.push(by)
  return true
}

/** Sends a write; true if its writer learns that it was accepted. */
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

/** True if exactly the write that was sent is the version that it would have made. */
export function hasArrived(server: Server, attempt: readonly IdentifiedResource[]): boolean {
  return attempt.every((each) => {
    const made = server.versions[Number(each.meta?.versionId)]
    return made !== undefined && saysTheSame(made, each)
  })
}

/** True if somebody wrote since; `but` is not counted. */
export function othersWrote(server: Server, since: number, but: number): boolean {
  return server.writers.slice(since).some((writer) => writer !== but)
}
