import type { Sql } from '#api/sql/sql.ts'
import { type AuditRow, auditColumns, digestOf, hashOf, noBlock } from './digest.ts'

/** Entries a block at most: what one pass keeps in memory. */
const mostEntries = 2_000
const lock = 7_128_312

type Place = Readonly<{ tx: number; seq: number }>

/**
 * Closes what was written since the last block, of transactions that can no longer change anything; answers how many
 * entries that were. Writers never wait for it. One sealer at a time: a second one finds nothing to do.
 */
export async function sealTrail(sql: Sql, now: () => Date): Promise<number> {
  for (let sealed = 0; ; ) {
    const count = await sql.transaction((tx) => sealSome(tx, now()))
    sealed += count
    if (count < mostEntries) return sealed
  }
}

async function sealSome(sql: Sql, now: Date): Promise<number> {
  const { rows: asked } = await sql.query<{ free: boolean; horizon: number }>(
    `select pg_try_advisory_xact_lock($1::bigint) as free,
            (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint as horizon`,
    [lock],
  )
  const horizon = Number(asked[0]?.horizon ?? 0)
  if (!asked[0]?.free) return 0
  const place = await placeOf(sql)
  if (place.tx > horizon) return await sealAfterMove(sql, horizon, now)
  const { rows } = await sql.query<AuditRow & { tx: number }>(
    `select ${auditColumns}, tx from audit
     where (tx, seq) > ($1::bigint, $2::bigint) and tx < $3::bigint
     order by tx, seq limit $4::integer`,
    [place.tx, place.seq, horizon, mostEntries],
  )
  const last = rows.at(-1)
  if (!last) return 0
  await keepBlock(sql, rows, now)
  await keepPlace(sql, { tx: Number(last.tx), seq: Number(last.seq) })
  return rows.length
}

async function placeOf(sql: Sql): Promise<Place> {
  const { rows } = await sql.query<Place>('select tx, seq from trail_place')
  return { tx: Number(rows[0]?.tx ?? 0), seq: Number(rows[0]?.seq ?? 0) }
}

async function keepPlace(sql: Sql, { tx, seq }: Place): Promise<void> {
  await sql.query(
    `insert into trail_place (tx, seq) values ($1, $2)
     on conflict (one) do update set tx = excluded.tx, seq = excluded.seq`,
    [tx, seq],
  )
}

/**
 * The database came here as a dump: transactions are numbered from the start again. All that is here is closed, told
 * by what the blocks do not name yet, and what the old cluster called its transactions is forgotten.
 */
async function sealAfterMove(sql: Sql, horizon: number, now: Date): Promise<number> {
  const { rows } = await sql.query<AuditRow>(
    `select ${auditColumns} from audit a where not exists (
       select 1 from trail_block b, json_array_elements(b.rows) r where (r->>0)::bigint = a.seq)
     order by seq`,
  )
  if (rows.length > 0) await keepBlock(sql, rows, now)
  await sql.query('update audit set tx = 0 where tx >= $1::bigint', [horizon])
  await keepPlace(sql, { tx: Math.max(0, horizon - 1), seq: Number.MAX_SAFE_INTEGER })
  return rows.length
}

async function keepBlock(sql: Sql, entries: readonly AuditRow[], now: Date): Promise<void> {
  const { rows: last } = await sql.query<{ number: number; hash: string }>(
    'select number, hash from trail_block order by number desc limit 1',
  )
  const rows: [number, string][] = []
  for (const each of entries) rows.push([Number(each.seq), digestOf(each)])
  const block = {
    number: Number(last[0]?.number ?? 0) + 1,
    at: now.toISOString(),
    rows,
    previous: last[0]?.hash ?? noBlock,
  }
  await sql.query(
    `insert into trail_block (number, at, entries, rows, previous, hash)
     values ($1, $2, $3, $4::json, $5, $6)`,
    [...[block.number, block.at, rows.length, JSON.stringify(rows), block.previous], hashOf(block)],
  )
}
