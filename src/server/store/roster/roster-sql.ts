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
 * to have joined twice joined once. Records that were joined to another count with that one; whoever says no to planning
 * is in no count of a manager.
 */
export function rosterEventsSql(asked: RosterAsked, params: Params): string {
  const { organisation, date, scope, exactness, now } = asked
  const counted = exactness === 'rounded' ? `and not ('planning' = any(p.opted_out))` : ''
  return `select * from (
    select g.person, g.kind, g.why, g.words, g.on_day, g.seq, p.family, p.given, p.birth_date, p.opted_out <> '{}' as says_no,
      lag(g.kind) over (partition by g.person order by g.on_day, g.seq) as before
    from registration g join person_row p on p.person = g.person
    where g.organisation = ${params.add(organisation, 'text')} and g.taken_back is null and g.on_day <= ${params.add(date, 'text')}
      and p.in_use and p.replaced_by is null and ${personRowScopeSql(scope, 'p', params, now)} ${counted}) e
  where e.kind <> coalesce(e.before, 'left')`
}

/** Who was on the list at the end of that day, of `event`. */
export const onRosterSql = `select * from (
  select distinct on (person) * from event order by person, on_day desc, seq desc) l where l.kind = 'joined'`
