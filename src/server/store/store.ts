import type { Resource } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import type { Scope } from '#domain/access/scope.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { RlsSession } from './access/rls-session.ts'
import type { CountByPerson } from './count-by-person.ts'
import type { Sql } from './sql.ts'

/** One version of a record as stored. `resource` is absent if this version is a deletion. */
export type StoredVersion = Readonly<{
  type: Resource['resourceType']
  id: string
  version: number
  /** instant, ISO 8601 with milliseconds */
  at: string
  method: 'create' | 'update' | 'delete'
  person?: string
  /** its current room: known for a version that was read, not for one just written */
  room?: AccessLabel
  resource?: Resource
}>

/** `kept-ours`: the import did not change the record, because it was changed or deleted here since. */
export type WriteOutcome = 'created' | 'updated' | 'unchanged' | 'kept-ours'

export type WriteResult = Readonly<{
  kept: StoredVersion
  outcome: WriteOutcome
  /** whose record it was until now, if another person’s */
  movedFrom?: string
}>

/**
 * What a writer expects to find: nothing yet, exactly this version, anything at all, or (import only) an import's
 * record: a record that was written here since is not replaced, and the outcome is `kept-ours`.
 */
export type Expectation = 'absent' | 'anything' | 'brought' | Readonly<{ version: number }>

export type WriteRequest = Readonly<{
  resource: ResourceWithId
  expect: Expectation
  /** true: writing the same content again makes no new version (imports, retries) */
  skipIfSame?: boolean
  /** the organisation that brings the record in; kept if others change the record later */
  custodian?: string
  /** the person it belongs to, if the writer knows: otherwise the record says, or what it refers to */
  person?: string
  /** false: the writer has no access to restricted records, so nobody whom they newly name gets it */
  vouched?: boolean
  /** the version it begins with if it is new; absent: 1 */
  begins?: number
  /** its room; absent: worked out from the record and from what it refers to */
  room?: AccessLabel
}>

/** A writer's expectation failed; `found` is the current version, 0 if there is none. */
export class StaleVersion extends Error {
  readonly found: number
  constructor(found: number) {
    super(`The record is at version ${found}`)
    this.name = 'StaleVersion'
    this.found = found
  }
}

export type SearchResult = Readonly<{
  matches: readonly Resource[]
  /** person of each match, by `Type/id`: an answer of a few elements may not say it */
  owners: ReadonlyMap<string, string>
  included: readonly Resource[]
  total?: number
  /** the people whom the total counts, unless everybody is on this page */
  people?: CountByPerson['people']
  /** opaque cursor or offset of the next page; absent on the last one */
  next?: string
  /** parameters unknown to the store: the handler refuses (strict) or warns (lenient) */
  unknown: readonly string[]
}>

export type HistoryQuery = Readonly<{
  type?: string
  id?: string
  since?: string
  /** without versions from when the record was another person’s */
  ofItsPerson?: boolean
  count: number
  offset: number
}>

/** A page of versions, and how many there are for each person. */
export type StoredVersions = CountByPerson & Readonly<{ entries: readonly StoredVersion[] }>

/** The record store, for reading. Every call takes a scope: records outside it are treated as missing. */
export interface ReadingStore {
  read(type: string, id: string, scope: Scope): Promise<StoredVersion | undefined>
  /** The same for many in one statement, by `Type/id`. */
  readAll(
    names: readonly Readonly<{ type: string; id: string }>[],
    scope: Scope,
  ): Promise<ReadonlyMap<string, StoredVersion>>
  readVersion(
    type: string,
    id: string,
    version: number,
    scope: Scope,
  ): Promise<StoredVersion | undefined>
  history(query: HistoryQuery, scope: Scope): Promise<StoredVersions>
  /** `params` are the raw FHIR search parameters, in order, `_count`, `_sort`, `_include` … among them. Throws `SearchError` on a malformed value. */
  search(type: string, params: URLSearchParams, scope: Scope): Promise<SearchResult>
  /** Ids of the records that a conditional interaction (or reference) finds, at most `limit`. */
  match(
    type: string,
    params: URLSearchParams,
    scope: Scope,
    limit: number,
  ): Promise<readonly string[]>
  /** Everything in the person's compartment (and what it refers to outside of it), pages of `count`. */
  everything(
    person: string,
    scope: Scope,
    page: { count: number; offset: number; readingsSince?: Date | undefined },
  ): Promise<{ resources: readonly Resource[]; total: number }>
  /** True if the person is inside the scope; with `room`, whether a record in that room is. */
  mayReach(person: string, scope: Scope, room?: string): Promise<boolean>
}

/** The record store as the service itself uses it: it writes what the handler has decided. */
export interface Store extends ReadingStore {
  /** The same records under an actor's database role: if a scope is forgotten, nothing beyond their access is shown. */
  as(reach: RlsSession): ReadingStore
  /** Throws `StaleVersion`. Does not check the scope: the handler has decided before. */
  write(request: WriteRequest): Promise<WriteResult>
  /** Many at once, for imports: fewer round trips, same result as one `write` after the other. */
  writeMany(requests: readonly WriteRequest[]): Promise<readonly WriteResult[]>
  remove(type: string, id: string, expect: Expectation): Promise<StoredVersion | undefined>
  /**
   * One transaction: all of it or nothing; retried by itself on serialisation failures and deadlocks. `sql` uses the
   * same transaction: audit entries go with the write that they are about.
   */
  transaction<T>(work: (store: Store, sql: Sql) => Promise<T>): Promise<T>
  /**
   * One of several pieces of work in a transaction: if it fails, it alone is undone and the transaction continues.
   * Outside a transaction it is a transaction of its own.
   */
  attempt<T>(work: (store: Store, sql: Sql) => Promise<T>): Promise<T>
  /**
   * Called after each commit of this process with what changed; returns how to stop listening. Two commits of the same
   * moment may be reported in either order, and not necessarily by their numbers, which are given before.
   */
  onChange(listener: (changes: readonly Change[]) => void): () => void
}

export type Change = Readonly<{
  seq: number
  type: string
  id: string
  version: number
  person?: string
  room?: string
}>
