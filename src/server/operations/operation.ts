import type { Resource } from '@medplum/fhirtypes'
import type { Actor } from '#domain/access/actor.ts'
import type { Scope } from '#domain/access/scope.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import type { ReadingStore } from '#server/store/store.ts'

export type OperationCall = Readonly<{
  actor: Actor
  scope: Scope
  store: ReadingStore
  sql: ReadingSql
  now: Date
  /** today in the service's time zone, `YYYY-MM-DD` */
  today: string
  /** id in the URL of an instance operation; the handler has checked that the actor can see it */
  id?: string
  query: URLSearchParams
  body?: Resource
  request: Request
  /** the whole request, for operations that write with the same checks as everyone */
  context: RequestContext
}>

/** A named FHIR operation (`$name`), served at the system, a type, or one record. */
export type Operation = Readonly<{
  /** without the dollar sign */
  name: string
  on: 'system' | 'type' | 'instance'
  type?: Resource['resourceType']
  /**
   * true: it changes something, exports records as a file, or adds a reason to the audit log, and must be called by
   * POST, so that nobody else's link can trigger it. false: may be called by GET
   */
  changes: boolean
  /** true: called alone, because its input or output is a file, or it answers for each person apart, and a bundle is all or nothing */
  alone?: boolean
  /** true: reads the body itself, in formats of its own */
  readsRequest?: boolean
  /** what it does, one sentence, for `metadata` */
  purpose: string
  /** the records of an answer that were all found within the user's reach */
  records?(answer: Resource): readonly Resource[]
  run(call: OperationCall): Promise<Resource | Response>
}>
