import type { Scope } from '#domain/access/scope.ts'
import type { RuleLine } from '#domain/rule/rule-lines.ts'
import { widerLine } from '#domain/rule/rule-lines.ts'
import { goneSql, saidNoSql } from '#server/operations/worklists/find-people-sql.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import type { Params } from '#server/store/params.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { ruleLineSql, ruleSql } from './line-sql.ts'

/** Over whose records a rule is run, by which connection, and on which day. */
export type RuleRecords = Readonly<{
  sql: ReadingSql
  organisation: string
  now: Date
  today: string
}>

/** What the organisation can reach: alive, in use, and without those who said no to being looked for. */
export function ruleReachSql({ organisation, now, today }: RuleRecords, params: Params): string {
  const scope: Scope = { people: { kind: 'related', organisation } }
  return `${personRowScopeSql(scope, 'p', params, now)} and p.replaced_by is null and not p.deceased and p.in_use
    and not ${goneSql(params.add(today, 'text'))} and not ${saidNoSql}`
}

/** A sentence, and the one that runs now. */
export type ComparedRules = Readonly<{
  lines: readonly RuleLine[]
  running: readonly RuleLine[] | undefined
}>

/** One row a person: how each line judges them (`l0`, `l1` …), the rule (`found`), and the running one (`was`). */
export function judgedSql(
  { lines, running }: ComparedRules,
  records: RuleRecords,
  params: Params,
): string {
  const { today: day } = records
  const each = lines.map((line, at) => `${ruleLineSql({ line, params, day })} as l${at}`)
  const wider = lines.flatMap((line, at) => {
    const next = widerLine(line)
    return next ? [`${ruleLineSql({ line: next, params, day })} as w${at}`] : []
  })
  const was = running ? `coalesce(${ruleSql(running, params, day)}, false)` : 'false'
  return `select q.*, (${lines.map((_, at) => `l${at}`).join(' and ')}) as found from (
    select p.person, p.deprivation, p.stays, p.likeness_before, p.opted_out, p.case_status, p.frailty_up_1, p.frailty_up_2,
      ${[...each, ...wider].join(', ')}, ${was} as was
    from person_row p where ${ruleReachSql(records, params)}) q`
}

/** Every line but one. */
export const othersSql = (lines: readonly RuleLine[], but: number): string =>
  lines.flatMap((_, at) => (at === but ? [] : [`l${at}`])).join(' and ') || 'true'

const ruleGroups = ['added', 'dropped', 'kept', 'found', 'not-judged', 'missed'] as const
export type RuleGroup = (typeof ruleGroups)[number]

/** Which of the judged people a list shows; `line`: who miss by this line alone. */
export function groupSql(group: RuleGroup, lines: readonly RuleLine[], line = 0): string {
  if (group === 'added') return 'found and not was'
  if (group === 'dropped') return 'found is not true and was'
  if (group === 'kept') return 'found and was'
  if (group === 'found') return 'found'
  return group === 'not-judged'
    ? 'found is null'
    : `l${line} is false and (${othersSql(lines, line)})`
}
