import { FhirProblem } from '#server/problem.ts'

/** With this prefix browsers refuse it from a subdomain, over plain http (except for this machine) and with a path. */
const cookieName = '__Host-gable'

export type Credential = Readonly<{ token: string; by: 'cookie' | 'bearer' }>

/**
 * The token of a request. For a change, a cookie counts only if the page asking is our own; for a read, not if another
 * page is known to have asked: otherwise a link would put an access into the audit log in the name of the user who
 * follows it.
 */
export function credentialOf(request: Request, url: URL): Credential | undefined {
  const { headers } = request
  const found = credentialIn(headers.get('authorization') ?? '', headers.get('cookie') ?? '')
  if (found?.by === 'cookie') mustBeOurPage(request, url)
  return found
}

/** The token in these two headers, no matter who sent them: our own bearer token has priority over the cookie. */
export function credentialIn(authorization: string, cookies: string): Credential | undefined {
  const bearer = /^Bearer\s+([0-9a-f]{64})$/i.exec(authorization)?.[1]
  if (bearer) return { token: bearer, by: 'bearer' }
  const token = cookieNamed(cookies, cookieName)
  return token && /^[0-9a-f]{64}$/.test(token) ? { token, by: 'cookie' } : undefined
}

/** The access token of a provider, as programs send it. */
export function programTokenIn(authorization: string): string | undefined {
  return /^Bearer\s+([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization)?.[1]
}

/** The value of a cookie; undefined if it is missing, or there twice: somebody else has planted one. */
export function cookieIn(request: Request, name: string): string | undefined {
  return cookieNamed(request.headers.get('cookie') ?? '', name)
}

function cookieNamed(header: string, name: string): string | undefined {
  const cookies = header.split(';').map((each) => each.trim())
  const found = cookies.filter((each) => each.startsWith(`${name}=`))
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined
}

function mustBeOurPage(request: Request, url: URL): void {
  const site = request.headers.get('sec-fetch-site')
  if (request.method === 'GET' || request.method === 'HEAD') {
    if (site === 'cross-site' || site === 'same-site') throw foreign()
    return
  }
  const origin = request.headers.get('origin')
  const ours = site ? site === 'same-origin' : origin === url.origin
  if (!ours) throw foreign()
}

/** For requests that start a session: another site's page must not sign anybody in. Programs send no such header. */
export function mustNotBeForeign(request: Request, url: URL): void {
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const isOurs = site ? site === 'same-origin' : origin === null || origin === url.origin
  if (!isOurs) throw foreign()
}

function foreign(): FhirProblem {
  return new FhirProblem(403, 'security', 'This request does not come from our own page')
}

/** Lax, not Strict: the user who comes back from the provider, or by a link in a message, must be recognised. */
export function sessionCookie(token: string): string {
  return `${cookieName}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=43200`
}

export function noCookie(): string {
  return `${cookieName}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`
}
