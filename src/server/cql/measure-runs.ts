import type { RunState } from '#domain/quality/gaps-worklist.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import type { AskedPeriod } from './period-asked.ts'

/** One run of a measure over the people of an organisation. */
export type StoredRun = Readonly<{
  id: string
  measure: string
  version: string
  organisation: string
  from: string
  to: string
  on: string
  state: RunState
  after: string
  done: number
  total: number
  leftOut: number
  numerator: number
  denominator: number
  words: string
}>

const columns = `id, measure, version, organisation, period_start::text as "from", period_end::text as "to", on_day::text as "on",
  state, after, done, total, left_out as "leftOut", numerator, denominator, words`

/** Those whom the organisation looks after, alive and in use. Whoever said no to planning is among them, marked so. */
export function reachedPeopleSql(organisation: string, now: Date, params: Params): string {
  const scope = { people: { kind: 'related' as const, organisation } }
  return `select p.person, 'planning' = any(p.opted_out) as said_no from person_row p
    where ${personRowScopeSql(scope, 'p', params, now)} and p.replaced_by is null and not p.deceased and p.in_use`
}

type Starting = Readonly<{
  measure: string
  version: string
  organisation: string
  period: AskedPeriod
  now: Date
  today: string
}>

/** Puts a run before the job that works it out, and ends one of the same measure that is still under way. */
export async function startRun(sql: Sql, starting: Starting): Promise<void> {
  const { measure, version, organisation, period, now, today } = starting
  await sql.transaction(async (tx) => {
    await stopRuns(tx, starting)
    const params = new Params()
    const people = reachedPeopleSql(organisation, now, params)
    const add = (value: unknown, type: string) => params.add(value, type)
    await tx.query(
      `insert into cql_run (id, measure, version, organisation, period_start, period_end, on_day, started_at, state, total, left_out)
       select ${add(crypto.randomUUID(), 'text')}, ${add(measure, 'text')}, ${add(version, 'text')}, ${add(organisation, 'text')},
         ${add(period.from, 'date')}, ${add(period.to, 'date')}, ${add(today, 'date')}, ${add(now, 'timestamptz')}, 'running',
         count(*) filter (where not said_no)::int, count(*) filter (where said_no)::int from (${people}) q`,
      params.values,
    )
  }, 'upkeep')
}

type OfMeasure = Readonly<{ measure: string; organisation: string }>

/** True if one was under way. */
export async function stopRuns(
  sql: Pick<Sql, 'query'>,
  { measure, organisation }: OfMeasure,
): Promise<boolean> {
  const { rows } = await sql.query(
    `update cql_run set state = 'stopped' where measure = $1 and organisation = $2 and state = 'running' returning id`,
    [measure, organisation],
  )
  return rows.length > 0
}

/** The latest run of each measure; `finished`: the latest that came to its end. */
export async function latestRuns(
  sql: Pick<Sql, 'query'>,
  organisation: string,
  { finished = false } = {},
): Promise<ReadonlyMap<string, StoredRun>> {
  const { rows } = await sql.query<StoredRun>(
    `select distinct on (measure) ${columns} from cql_run where organisation = $1 ${finished ? "and state = 'done'" : ''}
     order by measure, place desc`,
    [organisation],
  )
  return new Map(rows.map((row) => [row.measure, row]))
}

/** The run that waits longest. */
export async function nextRun(sql: Pick<Sql, 'query'>): Promise<StoredRun | undefined> {
  const { rows } = await sql.query<StoredRun>(
    `select ${columns} from cql_run where state = 'running' order by place limit 1`,
  )
  return rows[0]
}
