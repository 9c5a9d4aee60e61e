import type { Sql } from '#server/store/sql.ts'

/** The name of the file with how many people coordinators can look after. */
export const enteredPlacesName = 'coordinator-places'

/** Every entry with who made it and when, one a line: they are few. */
export async function* enteredPlacesIn(sql: Sql): AsyncGenerator<readonly string[]> {
  const { rows } = await sql.query<Record<string, unknown>>(
    `select organisation, coordinator, places, set_by,
       to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
     from coordinator_places order by organisation, coordinator, at`,
  )
  if (rows.length > 0) yield rows.map((row) => JSON.stringify(row))
}

/** Restores them beside those that are there: the latest counts. */
export async function keepEnteredPlaces(sql: Sql, lines: readonly string[]): Promise<void> {
  await sql.query(
    `insert into coordinator_places (organisation, coordinator, places, set_by, at)
     select organisation, coordinator, places, set_by, at from json_to_recordset($1::json)
       as m(organisation text, coordinator text, places integer, set_by text, at timestamptz)
     on conflict (organisation, coordinator, at) do nothing`,
    [`[${lines.join(',')}]`],
  )
}
