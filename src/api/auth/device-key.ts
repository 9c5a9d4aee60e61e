import type { Sql } from '#api/sql/sql.ts'

/**
 * The key under which a browser may keep records for work without a network: base64 of 32 bytes, the same each time the
 * same identity signs in and nobody else's. It is given with a standing session only and kept nowhere: what was stored on
 * a device is unreadable once the session there has ended.
 */
export async function deviceKeyOf(sql: Sql, identity: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    bytesOf(await secret(sql)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(identity))
  return base64(new Uint8Array(signed))
}

/** The service's own; all servers of one database share it. */
async function secret(sql: Sql): Promise<string> {
  const name = 'device-key'
  const ask = 'SELECT value FROM secret WHERE name = $1'
  const known = (await sql.query<{ value: string }>(ask, [name])).rows[0]
  if (known) return known.value
  const fresh = base64(crypto.getRandomValues(new Uint8Array(32)))
  await sql.query('INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    name,
    fresh,
  ])
  const kept = (await sql.query<{ value: string }>(ask, [name])).rows[0]
  if (!kept) throw new Error('The service has no secret for keys of devices')
  return kept.value
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
