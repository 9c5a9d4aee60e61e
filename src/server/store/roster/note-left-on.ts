import type { Sql } from '#server/store/sql.ts'
import { keptRecordSql, stillOnSql } from './roster-sql.ts'

/**
 * Keeps with each of these people on which day they left the last list that they were on, so that lists of people to
 * find need not work it out. Records that were joined are one person, as on the registered list: each of them keeps the same day. In the
 * transaction of whatever added to `registration`, or joined or parted records.
 */
export async function noteLeftOn(
  sql: Pick<Sql, 'query'>,
  persons: readonly string[],
): Promise<void> {
  await sql.query(
    `with kept as (
       select distinct p.person from person_row o ${keptRecordSql('o', 'p')} where o.person = any($1::text[])
     ), once as (
       select person as record, person from kept
       union all select o.person, k.person from kept k join person_row o on o.replaced_by = k.person
     ), records as (
       select record, person from once
       union select o.person, n.person from once n join person_row o on o.replaced_by = n.record
     ), event as (
       ${stillOnSql(
         `select r.record, r.person, g.organisation, g.kind, g.on_day, g.seq
          from records r join registration g on g.person = r.record where g.taken_back is null`,
         'organisation',
       )}
     ), gone as (
       select person, max(on_day) as day from (
         select distinct on (person, organisation) person, organisation, kind, on_day from event
         order by person, organisation, on_day desc, seq desc) l
       group by person having bool_and(kind = 'left'))
     update person_row p set left_on = g.day
     from records r left join gone g on g.person = r.person
     where p.person = r.record and p.left_on is distinct from g.day`,
    [persons],
  )
}
