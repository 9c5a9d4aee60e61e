import type { RunState } from '#domain/quality/gaps-worklist.ts'
import { FhirProblem } from '#server/problem.ts'
import { personRowScopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import { type AskedPeriod, isStandardPeriod } from './period-asked.ts'

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
  /** over the twelve months whose result is kept */
  isStandard: boolean
}>

const columns = `id, measure, version, organisation, period_start::text as "from", period_end::text as "to", on_day::text as "on",
  state, after, done, total, left_out as "leftOut", numerator, denominator, words, is_standard as "isStandard"`

/** How many runs of an organisation may wait at once. */
const mostWaiting = 20

/** How often the same people are tried. */
const mostTries = 3
const triedWords =
  'Gable tried three times and could not work it out. Try again later; if it fails again, tell whoever looks after Gable'

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

/** Puts a run before the job that works it out, behind those that wait; the same run twice is one. Throws 409 if too many wait. */
export async function startRun(sql: Sql, starting: Starting): Promise<void> {
  const { measure, version, organisation, period, now, today } = starting
  await sql.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`cql_run ${organisation}`])
    const { rows } = await tx.query<StoredRun>(
      `select ${columns} from cql_run where organisation = $1 and state = 'running'`,
      [organisation],
    )
    if (rows.some((run) => isOf(run, starting))) return
    if (rows.length >= mostWaiting)
      throw new FhirProblem(
        ...([409, 'conflict'] as const),
        `${mostWaiting} runs of measures wait already. Wait until one is done, or stop one`,
      )
    const params = new Params()
    const people = reachedPeopleSql(organisation, now, params)
    const add = (value: unknown, type: string) => params.add(value, type)
    await tx.query(
      `insert into cql_run (id, measure, version, organisation, period_start, period_end, on_day, started_at, is_standard, state, total, left_out)
       select ${add(crypto.randomUUID(), 'text')}, ${add(measure, 'text')}, ${add(version, 'text')}, ${add(organisation, 'text')},
         ${add(period.from, 'date')}, ${add(period.to, 'date')}, ${add(today, 'date')}, ${add(now, 'timestamptz')},
         ${add(isStandardPeriod(period, today), 'boolean')}, 'running',
         count(*) filter (where not said_no)::int, count(*) filter (where said_no)::int from (${people}) q`,
      params.values,
    )
  }, 'upkeep')
}

const isOf = (run: StoredRun, { measure, version, period }: Starting) =>
  run.measure === measure &&
  run.version === version &&
  run.from === period.from &&
  run.to === period.to

type Looking = Omit<Starting, 'today' | 'period'> &
  Readonly<{
    /** absent: the period of somebody who gave no days */
    period: AskedPeriod | undefined
  }>

/**
 * The latest run that answers, whatever became of it. Without days one over the standard period to the day on which it was
 * started answers for 24 hours, and for as long as it is under way, so that midnight does not start it again.
 */
export async function answeringRun(
  sql: Pick<Sql, 'query'>,
  { measure, version, organisation, period, now }: Looking,
): Promise<StoredRun | undefined> {
  const params = new Params()
  const add = (value: unknown, type: string) => params.add(value, type)
  const dayBefore = new Date(Number(now) - 86_400_000)
  const fits = period
    ? `period_start = ${add(period.from, 'date')} and period_end = ${add(period.to, 'date')}`
    : `is_standard and period_end = on_day and (state = 'running' or started_at > ${add(dayBefore, 'timestamptz')})`
  const { rows } = await sql.query<StoredRun>(
    `select ${columns} from cql_run where organisation = ${add(organisation, 'text')} and measure = ${add(measure, 'text')}
     and version = ${add(version, 'text')} and ${fits} order by place desc limit 1`,
    params.values,
  )
  return rows[0]
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

/** The latest run of each measure over the standard period; `finished`: the latest that came to its end. */
export async function latestRuns(
  sql: Pick<Sql, 'query'>,
  organisation: string,
  { finished = false } = {},
): Promise<ReadonlyMap<string, StoredRun>> {
  const { rows } = await sql.query<StoredRun>(
    `select distinct on (measure) ${columns} from cql_run where organisation = $1 and is_standard ${finished ? "and state = 'done'" : ''}
     order by measure, period_end desc, place desc`,
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

/** A run that failed three times at the same people is over: the next one is not held up by it. */
export async function noteFailure(
  sql: Pick<Sql, 'query'>,
  { id, after }: StoredRun,
): Promise<void> {
  await sql.query(
    `update cql_run set tries = tries + 1, state = case when tries + 1 >= ${mostTries} then 'failed' else state end,
       words = case when tries + 1 >= ${mostTries} then $3 else words end
     where id = $1 and after = $2 and state = 'running'`,
    [id, after, triedWords],
  )
}
