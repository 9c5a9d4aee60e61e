import type { Sql } from '#server/store/sql.ts'

/**
 * Keeps with each of these people on which day they left the last list that they were on, so that lists of people to
 * find need not work it out. In the transaction of whatever added to `registration`.
 */
export async function noteLeftOn(
  sql: Pick<Sql, 'query'>,
  persons: readonly string[],
): Promise<void> {
  await sql.query(
    `with gone as (
       select person, max(on_day) as day from (
         select distinct on (person, organisation) person, organisation, kind, on_day from registration
         where person = any($1::text[]) and taken_back is null order by person, organisation, on_day desc, seq desc) l
       group by person having bool_and(kind = 'left'))
     update person_row p set left_on = g.day
     from unnest($1::text[]) as u(person) left join gone g on g.person = u.person
     where p.person = u.person and p.left_on is distinct from g.day`,
    [persons],
  )
}
