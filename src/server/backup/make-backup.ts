import { type AuditRow, auditColumns } from '#server/audit/digest.ts'
import { extendHashChain } from '#server/audit/hash-chain.ts'
import { type BlockRow, blockColumns } from '#server/audit/verify-hash-chain.ts'
import type { Sql } from '#server/store/sql.ts'
import { enteredPlacesIn, enteredPlacesName } from './entered-places.ts'
import { feedBackupNames, feedRowsIn } from './feed-rows-in.ts'
import { lastViewedIn, lastViewedName } from './last-viewed.ts'
import { type FileNote, type Manifest, manifestEntry, sha256 } from './manifest.ts'
import { measureBackupNames, measureRowsIn } from './measure-rows-in.ts'
import { messagesIn, messagesName } from './messages.ts'
import { ndjsonLineOf, type VersionRow } from './ndjson-record.ts'
import { registrationsIn, registrationsName } from './registrations.ts'
import { ruleRunsIn, ruleRunsName, ruleVersionsIn, ruleVersionsName } from './rule-versions-in.ts'
import { savedListsIn, savedListsName } from './saved-lists.ts'
import type { TarEntry } from './tar.ts'

/** Bytes of text a file at most: what is kept in memory. A type with more is split into several files. */
const mostBytes = 2_000_000
const perPage = 500

type Options = Readonly<{
  now: Date
  /** takes one file; the next is made afterwards */
  emit: (entry: TarEntry) => Promise<void>
  progress?: (lines: number) => void
}>

type Making = { files: FileNote[]; lines: number; ways: Options }

/**
 * Everything that is stored, as of one moment: each version of each record, one FHIR type a file, then the hospital
 * messages, the audit log with its blocks, and the manifest last. Memory does not grow with the amount of data.
 */
export async function makeBackup(sql: Sql, options: Options): Promise<Manifest> {
  await extendHashChain(sql, () => options.now)
  return await sql.transaction((tx) => madeIn(tx, options), 'upkeep')
}

async function madeIn(tx: Sql, options: Options): Promise<Manifest> {
  await tx.query('set transaction isolation level repeatable read')
  const making: Making = { files: [], lines: 0, ways: options }
  const counts: Record<string, number> = {}
  for (const type of await typesIn(tx))
    counts[type] = await keepLines(making, type, versionsOf(tx, type))
  counts['deleted'] = await keepLines(making, 'deleted', deletionsIn(tx))
  counts[messagesName] = await keepLines(making, messagesName, messagesIn(tx))
  counts[lastViewedName] = await keepLines(making, lastViewedName, lastViewedIn(tx))
  counts[enteredPlacesName] = await keepLines(making, enteredPlacesName, enteredPlacesIn(tx))
  counts[savedListsName] = await keepLines(making, savedListsName, savedListsIn(tx))
  counts[ruleVersionsName] = await keepLines(making, ruleVersionsName, ruleVersionsIn(tx))
  counts[ruleRunsName] = await keepLines(making, ruleRunsName, ruleRunsIn(tx))
  for (const name of feedBackupNames)
    counts[name] = await keepLines(making, name, feedRowsIn(tx, name))
  for (const name of measureBackupNames)
    counts[name] = await keepLines(making, name, measureRowsIn(tx, name))
  counts[registrationsName] = await keepLines(making, registrationsName, registrationsIn(tx))
  const entries = await keepLines(making, 'trail', entriesIn(tx))
  const blocks = await keepLines(making, 'trail-blocks', blocksIn(tx))
  const head = await headIn(tx)
  const { files } = making
  const trail = { entries, blocks, head }
  const made = { madeAt: options.now.toISOString(), counts, trail, files }
  const { entry, manifest } = await manifestEntry(made)
  await options.emit(entry)
  return manifest
}

async function keepLines(
  making: Making,
  name: string,
  pages: AsyncIterable<readonly string[]>,
): Promise<number> {
  const part = { lines: [] as string[], bytes: 0, number: 1 }
  let count = 0
  const close = async () => {
    if (part.lines.length === 0) return
    const file = part.number === 1 ? name : `${name}-${part.number}`
    await keepFile(making, `${file}.ndjson.gz`, part.lines)
    Object.assign(part, { lines: [], bytes: 0, number: part.number + 1 })
  }
  for await (const page of pages) {
    for (const line of page) {
      part.lines.push(line)
      part.bytes += line.length
      if (part.bytes > mostBytes) await close()
    }
    count += page.length
    making.lines += page.length
    making.ways.progress?.(making.lines)
  }
  await close()
  return count
}

async function keepFile(making: Making, name: string, lines: readonly string[]): Promise<void> {
  const text = new Blob(lines.map((line) => `${line}\n`))
  const gzip = text.stream().pipeThrough(new CompressionStream('gzip'))
  const bytes = new Uint8Array(await new Response(gzip).arrayBuffer())
  making.files.push({ name, lines: lines.length, bytes: bytes.length, sha256: await sha256(bytes) })
  await making.ways.emit({ name, bytes })
}

const unvouched = `(select string_agg(distinct l.agent, ' ') from relation l
  where l.source_rid = resource.rid and not l.vouched)`
const versions = `(select rt, id, vid, ts, person, org, room, brought, content, ${unvouched} as unvouched from resource
  union all select rt, id, vid, ts, person, org, room, false, content, null from history) v`
const columns = `rt, id, vid, to_char(ts at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ts,
  person, org, room, brought, unvouched, content`

async function typesIn(sql: Sql): Promise<readonly string[]> {
  const { rows } = await sql.query<{ rt: string }>(
    'select rt from resource union select rt from history order by rt',
  )
  return rows.map((row) => row.rt)
}

async function* versionsOf(sql: Sql, type: string): AsyncGenerator<readonly string[]> {
  let after = { id: '', vid: 0 }
  for (;;) {
    const { rows } = await sql.query<VersionRow>(
      `select ${columns} from ${versions} where rt = $1 and (id, vid) > ($2, $3) and content is not null
       order by id, vid limit ${perPage}`,
      [type, after.id, after.vid],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(ndjsonLineOf)
    after = last
  }
}

async function* deletionsIn(sql: Sql): AsyncGenerator<readonly string[]> {
  let after = { rt: '', id: '', vid: 0 }
  for (;;) {
    const { rows } = await sql.query<VersionRow>(
      `select ${columns} from ${versions} where (rt, id, vid) > ($1, $2, $3) and content is null
       order by rt, id, vid limit ${perPage}`,
      [after.rt, after.id, after.vid],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(ndjsonLineOf)
    after = last
  }
}

async function* entriesIn(sql: Sql): AsyncGenerator<readonly string[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql.query<AuditRow>(
      `select ${auditColumns} from audit where seq > $1::bigint order by seq limit ${perPage}`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => JSON.stringify({ ...row, seq: Number(row.seq) }))
    after = Number(last.seq)
  }
}

async function* blocksIn(sql: Sql): AsyncGenerator<readonly string[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql.query<BlockRow>(
      `select ${blockColumns} from trail_block where number > $1::bigint order by number limit 50`,
      [after],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ number, at, rows: entries, previous, hash }) =>
      JSON.stringify({ number: Number(number), at, rows: entries, previous, hash }),
    )
    after = Number(last.number)
  }
}

async function headIn(sql: Sql): Promise<Manifest['trail']['head']> {
  const { rows } = await sql.query<{ number: number; hash: string }>(
    'select number, hash from trail_block order by number desc limit 1',
  )
  return rows[0] ? { number: Number(rows[0].number), hash: rows[0].hash } : null
}
