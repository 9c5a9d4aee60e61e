import type { Actor } from '#domain/access/actor.ts'
import { problemResponse } from '#server/http/responses.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import { mustBeKnown, mustBeSignedIn } from './auth-routes.ts'
import type { SignIn } from './provider-sign-in.ts'

type Options = Readonly<{
  sql: Sql
  now?: () => Date
  demo?: readonly Actor[] | undefined
  zone?: string
  signIn?: SignIn | undefined
}>

/** Who is calling, by the headers alone and before a long body is read: the identity, or the refusal. */
export function callerCheck({ sql, now = () => new Date(), demo, signIn, zone }: Options) {
  const store = createStore(sql, { now })
  return async (request: Request): Promise<string | Response> => {
    const url = new URL(request.url)
    const auth = { sql, demo, now: now(), signIn, ...(zone ? { zone } : {}) }
    try {
      const isForPrograms = /^\/(fhir|hl7)(\/|$)/.test(url.pathname)
      const actor = isForPrograms
        ? (await mustBeKnown(request, url, { ...auth, store })).actor
        : await mustBeSignedIn(request, url, auth)
      return actor.identity
    } catch (error) {
      return problemResponse(error)
    }
  }
}
