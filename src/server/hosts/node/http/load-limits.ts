import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { credentialIn, programTokenIn } from '#server/auth/credential.ts'
import type { Limits, Settings } from '#server/hosts/node/settings.ts'
import type { RequestCounts } from '#server/http/request-counts.ts'
import { addressOf } from './address-of.ts'
import { rateLimit } from './rate-limit.ts'

/** Why a request is refused now, and when it may come again. */
export type LoadRefusal = Readonly<{ status: 429; seconds: number; text: string }>

export type LoadLimits = Readonly<{
  /** undefined: allowed. An allowed stream is counted until `left` is called. */
  enter: (incoming: IncomingMessage, path: string) => LoadRefusal | Entered
  /** requests within one request count too */
  callCounts: RequestCounts
}>
export type Entered = Readonly<{ status: 'in'; left: () => void }>

/** Limits by signed-in user and by address: one runaway page must not stop everybody. */
export function createLoadLimits({
  limits,
  origin,
}: Pick<Settings, 'limits' | 'origin'>): LoadLimits {
  const byCredential = rateLimit(limits.perCredential)
  const byAddress = rateLimit(limits.perAddress)
  const signIns = rateLimit(limits.signInsPerAddress)
  const streams = streamCount(limits)
  const keysIn = ({ headers }: Request) =>
    credentialKeys({
      headers: {
        authorization: headers.get('authorization') ?? '',
        cookie: headers.get('cookie') ?? '',
      },
    })
  return {
    callCounts: {
      take: (request) => Math.max(0, ...keysIn(request).map((each) => byCredential.take(each))),
      owe: (request, calls) => {
        for (const each of keysIn(request)) byCredential.owe(each, calls)
      },
    },
    enter(incoming, path) {
      const address = addressOf(incoming, origin !== undefined)
      const credentials = credentialKeys(incoming)
      const seconds = Math.max(
        byAddress.take(address),
        ...credentials.map((each) => byCredential.take(each)),
        isSignIn(incoming, path) ? signIns.take(address) : 0,
      )
      if (seconds > 0) return { status: 429, seconds, text: 'Too many requests in a short time' }
      const isStream = path === '/events' && incoming.method === 'GET'
      return isStream
        ? streams.open(credentials[0] ?? address)
        : { status: 'in', left: () => undefined }
    },
  }
}

/** Signing out is never blocked by others at the same address. */
function isSignIn({ method }: IncomingMessage, path: string): boolean {
  return method === 'POST' && path.startsWith('/auth/') && !path.startsWith('/auth/sign-out')
}

function streamCount({ streamsEach, streams }: Limits) {
  const open = new Map<string, number>()
  let all = 0
  return {
    open(key: string): LoadRefusal | Entered {
      const own = open.get(key) ?? 0
      if (own >= streamsEach || all >= streams) {
        return { status: 429, seconds: 30, text: 'Too many open event streams' }
      }
      open.set(key, own + 1)
      all += 1
      let isOpen = true
      return {
        status: 'in',
        left() {
          if (!isOpen) return
          isOpen = false
          all -= 1
          const rest = (open.get(key) ?? 1) - 1
          if (rest > 0) open.set(key, rest)
          else open.delete(key)
        },
      }
    },
  }
}

type Calling = Pick<IncomingMessage, 'headers'>

/** Short stand-ins: tokens are stored nowhere. */
export function credentialKeys(incoming: Calling): readonly string[] {
  return tokensOf(incoming).map((token) => hash('sha256', token, 'base64url').slice(0, 22))
}

/**
 * Only what sign-in checks counts, our own before a program’s: an additional made-up header must not look like another
 * caller.
 */
function tokensOf({ headers }: Calling): readonly string[] {
  const { authorization = '', cookie = '' } = headers
  const found = [credentialIn(authorization, cookie)?.token, programTokenIn(authorization)]
  return found.flatMap((token) => token ?? [])
}
