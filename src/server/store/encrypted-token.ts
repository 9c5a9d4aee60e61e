import type { Sql } from './sql.ts'

const keys = new WeakMap<Sql, Map<string, Promise<CryptoKey>>>()

/**
 * Encrypts a value so that it can travel through a browser, unread and unchanged: AES-GCM under a key of the service,
 * one for each purpose. All servers of one database share it.
 */
export async function encryptToken(sql: Sql, purpose: string, value: unknown): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const plain = new TextEncoder().encode(JSON.stringify(value))
  const closed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv },
    await keyFor(sql, purpose),
    plain,
  )
  return toText(new Uint8Array([...iv, ...new Uint8Array(closed)]))
}

/** Undefined if it is not one of ours, for whatever reason. */
export async function decryptToken(sql: Sql, purpose: string, text: string): Promise<unknown> {
  try {
    const bytes = toBytes(text)
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.slice(0, 12) },
      await keyFor(sql, purpose),
      bytes.slice(12),
    )
    return JSON.parse(new TextDecoder().decode(plain)) as unknown
  } catch {
    return undefined
  }
}

/** 32 random bytes that the service created for this purpose on first use. */
export async function secretFor(sql: Sql, purpose: string): Promise<Uint8Array<ArrayBuffer>> {
  const fresh = toText(crypto.getRandomValues(new Uint8Array(32)))
  await sql.query('INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    purpose,
    fresh,
  ])
  const found = await sql.query<{ value: string }>('SELECT value FROM secret WHERE name = $1', [
    purpose,
  ])
  const [row] = found.rows
  if (!row) throw new Error(`The service has no secret for ${purpose}`)
  return toBytes(row.value)
}

function keyFor(sql: Sql, purpose: string): Promise<CryptoKey> {
  const known = keys.get(sql) ?? new Map<string, Promise<CryptoKey>>()
  keys.set(sql, known)
  const key = known.get(purpose) ?? keyFrom(sql, purpose)
  known.set(purpose, key)
  key.catch(() => known.delete(purpose))
  return key
}

async function keyFrom(sql: Sql, purpose: string): Promise<CryptoKey> {
  const raw = await secretFor(sql, purpose)
  return await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function toText(bytes: Uint8Array): string {
  // one by one: many bytes do not fit as arguments of one call
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
