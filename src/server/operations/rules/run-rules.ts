import type { RuleRun, RuleRunReason } from '#domain/rule/rule-run.ts'
import type { RuleHand, RuleVersion } from '#domain/rule/rule-version.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import { foldListCounts } from '#server/store/summary/fold-list-counts.ts'
import { judgedSql } from './rule-people-sql.ts'
import { keepRuleRun, runningRules } from './rule-versions-of.ts'

type Running = Readonly<{ now: Date; today: string; organisation: string }>
type Why = Readonly<{ reason: RuleRunReason; words?: string; by?: RuleHand; id?: string }>

type Outcome = Readonly<{ found: number; added: number; dropped: number; notJudged: number }>

/**
 * Runs one version over all records of its organisation: whom it finds stands in the list as found by the rule, whom it
 * finds no longer does not. Nothing else changes for anybody. The log has it in the same transaction. A run whose `id`
 * is in the log already, or comes into it meanwhile, is not run once more.
 */
export async function runRule(
  sql: Sql,
  version: RuleVersion,
  running: Running,
  { reason, words = '', by, id = crypto.randomUUID() }: Why,
): Promise<void> {
  await retryConflict(() =>
    sql.transaction(async (tx) => {
      if (!(await mayRun(tx, version, id))) return
      const outcome = await markFound(tx, version, running)
      const run: RuleRun = {
        ...{ id, rule: version.rule, version: version.version },
        ...{ kind: 'run', at: running.now.toISOString(), day: running.today },
        ...(by ? { by } : {}),
        ...{ reason, words, ...outcome },
      }
      await keepRuleRun(tx, running.organisation, run)
      await tx.query('update rule_version set marked = $3 where rule = $1 and version = $2', [
        ...[version.rule, version.version, id],
      ])
    }, 'upkeep'),
  )
  await foldListCounts(sql)
}

/**
 * Under the lock of the version: of several readers at once, one runs it, and the others wait until it has. What was
 * switched off meanwhile marks nobody.
 */
async function mayRun(tx: Sql, { rule, version }: RuleVersion, id: string): Promise<boolean> {
  const { rows: on } = await tx.query(
    `select rule from rule_version where rule = $1 and version = $2 and not content ? 'off' for update`,
    [rule, version],
  )
  const { rows: runs } = await tx.query('select id from rule_run where id = $1', [id])
  return on.length > 0 && runs.length === 0
}

async function markFound(tx: Sql, version: RuleVersion, running: Running): Promise<Outcome> {
  const params = new Params()
  const rule = params.add(version.rule, 'text')
  const judged = judgedSql(
    { lines: version.lines, running: undefined },
    { ...running, sql: tx },
    params,
  )
  const { rows } = await tx.query<Outcome>(
    `with judged as materialized (${judged}),
     fits as materialized (select person from judged where found),
     come as (update person_row r set rules = array_append(r.rules, ${rule}) from fits
       where fits.person = r.person and not (${rule} = any(r.rules)) returning r.person),
     gone as (update person_row r set rules = array_remove(r.rules, ${rule})
       where ${rule} = any(r.rules) and not exists (select 1 from fits where fits.person = r.person) returning r.person)
     select (select count(*)::int from fits) as found, (select count(*)::int from come) as added,
       (select count(*)::int from gone) as dropped, (select count(*)::int from judged where found is null) as "notJudged"`,
    params.values,
  )
  return rows[0] ?? { found: 0, added: 0, dropped: 0, notJudged: 0 }
}

/** A rule that was switched off finds nobody any more; who was found by it stays as they are otherwise. */
export async function forgetFound(sql: Pick<Sql, 'query'>, rule: string): Promise<number> {
  const { rows } = await sql.query<{ people: number }>(
    `with gone as (update person_row set rules = array_remove(rules, $1::text) where $1::text = any(rules) returning person)
     select count(*)::int as people from gone`,
    [rule],
  )
  return rows[0]?.people ?? 0
}

type LastRun = Readonly<{ id: string; day: string; version: number; marked: string | null }>

/**
 * Runs what has not run today in the version that runs now: the first who reads the list or the rules on a day. Also if
 * the marks are not those of the last run, as after a restore.
 */
export async function freshenRules(sql: Sql, running: Running): Promise<readonly RuleVersion[]> {
  const rules = await runningRules(sql, running.organisation, running.today)
  for (const version of rules) {
    const { rows } = await sql.query<LastRun>(
      `select r.id, r.entry->>'day' as day, (r.entry->>'version')::int as version, v.marked
       from rule_run r join rule_version v on v.rule = r.rule and v.version = $2
       where r.rule = $1 and r.entry->>'kind' = 'run' order by r.entry->>'at' desc, r.id desc limit 1`,
      [version.rule, version.version],
    )
    const why = whyRun(rows[0], version, running.today)
    if (why) await runRule(sql, version, running, why)
  }
  return rules
}

/** Undefined: it has run today. The id is the same for all who read at once, so that one of them runs it. */
function whyRun(last: LastRun | undefined, version: RuleVersion, today: string): Why | undefined {
  const id = `${version.rule}.${version.version}.${today}`
  if (last?.version !== version.version) return { reason: 'switched-on', id }
  if (last.day !== today) return { reason: 'daily', id }
  return last.marked === last.id ? undefined : { reason: 'marks-missing', id: `${last.id}.again` }
}
