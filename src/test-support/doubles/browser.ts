import type { Handler } from '#server/handler.ts'
import { testOrigin } from '#test-support/servers/handler.ts'

/** A browser without pages: it keeps the cookies of each origin and follows redirects. */
export type Browser = Readonly<{
  /** one call to the service, by path or full address, with the cookies it has set; redirects are not followed */
  call: (path: string, init?: RequestInit) => Promise<Response>
  /** one call to the provider */
  context: (address: string, init?: RequestInit) => Promise<Response>
  /** names and values of the service's cookies */
  cookies: ReadonlyMap<string, string>
}>

export function openBrowser(handler: Handler): Browser {
  const own = new Map<string, string>()
  const theirs = new Map<string, string>()
  return {
    cookies: own,
    call: async (path, init = {}) => {
      const url = new URL(path, testOrigin)
      const request = new Request(url, { ...init, headers: withCookies(own, init.headers) })
      return keepCookies(own, await handler(request))
    },
    context: async (address, init = {}) => {
      const headers = withCookies(theirs, init.headers)
      // biome-ignore lint/style/noRestrictedGlobals: the provider is a foreign server
      const answer = await fetch(address, { ...init, headers, redirect: 'manual' })
      return keepCookies(theirs, answer)
    },
  }
}

function withCookies(jar: ReadonlyMap<string, string>, given: HeadersInit | undefined): Headers {
  const headers = new Headers(given)
  if (jar.size > 0 && !headers.has('cookie'))
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
  return headers
}

function keepCookies(jar: Map<string, string>, answer: Response): Response {
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(cookie)) jar.delete(name)
    else jar.set(name, value)
  }
  return answer
}

/**
 * Presses an account's button at the provider and follows the redirects; returns the service’s address where they end.
 */
export async function pressAccount(
  browser: Browser,
  provider: string,
  account: string,
): Promise<string> {
  let address = provider
  let init: RequestInit = {}
  for (let step = 0; step < 8; step++) {
    const answer = await browser.context(address, init)
    init = {}
    const next = answer.headers.get('location')
    if (next?.startsWith(testOrigin)) return next
    if (next) address = new URL(next, address).href
    else
      init = {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ account }),
      }
  }
  throw new Error(`The provider does not lead back from ${address}`)
}
