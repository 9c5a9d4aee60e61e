import type { Sql } from '#server/store/sql.ts'

/**
 * Which of these ids of people were never used: no such person, not even a deleted one, and no record about them. A
 * user who starts a person under a used id would see what was left.
 */
export async function unusedIds(sql: Sql, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql.query<{ id: string }>(
    `select u.id from unnest($1::text[]) as u(id)
     where not exists (select 1 from resource r where r.person = u.id)
       and not exists (select 1 from resource r where r.rt = 'Patient' and r.id = u.id)`,
    [ids],
  )
  return new Set(rows.map(({ id }) => id))
}
