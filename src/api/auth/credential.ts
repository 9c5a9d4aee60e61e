import { FhirProblem } from '#api/problem.ts'

const cookieName = 'gable'

export type Credential = Readonly<{ token: string; by: 'cookie' | 'bearer' }>

/** The token that a request carries. A cookie is taken for a change only when the page asking is our own. */
export function credentialOf(request: Request, url: URL): Credential | undefined {
  const bearer = /^Bearer\s+([0-9a-f]{64})$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (bearer) return { token: bearer, by: 'bearer' }
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((each) => each.trim())
  const found = cookies.find((each) => each.startsWith(`${cookieName}=`))
  const token = found?.slice(cookieName.length + 1)
  if (!token || !/^[0-9a-f]{64}$/.test(token)) return undefined
  mustBeOurPage(request, url)
  return { token, by: 'cookie' }
}

function mustBeOurPage(request: Request, url: URL): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers.get('sec-fetch-site')
  const origin = request.headers.get('origin')
  const ours = site ? site === 'same-origin' : origin !== null && hostOf(origin) === url.host
  if (!ours) throw new FhirProblem(403, 'security', 'This call does not come from our own page')
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}

/** The cookie for a session; `Secure` wherever the address is. */
export function sessionCookie(token: string, url: URL): string {
  const secure = url.protocol === 'https:' ? '; Secure' : ''
  return `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200${secure}`
}

export function noCookie(): string {
  return `${cookieName}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`
}
