import type { Sql } from '#server/store/sql.ts'

/** The name of the file with when somebody last looked at a plan. */
export const lastViewedName = 'last-viewed'

const perPage = 1000

type Row = Readonly<{ agent: string; person: string; room: string; at: string }>

/** When each reader last looked at each room of a plan, one a line. */
export async function* lastViewedIn(sql: Sql): AsyncGenerator<readonly string[]> {
  let after: Pick<Row, 'agent' | 'person' | 'room'> = { agent: '', person: '', room: '' }
  for (;;) {
    const { rows } = await sql.query<Row>(
      `select agent, person, room, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
       from last_viewed where (agent, person, room) > ($1, $2, $3) order by agent, person, room limit ${perPage}`,
      [after.agent, after.person, after.room],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => JSON.stringify(row))
    after = last
  }
}

/** Restores it; where both know a moment the later one counts. */
export async function keepLastViewed(sql: Sql, lines: readonly string[]): Promise<void> {
  await sql.query(
    `insert into last_viewed as l (agent, person, room, at)
     select agent, person, room, at from json_to_recordset($1::json) as m(agent text, person text, room text, at timestamptz)
     on conflict (agent, person, room) do update set at = greatest(l.at, excluded.at)`,
    [`[${lines.join(',')}]`],
  )
}
