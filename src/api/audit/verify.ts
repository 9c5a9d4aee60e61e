import type { Sql } from '#api/sql/sql.ts'
import { type AuditRow, auditColumns, type Block, digestOf, hashOf, noBlock } from './digest.ts'

/** The first thing that is wrong: which block, and which entry of it. */
export type TrailFault = Readonly<{
  kind:
    | 'entry-changed'
    | 'entry-missing'
    | 'entry-added'
    | 'entry-twice'
    | 'block-changed'
    | 'block-missing'
    /** the head that was noted elsewhere is not in this chain */
    | 'head-unknown'
  block?: number
  /** number of the entry (`audit-<entry>`) */
  entry?: number
}>

/** The newest block: to be kept elsewhere, so that a chain that was cut or made anew is found. */
export type Head = Readonly<{ number: number; hash: string }>

export type TrailReport = Readonly<{
  blocks: number
  entries: number
  /** entries not in a block yet: of this moment */
  open: number
  /** when the newest block was closed */
  upTo?: string
  head?: Head
  fault?: TrailFault
}>

/** `rows` as kept: the block as it was hashed. */
export type BlockRow = Readonly<{
  number: number
  at: string
  rows: Block['rows']
  previous: string
  hash: string
}>

const perPage = 200

export const blockColumns = `number, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
  rows, previous, hash`

type Walk = {
  blocks: number
  entries: number
  head: Head | undefined
  upTo: string | undefined
  known: Head | undefined
}

/** Walks the whole chain and stops at the first fault. `known`: a head that was noted earlier and must be in it. */
export async function verifyTrail(sql: Sql, known?: Head): Promise<TrailReport> {
  const walk: Walk = { blocks: 0, entries: 0, head: undefined, upTo: undefined, known }
  const fault = (await walkBlocks(sql, walk)) ?? (await unnamed(sql, walk))
  return {
    blocks: walk.blocks,
    entries: walk.entries,
    open: await openEntries(sql),
    ...(walk.upTo ? { upTo: walk.upTo } : {}),
    ...(walk.head ? { head: walk.head } : {}),
    ...(fault ? { fault } : {}),
  }
}

async function walkBlocks(sql: Sql, walk: Walk): Promise<TrailFault | undefined> {
  for (;;) {
    const { rows: page } = await sql.query<BlockRow>(
      `select ${blockColumns} from trail_block where number > $1::bigint order by number limit ${perPage}`,
      [walk.head?.number ?? 0],
    )
    const fault = await faultInPage(sql, page, walk)
    if (fault) return fault
    if (page.length < perPage) return isKnownGone(walk) ? { kind: 'head-unknown' } : undefined
  }
}

const isKnownGone = ({ known, blocks }: Walk) => known !== undefined && known.number > blocks

async function faultInPage(
  sql: Sql,
  page: readonly BlockRow[],
  walk: Walk,
): Promise<TrailFault | undefined> {
  const named = page.flatMap((block) => block.rows.map(([seq]) => seq))
  const { rows } = await sql.query<AuditRow>(
    `select ${auditColumns} from audit where seq = any($1::bigint[])`,
    [named],
  )
  const entries = new Map(rows.map((row) => [Number(row.seq), row]))
  for (const block of page) {
    const fault = faultOfBlock(block, walk) ?? faultOfEntries(block, entries)
    if (fault) return fault
    walk.blocks += 1
    walk.entries += block.rows.length
    walk.head = { number: Number(block.number), hash: block.hash }
    walk.upTo = block.at
  }
  return undefined
}

function faultOfBlock(kept: BlockRow, walk: Walk): TrailFault | undefined {
  const number = Number(kept.number)
  const { head, known } = walk
  if (number !== walk.blocks + 1) return { kind: 'block-missing', block: walk.blocks + 1 }
  const sound = kept.hash === hashOf({ ...kept, number })
  if (!sound || kept.previous !== (head?.hash ?? noBlock))
    return { kind: 'block-changed', block: number }
  if (known?.number === number && known.hash !== kept.hash)
    return { kind: 'head-unknown', block: number }
  return undefined
}

function faultOfEntries(
  block: BlockRow,
  entries: ReadonlyMap<number, AuditRow>,
): TrailFault | undefined {
  for (const [entry, digest] of block.rows) {
    const place = { block: Number(block.number), entry }
    const row = entries.get(entry)
    if (!row) return { kind: 'entry-missing', ...place }
    if (digestOf({ ...row, seq: entry }) !== digest) return { kind: 'entry-changed', ...place }
  }
  return undefined
}

const place = `coalesce((select (tx, seq) from trail_place), (0::bigint, 0::bigint))`

/** Entries that stand before the end of the last block, and yet in none; or one that two blocks name. */
async function unnamed(sql: Sql, { entries }: Walk): Promise<TrailFault | undefined> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from audit where (tx, seq) <= ${place}`,
  )
  const count = rows[0]?.count ?? 0
  if (count === entries) return undefined
  const { rows: added } = await sql.query<{ seq: number }>(
    `with named as (select (r->>0)::bigint as seq from trail_block b, json_array_elements(b.rows) r)
     select a.seq from audit a left join named n on n.seq = a.seq
     where n.seq is null and (a.tx, a.seq) <= ${place} order by a.seq limit 1`,
  )
  return added[0]
    ? { kind: 'entry-added', entry: Number(added[0].seq) }
    : { kind: 'entry-twice', ...(await namedTwice(sql)) }
}

async function namedTwice(sql: Sql): Promise<{ entry?: number; block?: number }> {
  const { rows } = await sql.query<{ seq: number; block: number }>(
    `select (r->>0)::bigint as seq, max(b.number) as block from trail_block b, json_array_elements(b.rows) r
     group by 1 having count(*) > 1 order by 1 limit 1`,
  )
  return rows[0] ? { entry: Number(rows[0].seq), block: Number(rows[0].block) } : {}
}

async function openEntries(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `select count(*)::int as count from audit where not ((tx, seq) <= ${place})`,
  )
  return rows[0]?.count ?? 0
}
