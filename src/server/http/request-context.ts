import type { Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import type { Relation } from '#domain/access/decide.ts'
import { targetOf } from '#domain/access/record-owner.ts'
import type { TrailEntry } from '#server/audit/audit-log.ts'
import type { AskedWords, Question } from '#server/audit/audited-request.ts'
import type { Authored } from '#server/audit/provenance.ts'
import type { Reach } from '#server/authorization/access-scope.ts'
import type { Ground } from '#server/backup/baseline.ts'
import type { FairTurns } from '#server/fair-turns.ts'
import type { StandingCounts } from '#server/operations/worklists/cached-counts.ts'
import { nobodyInParticular, personNamedBy } from '#server/store/access/record-owner.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { ReadingSql, Sql } from '#server/store/sql.ts'
import type { ReadingStore, Store } from '#server/store/store.ts'
import type { FurtherCalls } from './request-counts.ts'

/** One signed-in call: who asks, what she may reach, and the connections that answer her. */
export type Visit = Readonly<{
  request: Request
  url: URL
  /** origin and path of the FHIR root, no slash at the end */
  base: string
  actor: Actor
  reach: Reach
  /** the records, under the actor's own database role */
  store: ReadingStore
  sql: ReadingSql
  /** the service's own connection: for its inner questions and for what was decided, never to answer an actor unasked */
  service: Readonly<{
    store: Store
    sql: Sql
    ground?: Ground | undefined
    /** absent inside a transaction */
    counts?: StandingCounts
    /** tells every open screen to fetch anew what it shows; absent inside a transaction */
    tellLost?: () => void
    /** turns at bringing records in; absent inside a transaction */
    imports?: FairTurns
  }>
  now: Date
  /** the service's time zone: what day it is */
  zone: string
  /** time zone of hospitals whose messages name none */
  hl7Zone: string
  /** people whose record was begun in this very call */
  born: Set<string>
  /** people whose record this call wrote: what a hospital said of them may have waited for it */
  came: Set<string>
  /** `Type/id` of what this call was about beside its address, for the trail of a refusal */
  concerned: Set<string>
  /** person of each record that this call writes, by `Type/id` */
  belongs: Map<string, string>
  /** each record that this call writes, by `Type/id` */
  coming: Map<string, Resource>
  /** how the actor stands to the people whom this call was found to reach */
  reached: Map<string, Relation>
  /** set inside a transaction */
  inside: boolean
  /** what this call asked for, in the order in which it did */
  asked: Question[]
  /** how much of that has been told to the trail */
  told: { asked: number }
  /** puts questions into the words of the trail */
  words: AskedWords
  /** keeps an entry; inside a transaction it goes with the commit */
  trail: (entry: TrailEntry) => Promise<void>
  /** counts the entries of a bundle as the calls that they are; absent where nobody counts */
  furtherCalls?: FurtherCalls
  /** inside a transaction: what is said at its end of who wrote a plan */
  authored?: Authored[]
}>

export type Act = TrailEntry['act']

/** The person that a record belongs to; a Provenance belongs where its targets do, as far as the actor may know of them. */
export async function personOf(visit: Visit, resource: Resource): Promise<string | undefined> {
  const named = personNamedBy(resource)
  if (named) return named
  const targets = targetOf(resource)
  await lookUpTargets(visit, targets)
  const [only, ...others] = new Set(targets.flatMap((each) => visit.belongs.get(each) ?? []))
  return others.length > 0 ? nobodyInParticular : only
}

async function lookUpTargets(visit: Visit, targets: readonly string[]): Promise<void> {
  const unknown = targets.filter((each) => !visit.belongs.has(each))
  if (unknown.length === 0) return
  const params = new Params()
  const names = params.add(unknown, 'text[]')
  const { rows } = await visit.sql.query<{ name: string; person: string }>(
    `select r.rt || '/' || r.id as name, r.person from resource r
     where r.person is not null and ${scopeSql(visit.reach.scope, 'r', params, visit.now)} and (r.rt, r.id) in (
       select split_part(n, '/', 1), split_part(n, '/', 2) from unnest(${names}) n)`,
    params.values,
  )
  for (const { name, person } of rows) visit.belongs.set(name, person)
}

export type Noted = Readonly<{ act: Act; way: string; allowed?: boolean; why?: string }>

/** Keeps an entry of what was touched; when no person's record was, the one that ends the call says what was asked. */
export async function note(
  visit: Visit,
  what: ReadonlyMap<string, readonly string[]>,
  noted: Noted,
): Promise<void> {
  const allowed = noted.allowed ?? true
  if (what.size === 0 && allowed) return
  await keepNote(visit, what, noted)
}

/** Keeps an entry, of nobody too. */
export async function keepNote(
  visit: Visit,
  what: ReadonlyMap<string, readonly string[]>,
  noted: Noted,
): Promise<void> {
  const asked = await visit.words.of(visit.asked)
  visit.told.asked = visit.asked.length
  const entry: TrailEntry = {
    at: visit.now,
    actor: visit.actor,
    act: noted.act,
    way: noted.way,
    allowed: noted.allowed ?? true,
    asked,
    ...(noted.why ? { why: noted.why } : {}),
    what,
  }
  await visit.trail(entry)
}

/** Keeps an entry for records that are about to be shown. */
export async function noteShown(
  visit: Visit,
  shown: readonly Resource[],
  way: string,
): Promise<void> {
  await note(visit, await whose(visit, shown), { act: 'R', way })
}

/** References to records, by the person that they belong to. */
export async function whose(
  visit: Visit,
  shown: readonly Resource[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const what = new Map<string, string[]>()
  for (const resource of shown) {
    const person = await personOf(visit, resource)
    if (!person) continue
    const references = what.get(person) ?? []
    references.push(`${resource.resourceType}/${resource.id}`)
    what.set(person, references)
  }
  return what
}
