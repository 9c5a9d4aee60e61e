import { secretFor } from '#server/store/encrypted-token.ts'
import type { Sql } from '#server/store/sql.ts'

/**
 * The key under which a browser may store records for offline work: base64 of 32 bytes, the same at each sign-in of the
 * same identity and nobody else's. It is given only within a session and stored nowhere: what is on a device is
 * unreadable once the session there has ended.
 */
export async function deviceKeyOf(sql: Sql, identity: string): Promise<string> {
  const raw = await secretFor(sql, 'device-key')
  const rule = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', raw, rule, false, ['sign'])
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(identity))
  return btoa(String.fromCharCode(...new Uint8Array(signed)))
}
