import type { Sql } from '#server/store/sql.ts'

/** The names of the files with the versions of rules, and with the log of their runs. */
export const ruleVersionsName = 'rule-versions'
export const ruleRunsName = 'rule-runs'

const versionColumns = 'rule, version, edit, organisation, content'
const runColumns = 'id, rule, organisation, entry'

/** Every version of every rule, one a line, with what was tried, looked at and agreed. */
export async function* ruleVersionsIn(sql: Sql): AsyncGenerator<readonly string[]> {
  const { rows } = await sql.query<{ line: string }>(
    `select row_to_json(v)::text as line from (select ${versionColumns} from rule_version order by rule, version) v`,
  )
  if (rows.length > 0) yield rows.map(({ line }) => line)
}

/** The log. Whom a rule found is not kept: it runs again on the first question for a list. */
export async function* ruleRunsIn(sql: Sql): AsyncGenerator<readonly string[]> {
  const { rows } = await sql.query<{ line: string }>(
    `select row_to_json(r)::text as line from (select ${runColumns} from rule_run order by id) r`,
  )
  if (rows.length > 0) yield rows.map(({ line }) => line)
}

/** Restores them; a version that is here already stays as it is. */
export async function keepRuleVersions(sql: Sql, lines: readonly string[]): Promise<void> {
  await sql.query(
    `insert into rule_version (${versionColumns})
     select ${versionColumns} from json_to_recordset($1::json) as v(rule text, version integer, edit integer,
       organisation text, content jsonb)
     on conflict do nothing`,
    [`[${lines.join(',')}]`],
  )
}

export async function keepRuleRuns(sql: Sql, lines: readonly string[]): Promise<void> {
  await sql.query(
    `insert into rule_run (${runColumns})
     select ${runColumns} from json_to_recordset($1::json) as r(id text, rule text, organisation text, entry jsonb)
     on conflict do nothing`,
    [`[${lines.join(',')}]`],
  )
}
