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
  /** id in the URL of an instance operation; the handler has checked that the actor may reach it */
  id?: string
  query: URLSearchParams
  body?: Resource
  request: Request
  /** the whole call, for operations that write through the same guard as everyone */
  context: RequestContext
}>

/** A named FHIR operation (`$name`), served at the system, a type, or one record. */
export type Operation = Readonly<{
  /** without the dollar sign */
  name: string
  on: 'system' | 'type' | 'instance'
  type?: Resource['resourceType']
  /**
   * true: it changes something, hands records out as a file, or leaves words in the trail, and is called by POST alone,
   * so that no link of somebody else carries it out. false: may be called by GET
   */
  changes: boolean
  /** true: called by itself, as what it answers or takes is a file, which no batch can hold */
  alone?: boolean
  /** true: reads the body itself, in formats of its own */
  readsRequest?: boolean
  /** what it does, one sentence, for `metadata` */
  purpose: string
  /** the records of an answer that were all found within the reach of the one who asked */
  records?(answer: Resource): readonly Resource[]
  run(call: OperationCall): Promise<Resource | Response>
}>
