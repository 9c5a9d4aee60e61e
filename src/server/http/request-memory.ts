import type { Resource } from '@medplum/fhirtypes'
import type { AccessRelation } from '#domain/access/decide.ts'
import type { AuditQuery } from '#server/audit/audit-query.ts'
import type { ProvenanceEntry } from '#server/audit/provenance.ts'

/** The actor’s relation to a person, and whether it lasts: not as a guest, or for a limited time. */
export type KnownRelation = Readonly<{ relation: AccessRelation; isLasting: boolean }>

/** What a request learns while it runs. Everything may read it; only the functions below write it. */
export type RequestMemory = Readonly<{
  /** people whose record was started in this request */
  createdPatients: ReadonlySet<string>
  /** Patients written by this request; queued HL7 messages for them are retried afterwards */
  writtenPatients: ReadonlySet<string>
  /** `Type/id` of what this request was about in addition to its address, for the audit entry of a refusal */
  auditedReferences: ReadonlySet<string>
  /** owner of each record that this request writes, by `Type/id` */
  ownerByReference: ReadonlyMap<string, string>
  /** each record that this request writes, by `Type/id` */
  pendingWrites: ReadonlyMap<string, Resource>
  /** the actor's relations to people whom this request has found that the actor can see */
  relationCache: ReadonlyMap<string, KnownRelation>
  /** the queries of this request, in order */
  auditedRequests: readonly AuditQuery[]
  /** how many of them are in the audit log */
  auditedSoFar: Readonly<{ asked: number }>
  /** inside a transaction: the versions for which its end records who wrote them */
  provenanceEntries?: readonly ProvenanceEntry[]
}>

type Part<K extends keyof RequestMemory> = Pick<RequestMemory, K>

/** For a new request. */
export const emptyMemory = (): RequestMemory => ({
  writtenPatients: new Set(),
  auditedReferences: new Set(),
  auditedRequests: [],
  auditedSoFar: { asked: 0 },
  ...memoryOfTransaction(new Map()),
})

/** What a transaction learns is forgotten with it, because it may be undone. `relations`: what was known before it. */
export const memoryOfTransaction = (
  relations: RequestMemory['relationCache'],
): Part<'createdPatients' | 'ownerByReference' | 'pendingWrites' | 'relationCache'> => ({
  createdPatients: new Set(),
  ownerByReference: new Map(),
  pendingWrites: new Map(),
  relationCache: new Map(relations),
})

/** A request begins to record its queries: `query` is the first. */
export const memoryOfQueries = (query: AuditQuery): Part<'auditedRequests' | 'auditedSoFar'> => ({
  auditedRequests: [query],
  auditedSoFar: { asked: 0 },
})

// read-only everywhere else; created above, and written here
const writableSet = <T>(part: ReadonlySet<T>) => part as Set<T>
const writableMap = <K, V>(part: ReadonlyMap<K, V>) => part as Map<K, V>
const writableList = <T>(part: readonly T[]) => part as T[]

export function rememberCreatedPatient(memory: Part<'createdPatients'>, id: string): void {
  writableSet(memory.createdPatients).add(id)
}

export function rememberWrittenPatient(memory: Part<'writtenPatients'>, id: string): void {
  writableSet(memory.writtenPatients).add(id)
}

/** `reference`: `Type/id`. */
export function rememberReference(memory: Part<'auditedReferences'>, reference: string): void {
  writableSet(memory.auditedReferences).add(reference)
}

export function rememberOwner(
  memory: Part<'ownerByReference'>,
  reference: string,
  person: string,
): void {
  writableMap(memory.ownerByReference).set(reference, person)
}

export function rememberPendingWrite(
  memory: Part<'pendingWrites'>,
  reference: string,
  resource: Resource,
): void {
  writableMap(memory.pendingWrites).set(reference, resource)
}

/** That the actor has no access to a person is not remembered: it may change within the request. */
export function rememberRelation(
  memory: Part<'relationCache'>,
  person: string,
  known: KnownRelation,
): void {
  if (known.relation !== 'none') writableMap(memory.relationCache).set(person, known)
}

export function rememberQuery(memory: Part<'auditedRequests'>, query: AuditQuery): void {
  writableList(memory.auditedRequests).push(query)
}

/** All queries so far are in the audit log. */
export function rememberAudited(memory: Part<'auditedRequests' | 'auditedSoFar'>): void {
  const soFar: { asked: number } = memory.auditedSoFar
  soFar.asked = memory.auditedRequests.length
}

/** Outside a transaction nothing records it. */
export function rememberProvenance(
  memory: Part<'provenanceEntries'>,
  entries: readonly ProvenanceEntry[],
): void {
  if (memory.provenanceEntries) writableList(memory.provenanceEntries).push(...entries)
}
