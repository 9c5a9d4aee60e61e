import type { Sql } from '#server/store/sql.ts'
import type { Change } from '#server/store/store.ts'

type Row = {
  seq: string | number
  rt: string
  id: string
  vid: number
  person: string | null
  room: string
}

const perPage = 1000

/** The number of the newest committed change; 0 if there is none. */
export async function newestChange(sql: Sql): Promise<number> {
  const { rows } = await sql.query<{ seq: string | number }>(
    'SELECT coalesce(max(seq), 0) AS seq FROM change',
  )
  return Number(rows[0]?.seq ?? 0)
}

/**
 * What was committed after a change, oldest first, in pages. Numbers are given before the commit, so a slow writer's
 * number may be below one that was seen already: one minute of overlap is read again, before the change itself or
 * before `readUntil`, when everything that was there then had been read.
 */
export async function* changesSince(
  sql: Sql,
  seq: number,
  readUntil?: Date,
): AsyncGenerator<readonly Change[]> {
  const { rows } = await sql.query<{ from: string | number }>(
    `SELECT coalesce(min(seq) - 1, $1::bigint) AS from FROM change
     WHERE seq <= $1::bigint AND seq > $1::bigint - ${perPage}
       AND ts > coalesce($2::timestamptz,
         (SELECT max(ts) FROM change WHERE seq <= $1::bigint AND seq > $1::bigint - ${perPage})) - interval '1 minute'`,
    [seq, readUntil?.toISOString() ?? null],
  )
  for (let from = Number(rows[0]?.from ?? seq); ; ) {
    const page = await pageAfter(sql, from)
    const last = page.at(-1)
    if (!last) return
    yield page
    from = last.seq
  }
}

/**
 * Whether more was committed in the minute before a change than `changesSince` reads again: what a slow writer
 * committed then may be missed.
 */
export async function isCrowdedBefore(sql: Sql, seq: number): Promise<boolean> {
  const { rows } = await sql.query<{ crowded: boolean | null }>(
    `SELECT (SELECT ts FROM change WHERE seq <= $1::bigint - ${perPage} ORDER BY seq DESC LIMIT 1)
       > (SELECT max(ts) FROM change WHERE seq <= $1::bigint AND seq > $1::bigint - ${perPage}) - interval '1 minute'
       AS crowded`,
    [seq],
  )
  return rows[0]?.crowded ?? false
}

/** The number to start after, so that everything committed since is sent; undefined if that is more than a page. */
export async function changeBefore(sql: Sql, since: Date): Promise<number | undefined> {
  const { rows } = await sql.query<{ from: string | number; more: boolean }>(
    `SELECT coalesce(min(seq) FILTER (WHERE ts > $1::timestamptz) - 1, max(seq), 0) AS from,
       count(*) FILTER (WHERE ts > $1::timestamptz) = ${perPage} AS more
     FROM (SELECT seq, ts FROM change ORDER BY seq DESC LIMIT ${perPage}) newest`,
    [since.toISOString()],
  )
  return rows[0]?.more ? undefined : Number(rows[0]?.from ?? 0)
}

/** Changes committed with numbers in a range, both ends included, oldest first, in pages. */
export async function* changesBetween(
  sql: Sql,
  from: number,
  to: number,
): AsyncGenerator<readonly Change[]> {
  for (let after = from - 1; after < to; ) {
    const page = await pageAfter(sql, after, to)
    const last = page.at(-1)
    if (!last) return
    yield page
    after = last.seq
  }
}

async function pageAfter(
  sql: Sql,
  seq: number,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<readonly Change[]> {
  const { rows } = await sql.query<Row>(
    `SELECT seq, rt, id, vid, person, room FROM change
     WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT ${perPage}`,
    [seq, upTo],
  )
  return rows.map((row) => ({
    seq: Number(row.seq),
    type: row.rt,
    id: row.id,
    version: row.vid,
    room: row.room,
    ...(row.person === null ? {} : { person: row.person }),
  }))
}
