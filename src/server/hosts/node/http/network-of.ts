import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { addressOf } from './address-of.ts'

/**
 * From which network somebody calls, for the audit log: not the address, which says more than who reads the log has to know.
 */
export function networkOf(incoming: IncomingMessage, isBehindProxy: boolean): string {
  const address = addressOf(incoming, isBehindProxy).replace(/^::ffff:/i, '')
  if (isIP(address) === 0) return ''
  if (/^(127\.|::1$)/.test(address)) return 'this machine'
  return isPrivate.test(address) ? 'private network' : 'internet'
}

/** RFC 1918 and RFC 4193, and addresses of the link. */
const isPrivate =
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i
