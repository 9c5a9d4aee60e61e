import { icd10Systems } from '#domain/fhir/codes.ts'
import { timeSql } from '#server/operations/worklists/time-sql.ts'

/** Restricted records are in no result: a small place could know whose they are. */
export const isOpenSql = (table: string) => `${table}.room not in ('restricted', 'sealed')`

/** The day of a FHIR date or instant (a text), in the service’s zone (`$4`). Null if there is none, or no calendar has it. */
export const daySql = (column: string): string =>
  `cast(case when length(${column}) <= 10 then (${timeSql(column)}) at time zone 'UTC' else (${timeSql(column)}) at time zone $4::text end as date)`

const icd10 = icd10Systems.map((system) => `'${system}'`).join(', ')

/**
 * Stays in a bed: those of the record, and those that only a feed tells of, by the same rule as in lists (`withoutDoubledStays`): nobody is in
 * two beds on one day, lines whose days meet are one stay, and a line that tells of restricted days counts nowhere. Of `members`, from forty
 * days before the month.
 */
export const staysSql = `
  here as materialized (
    select e.person, ${daySql("e.content #>> '{period,start}'")} as since, ${daySql("e.content #>> '{period,end}'")} as until,
      ${timeSql("(e.content #>> '{period,end}')")} as ended_at, length(e.content #>> '{period,end}') > 10 as has_time,
      ${isOpenSql('e')} as is_open, e.content ->> 'status' = 'finished' as is_over,
      not exists (select 1 from jsonb_array_elements(e.content #> '{priority,coding}') p
        where p ->> 'code' in ('planned', 'EL', 'elective', 'R')) as emergency,
      array(select replace(c ->> 'code', '.', '') from jsonb_array_elements(e.content -> 'reasonCode') r, jsonb_array_elements(r -> 'coding') c
        where c ->> 'system' in (${icd10})) as codes
    from resource e join members m on m.person = e.person
    where e.rt = 'Encounter' and e.content is not null and e.content #>> '{class,code}' in ('IMP', 'ACUTE', 'NONAC')
      and e.content ->> 'status' not in ('cancelled', 'entered-in-error', 'planned')),
  lines as (
    select l.person, l.started, coalesce(l.ended, l.started) as ended, l.ended is null as is_open_ended, l.emergency,
      max(coalesce(l.ended, l.started)) over (partition by l.person order by l.started, l.source, l.line rows between unbounded preceding and 1 preceding) as before
    from activity_line l join members m on m.person = l.person
    where l.kind = 'admitted' and not l.cancelled),
  numbered as (
    select *, count(*) filter (where before is null or started > before) over (partition by person order by started, ended rows unbounded preceding) as stay
    from lines),
  sent as (
    select person, min(started) as since, max(ended) as until, bool_or(emergency) as emergency from numbered group by person, stay),
  stays as materialized (
    select person, since, until, ended_at, has_time, emergency, codes,
      case when until is null and not is_over then date 'infinity' else coalesce(until, since) end as last_day
    from here where is_open and since is not null
    union all
    select s.person, s.since, s.until, null, false, s.emergency, '{}', s.until
    from sent s where not exists (select 1 from here h where h.person = s.person and h.since <= s.until
      and case when h.until is null and not h.is_over then date 'infinity' else coalesce(h.until, h.since) end >= s.since))`
