import { expect } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { notedChecksum } from '#server/audit/noted-checksum.ts'
import type { NotedHead } from '#server/audit/verify-hash-chain.ts'
import { makeBackup } from '#server/backup/make-backup.ts'
import { type Manifest, sha256 } from '#server/backup/manifest.ts'
import { packTar, type TarEntry, type TarSource, tarEnd, unpackTar } from '#server/backup/tar.ts'
import type { Sql } from '#server/store/sql.ts'
import { testNow } from '#test-support/clock.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { openPglite } from '#test-support/servers/pglite.ts'
import { aboutMe, agreement, goal, grace, share, standing } from './grace-records.ts'

/** The time at which the record is used, backed up and restored. */
export const livedOn = testNow
export async function freshPglite(): Promise<Sql> {
  return (await openPglite()).sql
}

/** Grace’s record after people have worked with it: versions, an agreement, a deletion, a share, and reads. */
async function lived(sql: Sql): Promise<void> {
  const server = await openHandler({ sql, now: livedOn })
  await server.seed(standing, 'brook-surgery')
  await server.seed([share(['me'], ['read'])])
  const amina = await server.as('amina')
  const her = await server.as('grace')
  const match = (version: number) => ({ 'If-Match': `W/"${version}"` })
  const calls = [
    await her('/fhir/Goal/goal-1', { method: 'PUT', json: goal(grace) }),
    await her('/fhir/Observation/about-1', { method: 'PUT', json: aboutMe(grace) }),
    await her('/fhir/Provenance/agree-1', { method: 'PUT', json: agreement(grace) }),
    await amina('/fhir/Goal/goal-1', {
      ...{ method: 'PUT', headers: match(1) },
      json: { ...goal(grace), description: { text: 'To walk to the shop, naïvely – 祖母' } },
    }),
    await amina('/fhir/Observation/reading-1', {
      method: 'PUT',
      json: {
        ...{ resourceType: 'Observation', id: 'reading-1', status: 'final' },
        ...{ code: { text: 'Weight' }, subject: grace },
      },
    }),
    await amina('/fhir/Observation/reading-1', { method: 'DELETE' }),
    await amina(`/fhir/Patient/${graceId}`),
  ]
  expect(calls.map((each) => each.status)).toEqual([201, 201, 201, 200, 201, 204, 200])
}

export async function backupOf(
  sql: Sql,
): Promise<{ entries: readonly TarEntry[]; manifest: Manifest }> {
  const entries: TarEntry[] = []
  const manifest = await makeBackup(sql, {
    now: livedOn,
    emit: async (entry) => void entries.push(entry),
  })
  return { entries, manifest }
}

/** The same as it was made before hospital messages were part of it. */
export async function olderFormat(entries: readonly TarEntry[]): Promise<readonly TarEntry[]> {
  const isMessages = ({ name }: { name: string }) => /^(hl7-|last-viewed)/.test(name)
  const original = JSON.parse(new TextDecoder().decode(entries.at(-1)?.bytes)) as Manifest
  const { 'hl7-messages': _messages, 'last-viewed': _viewed, ...counts } = original.counts
  const files = original.files.filter((file) => !isMessages(file))
  const { sum: _sum, ...body } = { ...original, version: 1, counts, files }
  const bytesOf = (value: object) =>
    Uint8Array.from(new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`))
  const manifest = { ...body, sum: await sha256(bytesOf(body)) }
  const kept = entries.slice(0, -1).filter((entry) => !isMessages(entry))
  return [...kept, { name: 'manifest.json', bytes: bytesOf(manifest) }]
}

export const sourceOf = (entries: readonly TarEntry[]): TarSource =>
  async function* () {
    yield* entries
  }

export async function container(entries: readonly TarEntry[]): Promise<Uint8Array<ArrayBuffer>> {
  return await new Blob([...entries.map(packTar), tarEnd]).bytes()
}

export const within = (bytes: Uint8Array): TarSource => {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
  }
  return () => unpackTar(chunks())
}

export async function fingerprint(sql: Sql, of: 'all' | 'records' = 'all'): Promise<string> {
  const records = ['resource', 'history', 'sp', 'link', 'relation']
  const tables = of === 'records' ? records : [...records, 'trail.audit', 'trail.block']
  const sums = tables.map(
    (table) =>
      `(select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from ${table} t)`,
  )
  const { rows } = await sql.query<{ sum: string }>(`select ${sums.join(' || ')} as sum`)
  return rows[0]?.sum ?? ''
}

let made: ReturnType<typeof backupOf> | undefined

/** One backup of that record for all tests of a file. */
export function livedBackup(): ReturnType<typeof backupOf> {
  made ??= (async () => {
    const sql = await freshPglite()
    await lived(sql)
    return await backupOf(sql)
  })()
  return made
}

/** The head of the audit log in a backup. */
export const notedIn = ({ trail }: Manifest): readonly NotedHead[] =>
  trail.head ? [notedChecksum('the backup', trail.head)] : []
