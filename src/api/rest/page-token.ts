import { FhirProblem } from '#api/problem.ts'
import type { Sql } from '#api/sql/sql.ts'

/** What the link to the next page stands for: it travels sealed, so that no name or number stands in an address. */
export type Page = Readonly<{ type: string; query: string; next: string; identity: string }>

const keys = new WeakMap<Sql, Promise<CryptoKey>>()

/** The service's own key; all servers of one database share it. */
async function keyOf(sql: Sql): Promise<CryptoKey> {
  const fresh = toText(crypto.getRandomValues(new Uint8Array(32)))
  await sql.query('INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    'page-link',
    fresh,
  ])
  const found = await sql.query<{ value: string }>('SELECT value FROM secret WHERE name = $1', [
    'page-link',
  ])
  const raw = toBytes(found.rows[0]?.value ?? fresh)
  return await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

function key(sql: Sql): Promise<CryptoKey> {
  const known = keys.get(sql) ?? keyOf(sql)
  keys.set(sql, known)
  return known
}

export async function sealPage(sql: Sql, page: Page): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const plain = new TextEncoder().encode(JSON.stringify(page))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await key(sql), plain)
  return toText(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
}

/** 410 when the link is not one of ours, or was given to someone else. */
export async function openPage(sql: Sql, token: string, identity: string): Promise<Page> {
  try {
    const bytes = toBytes(token)
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytes.slice(0, 12) },
      await key(sql),
      bytes.slice(12),
    )
    const page = JSON.parse(new TextDecoder().decode(plain)) as Page
    if (page.identity === identity) return page
  } catch {
    // falls through: whatever is wrong with it, the answer is the same
  }
  throw new FhirProblem(410, 'expired', 'This page can no longer be reached: search again')
}

function toText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}
