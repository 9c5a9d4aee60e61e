import type { Sql } from '#server/store/sql.ts'
import { type AuditRow, auditColumns, digestOf, hashOf, noBlock } from './digest.ts'

/** Entries a block at most: what one pass keeps in memory. */
const mostEntries = 2_000
const lock = 7_128_312

/** How far the blocks reach. */
type Place = Readonly<{ tx: number; seq: number }>
type Last = Place & Readonly<{ number: number; hash: string }>

/**
 * Closes entries written since the last block, of transactions that can no longer change anything; returns how many.
 * Writers never wait for it. One job at a time: a second one finds nothing to do.
 */
export async function extendHashChain(sql: Sql, now: () => Date): Promise<number> {
  for (let sealed = 0; ; ) {
    const count = await sql.transaction((tx) => sealSome(tx, now()), 'upkeep')
    sealed += count
    if (count < mostEntries) return sealed
  }
}

async function sealSome(sql: Sql, now: Date): Promise<number> {
  const { rows: asked } = await sql.query<{ free: boolean; at: Date; horizon: number }>(
    `select pg_try_advisory_xact_lock($1::bigint) as free, trail.clock($2::timestamptz) as at,
            (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint as horizon`,
    [lock, now],
  )
  if (!asked[0]?.free) return 0
  const horizon = Number(asked[0].horizon)
  const at = new Date(asked[0].at)
  const last = await lastBlock(sql)
  if (last.tx > horizon) return await sealAfterMove(sql, { last, horizon, at })
  const { rows } = await sql.query<AuditRow & { tx: number }>(
    `select ${auditColumns}, tx from trail.audit
     where (tx, seq) > ($1::bigint, $2::bigint) and tx < $3::bigint
     order by tx, seq limit $4::integer`,
    [last.tx, last.seq, horizon, mostEntries],
  )
  const newest = rows.at(-1)
  if (!newest) return 0
  const place = { tx: Number(newest.tx), seq: Number(newest.seq) }
  await keepBlock(sql, rows, { at, last, place })
  return rows.length
}

async function lastBlock(sql: Sql): Promise<Last> {
  const { rows } = await sql.query<Last>(
    'select number, hash, tx, seq from trail.block order by number desc limit 1',
  )
  const [row] = rows
  if (!row) return { number: 0, hash: noBlock, tx: 0, seq: 0 }
  return { number: Number(row.number), hash: row.hash, tx: Number(row.tx), seq: Number(row.seq) }
}

/**
 * The database was moved here as a dump: transaction numbers start again. Everything here that no block names yet is
 * closed, and the transaction numbers of the old cluster are forgotten.
 */
async function sealAfterMove(
  sql: Sql,
  { last, horizon, at }: Readonly<{ last: Last; horizon: number; at: Date }>,
): Promise<number> {
  await sql.query('select trail.forget_transactions()')
  const { rows } = await sql.query<AuditRow>(
    `select ${auditColumns} from trail.audit a where tx < $1::bigint and not exists (
       select 1 from trail.block b, json_array_elements(b.rows) r where (r->>0)::bigint = a.seq)
     order by seq`,
    [horizon],
  )
  const place = { tx: Math.max(0, horizon - 1), seq: Number.MAX_SAFE_INTEGER }
  await keepBlock(sql, rows, { at, last, place })
  return rows.length
}

type Closing = Readonly<{ at: Date; last: Last; place: Place }>

async function keepBlock(
  sql: Sql,
  entries: readonly AuditRow[],
  { at, last, place }: Closing,
): Promise<void> {
  const rows: [number, string][] = []
  for (const each of entries) rows.push([Number(each.seq), digestOf(each)])
  const block = {
    ...{ number: last.number + 1, at: at.toISOString(), rows, previous: last.hash },
  }
  const hash = hashOf(block)
  await sql.query('select trail.close_block($1::json, $2::bigint, $3::bigint)', [
    ...[JSON.stringify({ ...block, hash }), place.tx, place.seq],
  ])
  await noteHead(sql, { number: block.number, hash, previous: last.hash })
}

/** The service's own note continues only from a block that it knows: what was removed after that block stays noted. */
async function noteHead(
  sql: Sql,
  { number, hash, previous }: Readonly<{ number: number; hash: string; previous: string }>,
): Promise<void> {
  await sql.query(
    `insert into trail_head as h (number, hash) values ($1, $2)
     on conflict (one) do update set number = excluded.number, hash = excluded.hash
       where h.number = excluded.number - 1 and h.hash = $3`,
    [number, hash, previous],
  )
}
