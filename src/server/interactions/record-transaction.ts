import type { Task } from '@medplum/fhirtypes'
import { accessLabelOf } from '#domain/access/labels/access-label.ts'
import { isSuggestedChange } from '#domain/suggestion/is-suggested-change.ts'
import { advancePlanVersions } from '#server/agreement/plan-versions.ts'
import { followAnswers } from '#server/assessment/follow-answers.ts'
import { type AuditEntry, writeAuditLog } from '#server/audit/audit-log.ts'
import { type ProvenanceEntry, provenanceOf } from '#server/audit/provenance.ts'
import { recordAccessChanges } from '#server/authorization/record-access-changes.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { followDeath } from '#server/death/follow-death.ts'
import { shownAnswers } from '#server/goals/show-round.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { memoryOfTransaction } from '#server/http/request-memory.ts'
import { rlsSessionOf } from '#server/store/access/rls-session.ts'
import type { WriteRequest } from '#server/store/store.ts'
import { tellResidents } from '#server/support/tell-residents.ts'
import { followTasks } from '#server/task/follow-tasks.ts'
import { raiseAlerts } from '#server/watch/raise-alerts.ts'
import { followCarerIll } from '#server/worse/follow-carer-ill.ts'

export type OpenTransaction = Readonly<{
  /** the call within its transaction */
  inside: RequestContext
  /** the same for what the service adds at the end, from which nothing follows */
  ending: RequestContext
  /** what was written so far */
  authored: readonly ProvenanceEntry[]
}>

/** Runs `work` in the call’s transaction, or in a new one. Refusals are stored in the audit log after the rollback. */
export async function withinRecord<T>(
  context: RequestContext,
  work: (inside: RequestContext) => Promise<T>,
  about?: string,
): Promise<T> {
  if (context.inTransaction) return await work(context)
  return await recordTransaction(context, about, async (session) => {
    const done = await work(session.inside)
    await followUp(session)
    return done
  })
}

/**
 * `about`: the person the call is about, if known: the actor’s relation is looked up before, on a connection with the
 * actor’s access.
 */
export async function recordTransaction<T>(
  context: RequestContext,
  about: string | undefined,
  work: (session: OpenTransaction) => Promise<T>,
): Promise<T> {
  const before: RequestContext = { ...context, relationCache: new Map() }
  if (about !== undefined) await relationTo(before, about)
  return await context.service.store.transaction(async (store, sql) => {
    const reach = rlsSessionOf(context.accessScope.scope, context.now)
    const noted: AuditEntry[] = []
    const authored: ProvenanceEntry[] = []
    const ending: RequestContext = {
      ...context,
      ...memoryOfTransaction(before.relationCache),
      store: store.as(reach),
      sql: sql.as(reach),
      service: { store, sql },
      auditLog: async (entry) => void noted.push(entry),
    }
    const done = await work({
      inside: { ...ending, inTransaction: true, provenanceEntries: authored },
      ending,
      authored,
    })
    await tellResidents(ending, authored)
    const accessEntries = await recordAccessChanges(ending, authored)
    await writeAuditLog(sql, [...noted, ...accessEntries])
    return done
  })
}

/** Writes what follows from what was written. */
export async function followUp({ ending, authored }: OpenTransaction): Promise<void> {
  await followAnswers(ending, authored)
  await followCarerIll(ending, authored)
  await followDeath(ending, authored)
  await followTasks(ending, authored)
  await raiseAlerts(ending, authored)
  const follows = await whatFollows(ending, authored)
  if (follows.length > 0) await ending.service.store.writeMany(follows)
}

/** New versions of the plans that say it, and who wrote each. */
export async function whatFollows(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
): Promise<readonly WriteRequest[]> {
  const { plans, writes, made } = await advancePlanVersions(context, authored)
  const shown = await shownAnswers(context, authored)
  return [...writes, ...shown, ...tellingsOf(context, [...authored, ...plans], made)]
}

/** Records who wrote each version of a plan's records. */
function tellingsOf(
  context: RequestContext,
  authored: readonly ProvenanceEntry[],
  made: ReadonlyMap<string, readonly string[]>,
): readonly WriteRequest[] {
  const provenances: WriteRequest[] = []
  const suggested = authored.filter(({ resource }) => resource.resourceType === 'Task')
  for (const each of authored) {
    const taken = takenFrom(each, suggested)
    const resource = provenanceOf(context.actor, each, { now: context.now, made, taken })
    const whose = each.person ? { person: each.person } : {}
    const where = resource && each.room ? { room: accessLabelOf(resource, [each.room]) } : {}
    if (resource)
      provenances.push({ resource, expect: 'anything', skipIfSame: true, ...whose, ...where })
  }
  return provenances
}

/** The suggestions whose words were taken into this record in the same transaction. */
function takenFrom(
  { resource }: ProvenanceEntry,
  suggested: readonly ProvenanceEntry[],
): readonly string[] {
  const reference = `${resource.resourceType}/${resource.id}`
  return suggested.flatMap(({ resource: other, version, before }) => {
    const isTaken =
      other.resourceType === 'Task' &&
      isSuggestedChange(other) &&
      other.status === 'completed' &&
      (before as Task | undefined)?.status !== 'completed' &&
      other.focus?.reference === reference
    return isTaken ? [`Task/${other.id}/_history/${version}`] : []
  })
}
