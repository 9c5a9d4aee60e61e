import type { IncomingMessage } from 'node:http'

/** The proxy in front adds the address it was called from at the end; anyone may have written what is before it. */
export function addressOf(incoming: IncomingMessage, isBehindProxy: boolean): string {
  const forwarded = incoming.headers['x-forwarded-for']
  const last = isBehindProxy
    ? String(forwarded ?? '')
        .split(',')
        .at(-1)
        ?.trim()
    : undefined
  return (last || incoming.socket.remoteAddress) ?? ''
}
