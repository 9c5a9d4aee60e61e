import { demoIdentities } from '#demo-data/identities.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { CqlEngine } from '#domain/quality/evaluation.ts'
import type { SignIn } from '#server/auth/provider-sign-in.ts'
import { createHandler, type Handler } from '#server/handler.ts'
import type { Pubsub } from '#server/realtime/pubsub.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store, WriteRequest } from '#server/store/store.ts'
import { testNow } from '#test-support/clock.ts'
import { openPglite } from './pglite.ts'

/**
 * A call to the handler: a path such as `/fhir/Patient/x`, and fetch’s options. An object as `json` is sent as FHIR
 * JSON.
 */
export type Caller = (path: string, init?: RequestInit & { json?: unknown }) => Promise<Response>

export type OpenHandler = Readonly<{
  handler: Handler
  sql: Sql
  store: Store
  /** calls signed in as a demonstration identity, e.g. `(await as('amina'))('/fhir/Patient/x')` */
  as: (identity: string) => Promise<Caller>
  /** calls with an access token, like a program's */
  withToken: (token: string) => Caller
  /** calls without a session */
  anyone: Caller
  /** puts records into the store without checks, as a first start does */
  seed: (resources: readonly ResourceWithId[], custodian?: string) => Promise<void>
  /** moves the clock forward */
  wait: (minutes: number) => void
  /** moves the clock forward by longer than a session lasts: get the callers again */
  pass: (minutes: number) => void
  close: () => Promise<void>
}>

export const testOrigin = 'http://gable.test'

/**
 * The real handler over a database: a new PGlite in memory unless one is given. The clock is stopped at `now`, or is
 * that clock; without either it is stopped at `testNow`.
 */
export async function openHandler(
  settings: Readonly<{
    sql?: Sql
    now?: Date | (() => Date)
    zone?: string
    signIn?: SignIn
    wire?: Pubsub
    cql?: CqlEngine
  }> = {},
): Promise<OpenHandler> {
  const { sql, close } = settings.sql ? { sql: settings.sql, close: nothing } : await openPglite()
  let ahead = 0
  const given = settings.now ?? testNow
  const now = () => new Date((given instanceof Date ? given : given()).getTime() + ahead)
  const { signIn, wire, zone, cql } = settings
  const inZone = zone ? { zone } : {}
  const store = createStore(sql, { now, ...inZone })
  const further = {
    ...inZone,
    ...(signIn ? { signIn } : {}),
    ...(wire ? { wire } : {}),
    ...(cql ? { cql } : {}),
  }
  const handler = createHandler({ sql, store, now, demo: demoIdentities, ...further })
  const anyone = callerWith(handler, {})
  const tokens = new Map<string, string>()
  const withToken = (token: string) => callerWith(handler, { Authorization: `Bearer ${token}` })
  return {
    handler,
    sql,
    store,
    anyone,
    as: async (identity) => {
      const token = tokens.get(identity) ?? (await tokenFor(anyone, identity))
      tokens.set(identity, token)
      return withToken(token)
    },
    withToken,
    seed: async (resources, custodian) => {
      await store.writeMany(resources.map((resource) => seedRequest(resource, custodian)))
    },
    wait: (minutes) => {
      ahead += minutes * 60_000
    },
    pass: (minutes) => {
      ahead += minutes * 60_000
      tokens.clear()
    },
    close,
  }
}

const nothing = async () => undefined

function seedRequest(resource: ResourceWithId, custodian: string | undefined): WriteRequest {
  return { resource, expect: 'anything', ...(custodian ? { custodian } : {}) }
}

async function tokenFor(anyone: Caller, identity: string): Promise<string> {
  if (!demoIdentities.some((each) => each.identity === identity)) {
    throw new Error(`${identity} is no demonstration identity`)
  }
  const response = await anyone('/auth/demo', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ as: identity }),
  })
  const { token } = (await response.json()) as { token: string }
  return token
}

function callerWith(handler: Handler, always: Readonly<Record<string, string>>): Caller {
  return async (path, init = {}) => {
    const { json, ...rest } = init
    const headers = new Headers({ ...always })
    if (json !== undefined) headers.set('Content-Type', 'application/fhir+json')
    for (const [name, value] of new Headers(rest.headers)) headers.set(name, value)
    const body = json === undefined ? (rest.body ?? null) : JSON.stringify(json)
    const url = path.startsWith('http') ? path : `${testOrigin}${path}`
    return await handler(new Request(url, { ...rest, headers, body }))
  }
}
