import * as v from 'valibot'
import type { Sql } from '#server/store/sql.ts'

/** Sessions, and audit entries, from the time when nothing could be stored: rows as JSON. */
export const carriedShape = v.object({
  sessions: v.string(),
  looks: v.string(),
  at: v.pipe(v.string(), v.isoTimestamp()),
})
export type CarriedCalls = Readonly<v.InferOutput<typeof carriedShape>>

/** Milliseconds after which another owner has taken over. */
const goodFor = 60_000

/** What arrived since the space ran out, for the worker that opens the records again. */
export async function carryCalls(sql: Sql, since: Date): Promise<CarriedCalls | undefined> {
  const { rows } = await sql.query<Omit<CarriedCalls, 'at'>>(
    `select (select coalesce(json_agg(s), '[]')::text from session s) as sessions,
            (select coalesce(json_agg(a order by a.seq), '[]')::text from trail.audit a
             where a.act in ('R', 'E') and coalesce(a.came, a.at) >= $1::timestamptz) as looks`,
    [since.toISOString()],
  )
  return rows[0] && { ...rows[0], at: new Date().toISOString() }
}

/** Stores it, except audit entries that had reached the device after all. */
export async function carriedCalls(sql: Sql, { sessions, looks, at }: CarriedCalls): Promise<void> {
  if (Date.now() - new Date(at).getTime() > goodFor) return
  await sql.transaction(async (tx) => {
    await tx.query('delete from session')
    await tx.query(
      'insert into session select * from json_populate_recordset(null::session, $1::json)',
      [sessions],
    )
    await tx.query(
      `select trail.bring_in(coalesce(json_agg(e), '[]')) from json_array_elements($1::json) as e
       where (e->>'seq')::bigint > (select coalesce(max(seq), 0) from trail.audit)`,
      [looks],
    )
  }, 'upkeep')
}
