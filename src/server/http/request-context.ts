import type { Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import { recordOwnerTargets } from '#domain/access/record-owner.ts'
import type { TurnedFor } from '#domain/agreement/turned.ts'
import type { CqlEngine } from '#domain/quality/evaluation.ts'
import type { AuditEntry } from '#server/audit/audit-log.ts'
import type { AuditQueryText } from '#server/audit/audit-query.ts'
import type { BackupBaseline } from '#server/backup/baseline.ts'
import type { FairQueue } from '#server/fair-queue.ts'
import type { AccessScope } from '#server/store/access/access-scope.ts'
import {
  nobodyInParticular,
  recordOwnerOf,
  storedOwners,
} from '#server/store/access/record-owner.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import type { CaseloadLines } from '#server/store/caseload-lines.ts'
import type { Params } from '#server/store/params.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
import type { ReadingStore, Store } from '#server/store/store.ts'
import type { CachedCounts } from '#server/store/summary/cached-counts.ts'
import type { FurtherRequests } from './request-counts.ts'
import { type RequestMemory, rememberAudited, rememberOwner } from './request-memory.ts'

/** One request of a signed-in user: who asks, what they can see, and the connections that answer them. */
export type RequestContext = RequestMemory &
  Readonly<{
    request: Request
    url: URL
    /** origin and path of the FHIR root, no slash at the end */
    base: string
    actor: Actor
    accessScope: AccessScope
    /** the records, under the actor's own database role */
    store: ReadingStore
    sql: ReadingSql
    /** the service's own connection: for its inner queries and for what was decided, never for an actor's own query */
    service: Readonly<{
      store: Store
      sql: Sql
      ground?: BackupBaseline | undefined
      /** absent inside a transaction */
      counts?: CachedCounts
      /** absent inside a transaction */
      caseloads?: CaseloadLines
      /** tells every open screen to reload what it shows; absent inside a transaction */
      tellLost?: () => void
      /** counts of lists are old, though no record was changed; absent inside a transaction */
      tellCounted?: () => void
      /** open event streams of this user check whether they still have their session; absent inside a transaction */
      sessionsEnded?: (identity?: string) => void
      /** turns for imports; absent inside a transaction */
      imports?: FairQueue
      /** works out measures in CQL; absent where there is nothing that can */
      cql?: CqlEngine | undefined
    }>
    now: Date
    /** the service's time zone: what day it is */
    zone: string
    /** time zone of hospitals whose messages give none */
    hl7Zone: string
    /** the session of this request is turned to a person: nothing else than their answer is possible */
    turned?: TurnedFor
    /** set inside a transaction */
    inTransaction: boolean
    /** turns queries into the text of the audit log */
    requestText: AuditQueryText
    /** adds an audit entry; inside a transaction it is committed with the rest */
    auditLog: (entry: AuditEntry) => Promise<void>
    /** counts the entries of a bundle as single requests; absent if nothing counts them */
    furtherRequests?: FurtherRequests
  }>

export type AuditAct = AuditEntry['act']

/**
 * The person that a record belongs to; a Provenance belongs to the owner of its targets, as far as the actor may know
 * of them.
 */
export async function personOf(
  context: RequestContext,
  resource: Resource,
): Promise<string | undefined> {
  const named = recordOwnerOf(resource)
  if (named) return named
  const targets = recordOwnerTargets(resource)
  await lookUpTargets(context, targets)
  const [only, ...others] = new Set(
    targets.flatMap((each) => context.ownerByReference.get(each) ?? []),
  )
  return others.length > 0 ? nobodyInParticular : only
}

async function lookUpTargets(context: RequestContext, targets: readonly string[]): Promise<void> {
  const unknown = targets.filter((each) => !context.ownerByReference.has(each))
  if (unknown.length === 0) return
  const { scope } = context.accessScope
  const visible = (params: Params) => scopeSql(scope, 'r', params, context.now)
  for (const [name, person] of await storedOwners(context.sql, unknown, visible))
    rememberOwner(context, name, person)
}

export type AuditNote = Readonly<{ act: AuditAct; way: string; allowed?: boolean; why?: string }>

/** Adds an audit entry for what was touched; if nobody's record was, the final entry of the request holds the query. */
export async function note(
  context: RequestContext,
  what: ReadonlyMap<string, readonly string[]>,
  noted: AuditNote,
): Promise<void> {
  const allowed = noted.allowed ?? true
  if (what.size === 0 && allowed) return
  await keepNote(context, what, noted)
}

/** Adds an audit entry, also one about nobody. */
export async function keepNote(
  context: RequestContext,
  what: ReadonlyMap<string, readonly string[]>,
  noted: AuditNote,
): Promise<void> {
  const queries = await context.requestText.of(context.auditedRequests)
  rememberAudited(context)
  const entry: AuditEntry = {
    at: context.now,
    actor: context.actor,
    act: noted.act,
    way: noted.way,
    allowed: noted.allowed ?? true,
    asked: queries,
    ...(noted.why ? { why: noted.why } : {}),
    what,
  }
  await context.auditLog(entry)
}

/** Adds an audit entry for records that are about to be shown. */
export async function noteShown(
  context: RequestContext,
  shown: readonly Resource[],
  way: string,
): Promise<void> {
  await note(context, await whose(context, shown), { act: 'R', way })
}

/**
 * References to records, by the person that they belong to; `owners`: of records that may be shown without saying it.
 */
export async function whose(
  context: RequestContext,
  shown: readonly Resource[],
  owners: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, readonly string[]>> {
  const what = new Map<string, string[]>()
  for (const resource of shown) {
    const reference = `${resource.resourceType}/${resource.id}`
    const person = owners.get(reference) ?? (await personOf(context, resource))
    if (!person) continue
    const references = what.get(person) ?? []
    references.push(reference)
    what.set(person, references)
  }
  return what
}
