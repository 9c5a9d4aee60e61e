import { addDays } from '#domain/calendar/days.ts'
import type { RuleLine, RuleLineKind } from '#domain/rule/rule-lines.ts'
import type { Params } from '#server/store/params.ts'

type Written = Readonly<{ line: RuleLine; params: Params; day: string }>
type LineSql = (written: Written) => string

/** Months as parts of a year of 365 days, as the twelve months of the lists are. */
const monthsAgo = (day: string, months = 0) => addDays(day, -Math.round((months * 365) / 12))
const number = ({ line, params }: Written) => params.add(line.count ?? 0, 'integer')
const among = ({ line, params }: Written) => params.add([...(line.among ?? [])], 'text[]')

/** As text, which compares as days do; a year or month alone counts from its first day. */
const bornSql = `rpad(p.birth_date, 10, case length(p.birth_date) when 4 then '-01-01' else '-01' end)`

const agedSql: LineSql = ({ line, params, day }) => {
  const [year = 0] = day.split('-').map(Number)
  const latest = `${String(year - (line.count ?? 0)).padStart(4, '0')}${day.replace(/^\d+/, '')}`
  return `(${bornSql} <= ${params.add(latest, 'text')})`
}

/** Codes that nobody could read may be the ones that are asked for: too few is no “no” then. */
const conditionsSql =
  (column: 'groups' | 'groups_before', isRead: string): LineSql =>
  (written) =>
    `(case when (select count(*) from unnest(p.${column}) g where g = any(${among(written)})) >= ${number(written)} then true
      when ${isRead} then false end)`

/** Nobody of whom no contact at all is recorded is said to have stayed out of hospital. */
const stayedSql: LineSql = (written) => {
  const { line, params, day } = written
  return `(case when (select count(*) from unnest(p.stay_days) d where d > ${params.add(monthsAgo(day, line.months), 'text')}
      and d <= ${params.add(day, 'text')}) >= ${number(written)} then true
    when p.last_contact is not null or cardinality(p.stay_days) > 0 then false end)`
}

const onCaseload = `(coalesce(p.case_status, '') in ('active', 'onhold'))`

/**
 * Whether one row of `person_row p` fits a line: true, false, or null for somebody whom nobody can judge, because
 * nothing is recorded. Null is kept by `not` and `and`, so that it is never a no.
 */
const lineSqls: Readonly<Record<RuleLineKind, LineSql>> = {
  age: agedSql,
  conditions: conditionsSql('groups', `p.coded and p.unmapped = 0`),
  'emergency-stay': stayedSql,
  frailty: (written) =>
    `(case when p.frailty >= ${number(written)} then true when p.coded and p.band <> 'unclear' then false end)`,
  'frailty-up': (written) =>
    `(p.${written.line.months === 12 ? 'frailty_up_1' : 'frailty_up_2'} >= ${number(written)})`,
  alone: () => 'p.lives_alone',
  medicines: (written) =>
    `(case when p.coded or p.medicines > 0 then p.medicines >= ${number(written)} end)`,
  segment: (written) =>
    `(case when p.segment <> 'unknown' then p.segment = any(${among(written)}) end)`,
  chance: (written) => `(p.chance >= ${number(written)})`,
  'not-seen': ({ line, params, day }) =>
    `(p.last_contact < ${params.add(monthsAgo(day, line.months), 'text')})`,
  // of whom no contact at all is recorded, nobody knows how many services they see; who is looked after is coordinated
  'many-services': () => `(case when 'many-services' = any(p.changeable) then true
      when p.last_contact is not null or ${onCaseload} then false end)`,
  'high-use': () => `(case when p.persistent then true
      when p.last_contact is not null or cardinality(p.stay_days) > 0 then false end)`,
  activation: (written) => `((p.outside ->> 'pam-level')::numeric <= ${number(written)})`,
  caseload: () => onCaseload,
  'not-now': () => `(coalesce(p.case_status, '') = 'cancelled')`,
  'care-home': () => 'p.care_home',
}

/** The same as of a year ago, for the lines that were known then. */
const lineSqlsBefore: Partial<Record<RuleLineKind, LineSql>> = {
  age: agedSql,
  conditions: conditionsSql('groups_before', 'cardinality(p.groups_before) > 0 and p.unmapped = 0'),
  'emergency-stay': stayedSql,
  'frailty-up': (written) => `(p.frailty_up_2 - p.frailty_up_1 >= ${number(written)})`,
}

const turned = (line: RuleLine, sql: string) => (line.but ? `(not ${sql})` : sql)

export const ruleLineSql = (written: Written): string =>
  turned(written.line, lineSqls[written.line.kind](written))

/** `day`: a year ago. Only for lines that `wasKnownBefore`. */
export function lineSqlBefore(written: Written): string {
  const sql = lineSqlsBefore[written.line.kind]
  return sql ? turned(written.line, sql(written)) : 'true'
}

/** All lines together: true, false, or null if nothing says no and something cannot be judged. */
export const ruleSql = (lines: readonly RuleLine[], params: Params, day: string): string =>
  `(${lines.map((line) => ruleLineSql({ line, params, day })).join(' and ') || 'false'})`
