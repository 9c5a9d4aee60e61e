import type { Scope } from '#domain/access/scope.ts'
import type { Exactness } from '#domain/population/shown-counts.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import type { Params } from '#server/store/params.ts'

/** Whose list, as of which day, and for whom. */
export type RosterAsked = Readonly<{
  organisation: string
  /** `YYYY-MM-DD` */
  date: string
  scope: Scope
  exactness: Exactness
  now: Date
}>

/**
 * What really happened up to a day, as a table expression: one row for each time somebody came or left. Whoever is said
 * to have joined twice joined once. Records that were joined count as one person, on past days as well: on the list while
 * one of them is, and off it when the record that is used says so. Whoever says no to planning is in no count of a
 * manager.
 */
export function rosterEventsSql(asked: RosterAsked, params: Params): string {
  const { organisation, date, scope, exactness, now } = asked
  const counted = exactness === 'rounded' ? `and not ('planning' = any(p.opted_out))` : ''
  const said = `select g.person as record, p.person, g.kind, g.why, g.words, g.on_day, g.seq, p.family, p.given, p.birth_date,
      p.opted_out <> '{}' as says_no
    from registration g join person_row o on o.person = g.person ${keptRecordSql('o', 'p')}
    where g.organisation = ${params.add(organisation, 'text')} and g.taken_back is null and g.on_day <= ${params.add(date, 'text')}
      and p.in_use and p.replaced_by is null and ${personRowScopeSql(scope, 'p', params, now)} ${counted}`
  return `select * from (
    select said.*, lag(said.kind) over (partition by said.person ${inTime}) as before from (${stillOnSql(said)}) said) e
  where e.kind <> coalesce(e.before, 'left')`
}

const inTime = 'order by said.on_day, said.seq'

/**
 * Of what was said of each `record` of a `person`, what counts for the person: a leaving only when no other of the records
 * is on the list any more, or when the record that is used says so. `list`: the column that names the list, if there are several.
 */
export function stillOnSql(said: string, list?: 'organisation'): string {
  const each = (of: 'person' | 'record') =>
    `partition by said.${of}${list ? `, said.${list}` : ''} ${inTime}`
  return `select said.* from (
    select said.*, sum(said.step) over (${each('person')}) as still_on from (
      select said.*, case when said.kind = coalesce(lag(said.kind) over (${each('record')}), 'left') then 0
        when said.kind = 'joined' then 1 else -1 end as step from (${said}) said) said) said
  where said.kind = 'joined' or said.record = said.person or said.still_on = 0`
}

/** The record that is used for the person of a record, of `person_row`: a joined one may have been joined twice. */
export const keptRecordSql = (of: string, kept: string): string =>
  `left join person_row once on once.person = ${of}.replaced_by
   join person_row ${kept} on ${kept}.person = coalesce(once.replaced_by, once.person, ${of}.person)`

/** Who was on the list at the end of that day, of `event`. */
export const onRosterSql = `select * from (
  select distinct on (person) * from event order by person, on_day desc, seq desc) l where l.kind = 'joined'`
