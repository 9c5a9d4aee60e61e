import * as v from 'valibot'
import { FhirError, noAnswer } from '#client/fhir/fhir-error.ts'
import { parseJsonResponse } from '#client/fhir/parse-json-response.ts'
import type { Actor } from '#domain/access/actor.ts'
import { isNamed } from './session-shape.ts'

export type SignInWays = Readonly<{
  /** what the provider's accounts are called */
  provider?: Readonly<{ label: string }>
  demo: boolean
  /** who to contact when signing in does not work */
  contact?: string
}>

const waysShape = v.object({
  provider: v.exactOptional(v.object({ label: v.string() })),
  demo: v.boolean(),
  contact: v.exactOptional(v.string()),
})

type Known = Readonly<{ ways: SignInWays; identities: readonly DemoIdentity[] }>

let known: Known | undefined

/** From now on no server is asked how to sign in: the embedded app knows it before its records are open. */
export function signInWithoutServer(answers: Known): void {
  known = answers
}

/** How somebody can sign in here. Rejects with `FhirError` if the server does not say. */
export async function signInWays(): Promise<SignInWays> {
  if (known) return known.ways
  const headers = { Accept: 'application/json' }
  const response = await fetch('/auth/ways', { headers }).catch(noAnswer)
  const ways = await parseJsonResponse(response, waysShape)
  if (!response.ok || !ways) throw noWays(response.status)
  return ways
}

const noWays = (status: number) =>
  new FhirError({ kind: 'unreachable', status, text: 'We do not know how to sign in here.' })

export type DemoIdentity = Pick<Actor, 'identity' | 'name' | 'role' | 'organisationName'>

const identitiesShape = v.object({ identities: v.array(v.custom<DemoIdentity>(isNamed)) })

/** The demonstration identities; empty when the server offers none. */
export async function signInDemoIdentities(): Promise<readonly DemoIdentity[]> {
  if (known) return known.identities
  const response = await fetch('/auth/demo', { headers: { Accept: 'application/json' } })
  const body = await parseJsonResponse(response, identitiesShape)
  return response.ok && body ? body.identities : []
}
