import { isStaff } from '#domain/access/actor.ts'
import type { Scope } from '#domain/access/scope.ts'
import type { Exactness } from '#domain/population/shown-counts.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { goneSql } from '#server/operations/worklists/find-people-sql.ts'
import { forbidden } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import type { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'

/** Whom a caller counts, over which connection, and how exactly. */
export type Counted = Readonly<{ scope: Scope; sql: ReadingSql; exactness: Exactness }>

/**
 * Professionals count the people they can see; a manager those who are open to the manager’s organisation, rounded and
 * without names, because a manager sees nobody; administrators everybody.
 */
export function countedBy({ actor, scope, sql, context }: OperationCall): Counted {
  if (actor.role === 'admin' || isStaff(actor)) return { scope, sql, exactness: 'exact' }
  if (actor.role !== 'manager')
    throw forbidden('Only people who care for others, and managers, can see the population')
  const { organisation } = actor
  return {
    scope: { people: { kind: 'related', ...(organisation ? { organisation } : {}) } },
    sql: context.service.sql,
    exactness: 'rounded',
  }
}

const isOpenCase = `coalesce(p.case_status, '') in ('active', 'onhold')`
/** No to being looked for, or to case management. */
const saidNo = `p.opted_out && array['finding', 'case']`
const isNotNow = `coalesce(p.case_status, '') = 'cancelled'`

/** As text, which is compared faster than dates are reckoned; a year or month alone counts from its first day. */
const bornSql = `rpad(p.birth_date, 10, case length(p.birth_date) when 4 then '-01-01' else '-01' end)`

/** Groups as the NHS Data Dictionary has them (ethnic category 2001); Z is “not stated”. */
const ethnicSql = `case when upper(p.ethnicity) in ('A', 'B', 'C') then 'white'
  when upper(p.ethnicity) in ('D', 'E', 'F', 'G') then 'mixed'
  when upper(p.ethnicity) in ('H', 'J', 'K', 'L') then 'asian'
  when upper(p.ethnicity) in ('M', 'N', 'P') then 'black'
  when upper(p.ethnicity) in ('R', 'S') then 'other' else 'unknown' end`

/** Of a row `p` of a person, the groups by which fairness is asked. `day` is a parameter. */
export function comparedColumnsSql(day: string): string {
  const isAged = (years: number) =>
    `${bornSql} <= to_char(${day} - interval '${years} years', 'YYYY-MM-DD')`
  return `case when p.deprivation between 1 and 5 then p.deprivation::text else 'unknown' end as deprivation,
      ${ethnicSql} as ethnicity,
      case when p.gender in ('female', 'male', 'other') then p.gender else 'unknown' end as sex,
      case when p.language is null then 'unknown' when lower(p.language) like 'en%' then 'en' else 'other' end as language,
      case when p.birth_date is null then 'unknown' when ${isAged(80)} then '80' when ${isAged(65)} then '65'
        else 'under-65' end as age`
}

/**
 * The people whom the caller may see, one row each, as a table expression: alive, with a record in use. Whoever
 * `is_left_out` said no to planning, and is counted nowhere. `today` is a parameter.
 */
export function peopleSql(counted: Counted, params: Params, now: Date, today: string): string {
  const day = params.add(today, 'date')
  return `select p.person, p.chance, p.rank, p.coded, p.stays, p.bed_days, p.stays_before, p.bed_days_before,
      p.likeness_before, abs(hashtext(p.person) % 2) as half, p.segment, p.band, p.last_contact, p.cost, p.cost_currency,
      least(p.chance / 10, 9) as chance_column, least(cardinality(p.changeable), 3) as things,
      case when ${isOpenCase} then 'coordinated' when ${saidNo} then 'said-no' when ${isNotNow} then 'not-now' else 'free' end as kind,
      'planning' = any(p.opted_out) as is_left_out,
      coalesce(p.last_contact >= to_char(${day} - 365, 'YYYY-MM-DD'), false) as seen_this_year,
      coalesce(p.last_contact >= to_char(${day} - 731, 'YYYY-MM-DD'), false) as seen,
      ${comparedColumnsSql(day)}
    from person_row p
    where ${personRowScopeSql(counted.scope, 'p', params, now)} and p.replaced_by is null and not p.deceased and p.in_use
      and not ${goneSql(params.add(today, 'text'))}`
}

/** The order of the chance; of those with the same chance the frailest come first. */
export const byChanceSql = 'chance desc, rank desc, person'

/**
 * The order in which free places are offered: the chance decides who comes near the line, in columns of ten in 100;
 * within a column the number of things that could be changed.
 */
export const byPlaceSql = `chance_column desc, things desc, ${byChanceSql}`

/** Whom the fairness of the line is about: a row for each comparison. */
export const comparedSql = `cross join lateral (values ('deprivation', deprivation), ('ethnicity', ethnicity),
  ('age', age), ('sex', sex), ('language', language)) as c(compared_by, compared_group)`
