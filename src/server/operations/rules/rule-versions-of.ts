import type { RuleFigures } from '#domain/rule/rule-figures.ts'
import type { RuleRun } from '#domain/rule/rule-run.ts'
import { type RuleHand, type RuleVersion, runningVersion } from '#domain/rule/rule-version.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Querying = Pick<Sql, 'query'>
type Act = Readonly<{ by: RuleHand; at: string }>

/** Every version of the organisation’s rules, or of one of them, oldest first. */
export async function ruleVersionsOf(
  sql: Querying,
  organisation: string,
  rule?: string,
): Promise<readonly RuleVersion[]> {
  const { rows } = await sql.query<{ content: RuleVersion | string }>(
    `select content from rule_version where organisation = $1 and ($2::text is null or rule = $2)
     order by rule, version`,
    [organisation, rule ?? null],
  )
  return rows.map(({ content }) => storedRecord<RuleVersion>(content))
}

/** 404 also for a rule of another organisation. */
export async function mustFindRule(
  sql: Querying,
  organisation: string,
  rule: string,
): Promise<readonly RuleVersion[]> {
  const versions = await ruleVersionsOf(sql, organisation, rule)
  if (versions.length === 0) throw notFound()
  return versions
}

/** A new version of a rule. Another one under the same number, or somebody else’s rule, refuses it. */
export async function insertRuleVersion(sql: Querying, version: RuleVersion): Promise<void> {
  const { rows } = await sql.query(
    `insert into rule_version (rule, version, edit, organisation, content)
     select $1, $2, $3, $4, $5::jsonb
     where not exists (select 1 from rule_version where rule = $1 and organisation <> $4)
     on conflict do nothing returning rule`,
    [
      ...[version.rule, version.version, version.edit, version.organisation],
      JSON.stringify(version),
    ],
  )
  if (rows.length === 0) throw staleRule()
}

/** Stores the next state of a version if nobody changed it since `edit`. Throws 412. */
export async function updateRuleVersion(
  sql: Querying,
  version: RuleVersion,
  edit: number,
): Promise<void> {
  const { rows } = await sql.query(
    `update rule_version set edit = $3, content = $4::jsonb
     where rule = $1 and version = $2 and edit = $5 returning rule`,
    [version.rule, version.version, version.edit, JSON.stringify(version), edit],
  )
  if (rows.length === 0) throw staleRule()
}

export const staleRule = () =>
  new FhirProblem(
    412,
    'conflict',
    'Somebody else has changed this rule meanwhile. Look at what they wrote, then write yours again',
  )

/** Many trials push no run out of the log, and many runs no trial. */
const mostRuns = 200

/** The log of one rule, newest first. */
export async function ruleRunsOf(
  sql: Querying,
  organisation: string,
  rule: string,
): Promise<readonly RuleRun[]> {
  const { rows } = await sql.query<{ entry: RuleRun | string }>(
    `select entry from (select id, entry, row_number() over (
         partition by entry->>'kind' = 'tried' order by entry->>'at' desc) as place
       from rule_run where organisation = $1 and rule = $2) r
     where place <= ${mostRuns}
     order by entry->>'at' desc, array_position(array['off', 'run', 'tried'], entry->>'kind'), id`,
    [organisation, rule],
  )
  return rows.map(({ entry }) => storedRecord<RuleRun>(entry))
}

/** The last run of each rule that marked people, by the rule. */
export async function lastRunsOf(
  sql: Querying,
  organisation: string,
): Promise<ReadonlyMap<string, RuleRun>> {
  const { rows } = await sql.query<{ rule: string; entry: RuleRun | string }>(
    `select distinct on (rule) rule, entry from rule_run where organisation = $1 and entry->>'kind' = 'run'
     order by rule, entry->>'at' desc`,
    [organisation],
  )
  return new Map(rows.map(({ rule, entry }) => [rule, storedRecord<RuleRun>(entry)]))
}

/** Adds to the log; no entry of it is ever replaced. False: one of this id is there already. */
export async function keepRuleRun(
  sql: Querying,
  organisation: string,
  run: RuleRun,
): Promise<boolean> {
  const { rows } = await sql.query(
    `insert into rule_run (id, rule, organisation, entry) values ($1, $2, $3, $4::jsonb)
     on conflict (id) do nothing returning id`,
    [run.id, run.rule, organisation, JSON.stringify(run)],
  )
  return rows.length > 0
}

/** A trial in the log: nothing changed for anybody. */
export async function keepTrial(
  sql: Querying,
  { rule, version, organisation }: RuleVersion,
  { figures, act, day }: Readonly<{ figures: RuleFigures; act: Act; day: string }>,
): Promise<void> {
  const { found, added, dropped, notJudged } = figures
  await keepRuleRun(sql, organisation, {
    ...{ id: crypto.randomUUID(), rule, version, kind: 'tried', ...act, day },
    ...{ reason: 'trial', words: '', found, added, dropped, notJudged },
  })
}

/** The rules that run on a day, each in its version. */
export async function runningRules(
  sql: Querying,
  organisation: string,
  today: string,
): Promise<readonly RuleVersion[]> {
  const versions = await ruleVersionsOf(sql, organisation)
  const byRule = Map.groupBy(versions, ({ rule }) => rule)
  return [...byRule.values()].flatMap((each) => runningVersion(each, today) ?? [])
}
