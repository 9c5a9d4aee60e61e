import type { Sql } from '#server/store/sql.ts'

/** `alike`: people are counted before their chances are given. */
type What = 'alike' | 'chances' | 'costs'
type Giving = Readonly<{ what: What; day: string }>

/** Up to whom chances or costs of this day have been given, or people counted, by id; undefined: it has not begun, or is done. */
export async function givenUntil(sql: Sql, what: What, day: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ after: string }>(
    'select after from working_out where what = $1 and day = $2::date',
    [what, day],
  )
  return rows[0]?.after
}

export async function beginGiving(sql: Sql, { what, day }: Giving): Promise<void> {
  await sql.query(
    `insert into working_out (what, day, after, people)
     select $1::text, $2::date, '', count(*) from person_row where not deceased
     on conflict (what) do update set day = excluded.day, after = '', people = excluded.people`,
    [what, day],
  )
}

/** Gives the next people theirs, after whoever was last; true if there may be more. */
export async function giveNext(
  sql: Sql,
  {
    what,
    day,
    give,
  }: Giving & Readonly<{ give: (sql: Sql, after: string) => Promise<string | undefined> }>,
): Promise<boolean> {
  const { rows } = await sql.query<{ after: string }>(
    'select after from working_out where what = $1 and day = $2::date for update',
    [what, day],
  )
  if (!rows[0]) return false
  const last = await give(sql, rows[0].after)
  if (last === undefined) return false
  await sql.query('update working_out set after = $2 where what = $1', [what, last])
  return true
}

/** Returns how many people there were when it began; undefined if another has ended it. */
export async function endGiving(sql: Sql, what: What, day: string): Promise<number | undefined> {
  const { rows } = await sql.query<{ people: number }>(
    'delete from working_out where what = $1 and day = $2::date returning people',
    [what, day],
  )
  return rows[0]?.people
}
