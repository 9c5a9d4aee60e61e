import type { Sql } from '#server/store/sql.ts'
import { type AuditRow, auditColumns, type Block, digestOf, hashOf, noBlock } from './digest.ts'

/** The first fault: which block, and which entry of it. */
export type HashChainFault = Readonly<{
  kind:
    | 'entry-changed'
    | 'entry-missing'
    | 'entry-added'
    | 'entry-twice'
    | 'block-changed'
    | 'block-missing'
    /** an entry has a time far from those around it */
    | 'entry-misdated'
    /** there are no entries, and there were some: numbers have been given */
    | 'emptied'
    /** a noted head, here or elsewhere, is not in this chain: it was truncated or rebuilt */
    | 'head-unknown'
  block?: number
  /** number of the entry (`audit-<entry>`) */
  entry?: number
  /** where a head was noted that is not in the chain */
  noted?: string
}>

/** The latest block: store it elsewhere, so that a chain that was truncated or rebuilt is found. */
export type Head = Readonly<{ number: number; hash: string }>

/** Heads that were noted somewhere, some at a time. */
export type NotedHead = Readonly<{ where: string; heads: AsyncIterable<readonly Head[]> }>

export type HashChainReport = Readonly<{
  blocks: number
  entries: number
  /** entries not in a block yet, from the last second */
  open: number
  /** entries that were restored from another database, with the times that they had there */
  brought: number
  /** what restores and merges added, by the login that ran them */
  broughtBy?: readonly Brought[]
  /** when the newest block was closed */
  upTo?: string
  head?: Head
  fault?: HashChainFault
}>

/** Instants of the database's clock: from the first time to the last. */
export type Brought = Readonly<{
  login: string
  entries: number
  blocks: number
  from: string
  to: string
}>

/** `rows` as stored: the block as it was hashed. */
export type BlockRow = Readonly<{
  number: number
  at: string
  rows: Block['rows']
  previous: string
  hash: string
  /** the last transaction that it covers; 0: it came with a backup */
  tx: number
}>

const perPage = 200

export const blockColumns = `number, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  rows, previous, hash, tx`

type Walk = {
  blocks: number
  entries: number
  head: Head | undefined
  upTo: string | undefined
  /** the previous block was closed here, at this time */
  since: number | undefined
}

/**
 * Walks the whole chain and stops at the first fault. `noted`: heads that were noted earlier and must be in it, besides
 * the service's own note.
 */
export async function verifyHashChain(
  sql: Sql,
  noted: readonly NotedHead[] = [],
): Promise<HashChainReport> {
  const walk: Walk = {
    ...{ blocks: 0, entries: 0, head: undefined, upTo: undefined, since: undefined },
  }
  const fault =
    (await walkBlocks(sql, walk)) ??
    (await emptied(sql)) ??
    (await unknownHead(sql, [{ where: 'the database', heads: ownNote(sql) }, ...noted])) ??
    (await unnamed(sql, walk))
  return {
    blocks: walk.blocks,
    entries: walk.entries,
    open: await openEntries(sql),
    brought: await broughtEntries(sql),
    ...(await broughtByLogin(sql)),
    ...(walk.upTo ? { upTo: walk.upTo } : {}),
    ...(walk.head ? { head: walk.head } : {}),
    ...(fault ? { fault } : {}),
  }
}

async function walkBlocks(sql: Sql, walk: Walk): Promise<HashChainFault | undefined> {
  for (;;) {
    const { rows: page } = await sql.query<BlockRow>(
      `select ${blockColumns} from trail.block where number > $1::bigint order by number limit ${perPage}`,
      [walk.head?.number ?? 0],
    )
    const fault = await faultInPage(sql, page, walk)
    if (fault) return fault
    if (page.length < perPage) return undefined
  }
}

async function emptied(sql: Sql): Promise<HashChainFault | undefined> {
  const { rows } = await sql.query<{ emptied: boolean }>(
    `select is_called and not exists (select 1 from trail.audit) and not exists (select 1 from trail.block) as emptied
     from trail.audit_seq_seq`,
  )
  return rows[0]?.emptied ? { kind: 'emptied' } : undefined
}

async function* ownNote(sql: Sql): AsyncGenerator<readonly Head[]> {
  yield (await sql.query<Head>('select number, hash from trail_head')).rows
}

/** The first noted head that is not in the chain, and where it was noted. */
async function unknownHead(
  sql: Sql,
  noted: readonly NotedHead[],
): Promise<HashChainFault | undefined> {
  for (const { where, heads } of noted)
    for await (const some of heads) {
      const unknown = await firstUnknown(sql, some)
      if (unknown) return { kind: 'head-unknown', block: unknown.number, noted: where }
    }
  return undefined
}

async function firstUnknown(sql: Sql, heads: readonly Head[]): Promise<Head | undefined> {
  const numbers = heads.map(({ number }) => Number(number))
  const { rows } = await sql.query<Head>(
    'select number, hash from trail.block where number = any($1::bigint[])',
    [numbers],
  )
  const hashes = new Map(rows.map(({ number, hash }) => [Number(number), hash]))
  const found = heads.find(({ number, hash }) => hashes.get(Number(number)) !== hash)
  return found && { number: Number(found.number), hash: found.hash }
}

