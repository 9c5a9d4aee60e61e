import type { Sql } from '#api/sql/sql.ts'
import type { Change } from '#api/sql/store.ts'

const atMost = 1000

/** What was committed after a change number, at most a thousand; someone further behind starts afresh. */
export async function changesSince(sql: Sql, seq: number): Promise<readonly Change[]> {
  const { rows } = await sql.query<{
    seq: string | number
    rt: string
    id: string
    vid: number
    person: string | null
    room: string
  }>('SELECT seq, rt, id, vid, person, room FROM change WHERE seq > $1 ORDER BY seq LIMIT $2', [
    seq,
    atMost,
  ])
  return rows.map((row) => ({
    seq: Number(row.seq),
    type: row.rt,
    id: row.id,
    version: row.vid,
    room: row.room,
    ...(row.person === null ? {} : { person: row.person }),
  }))
}
