import type { Sql } from '#server/store/sql.ts'

/** When what was read at this moment is old: after so long, or as soon as the next relation ends without a change. */
export async function endOfStanding(sql: Sql, from: Date, longestMs: number): Promise<number> {
  const { rows } = await sql.query<{ until: Date | null }>(
    'select min(until) as until from relation where until > $1',
    [from],
  )
  const longest = from.getTime() + longestMs
  return Math.min(longest, rows[0]?.until?.getTime() ?? longest)
}