async function faultInPage(
  sql: Sql,
  page: readonly BlockRow[],
  walk: Walk,
): Promise<HashChainFault | undefined> {
  const named = page.flatMap((block) => block.rows.map(([seq]) => seq))
  const { rows } = await sql.query<AuditRow>(
    `select ${auditColumns} from trail.audit where seq = any($1::bigint[])`,
    [named],
  )
  const entries = new Map(rows.map((row) => [Number(row.seq), row]))
  for (const block of page) {
    const fault = faultOfBlock(block, walk) ?? faultOfEntries(block, { entries, since: walk.since })
    if (fault) return fault
    walk.since = Number(block.tx) > 0 ? Date.parse(block.at) : undefined
    walk.blocks += 1
    walk.entries += block.rows.length
    walk.head = { number: Number(block.number), hash: block.hash }
    walk.upTo = block.at
  }
  return undefined
}

function faultOfBlock(block: BlockRow, walk: Walk): HashChainFault | undefined {
  const number = Number(block.number)
  const { head } = walk
  if (number !== walk.blocks + 1) return { kind: 'block-missing', block: walk.blocks + 1 }
  const sound = block.hash === hashOf({ ...block, number })
  if (!sound || block.previous !== (head?.hash ?? noBlock))
    return { kind: 'block-changed', block: number }
  return undefined
}

function faultOfEntries(
  block: BlockRow,
  around: Readonly<{ entries: ReadonlyMap<number, AuditRow>; since: number | undefined }>,
): HashChainFault | undefined {
  for (const [entry, digest] of block.rows) {
    const place = { block: Number(block.number), entry }
    const row = around.entries.get(entry)
    if (!row) return { kind: 'entry-missing', ...place }
    if (digestOf({ ...row, seq: entry }) !== digest) return { kind: 'entry-changed', ...place }
    if (isMisdated(row, block, around.since)) return { kind: 'entry-misdated', ...place }
  }
  return undefined
}

/** A request may work for long before it commits. */
const longestMs = 3_600_000

/** An entry closed here after a block that was closed here too must be from the time between; restored ones are marked. */
function isMisdated({ at, came }: AuditRow, block: BlockRow, since: number | undefined): boolean {
  if (since === undefined || Number(block.tx) === 0 || came !== null) return false
  const instant = Date.parse(at)
  return instant < since - longestMs || instant > Date.parse(block.at) + longestMs
}

const place = `coalesce((select (tx, seq) from trail.block order by number desc limit 1), (0::bigint, 0::bigint))`

/** Entries before the end of the last block that are in no block; or one that two blocks name. */
async function unnamed(sql: Sql, { entries }: Walk): Promise<HashChainFault | undefined> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from trail.audit where (tx, seq) <= ${place}`,
  )
  const count = rows[0]?.count ?? 0
  if (count === entries) return undefined
  const { rows: added } = await sql.query<{ seq: number }>(
    `with named as (select (r->>0)::bigint as seq from trail.block b, json_array_elements(b.rows) r)
     select a.seq from trail.audit a left join named n on n.seq = a.seq
     where n.seq is null and (a.tx, a.seq) <= ${place} order by a.seq limit 1`,
  )
  return added[0]
    ? { kind: 'entry-added', entry: Number(added[0].seq) }
    : { kind: 'entry-twice', ...(await namedTwice(sql)) }
}

async function namedTwice(sql: Sql): Promise<{ entry?: number; block?: number }> {
  const { rows } = await sql.query<{ seq: number; block: number }>(
    `select (r->>0)::bigint as seq, max(b.number) as block from trail.block b, json_array_elements(b.rows) r
     group by 1 having count(*) > 1 order by 1 limit 1`,
  )
  return rows[0] ? { entry: Number(rows[0].seq), block: Number(rows[0].block) } : {}
}

async function openEntries(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from trail.audit where not ((tx, seq) <= ${place})`,
  )
  return rows[0]?.count ?? 0
}

async function broughtEntries(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    'select count(*)::int as count from trail.audit where came is not null',
  )
  return rows[0]?.count ?? 0
}

/** The administrator may not have run the script that makes this note. */
export async function notesWhatComes(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ there: boolean }>(
    `select to_regclass('trail.brought') is not null as there`,
  )
  return rows[0]?.there === true
}

async function broughtByLogin(sql: Sql): Promise<{ broughtBy?: readonly Brought[] }> {
  if (!(await notesWhatComes(sql))) return {}
  const instant = (what: string) =>
    `to_char(${what} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
  const { rows } = await sql.query<Brought>(
    `select login, sum(entries)::int as entries, sum(blocks)::int as blocks, ${instant('min(came)')} as from,
       ${instant('max(came)')} as to from trail.brought group by login order by min(came)`,
  )
  return rows.length > 0 ? { broughtBy: rows } : {}
}
