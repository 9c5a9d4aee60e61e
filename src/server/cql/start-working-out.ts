import { monthWritten } from '#domain/calendar/days.ts'
import type { Clock } from '#domain/calendar/zone.ts'
import { type CqlEngine, EvaluationFault } from '#domain/quality/evaluation.ts'
import type { JudgedPerson } from '#domain/quality/judged-person.ts'
import { keepResults } from '#server/outcome/kept-results.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import { type KeptMeasure, keptMeasures } from './kept-measures.ts'
import { nextRun, noteFailure, reachedPeopleSql, type StoredRun } from './measure-runs.ts'
import { momentsOf } from './period-asked.ts'
import { recordsOfPeople } from './records-of-people.ts'

const perSlice = 50

/**
 * Works a waiting run out for the next few people; how far it came is kept, so that it goes on after a restart, and can be
 * stopped. Returns whether there was anything to do. Whatever it does not expect is thrown; a run that fails three times at the
 * same people is over, so that the next one comes to its turn.
 */
export async function workOutNextSlice(
  sql: Sql,
  engine: CqlEngine,
  clock: Clock,
): Promise<boolean> {
  const run = await nextRun(sql)
  if (!run) return false
  try {
    await workOn(sql, run, { engine, clock })
  } catch (cause) {
    if (!(cause instanceof EvaluationFault)) {
      await noteFailure(sql, run)
      throw cause
    }
    await failed(sql, run, cause.message)
  }
  return true
}

async function workOn(sql: Sql, run: StoredRun, tools: Pick<Slice, 'engine' | 'clock'>) {
  const [measure] = await keptMeasures(sql, run.measure)
  if (!measure || measure.measure.version !== run.version)
    throw new EvaluationFault('The measure was changed or taken out of use meanwhile')
  await slice(sql, { run, measure, ...tools })
}

const failed = async (sql: Sql, { id }: StoredRun, words: string) =>
  await sql.query(
    `update cql_run set state = 'failed', words = $2 where id = $1 and state = 'running'`,
    [id, words],
  )

type Slice = Readonly<{ run: StoredRun; measure: KeptMeasure; engine: CqlEngine; clock: Clock }>

async function slice(sql: Sql, { run, measure, engine, clock }: Slice): Promise<void> {
  const params = new Params()
  const reached = reachedPeopleSql(run.organisation, clock.now, params)
  const { rows } = await sql.query<{ person: string }>(
    `select person from (${reached}) q where not said_no and person > ${params.add(run.after, 'text')}
     order by person limit ${perSlice}`,
    params.values,
  )
  const persons = rows.map(({ person }) => person)
  const people = await recordsOfPeople(sql, { persons, types: measure.types })
  const period = momentsOf(run, clock)
  const judged = people.length > 0 ? await engine.evaluate(measure.program, people, period) : []
  await keepSlice(sql, run, { judged, last: persons.at(-1), isLast: persons.length < perSlice })
}

type Done = Readonly<{
  judged: readonly JudgedPerson[]
  last: string | undefined
  isLast: boolean
}>

/** Nothing is kept if the run was stopped meanwhile, or another server was quicker. */
async function keepSlice(sql: Sql, run: StoredRun, { judged, last, isLast }: Done): Promise<void> {
  const counted = judged.filter(({ standing }) => standing === 'met' || standing === 'unmet')
  await sql.transaction(async (tx) => {
    const { rows } = await tx.query(
      `update cql_run set after = $3, tries = 0, done = done + $4, numerator = numerator + $5, denominator = denominator + $6, state = $7
       where id = $1 and after = $2 and state = 'running' returning id`,
      [
        ...[run.id, run.after, last ?? run.after, judged.length],
        counted.filter(({ standing }) => standing === 'met').length,
        ...[counted.length, isLast ? 'done' : 'running'],
      ],
    )
    if (rows.length === 0 || !run.isStandard) return
    await tx.query(
      `insert into cql_result (run, person, standing, why) select $1, * from unnest($2::text[], $3::text[], $4::text[])`,
      [
        run.id,
        counted.map(({ person }) => person),
        counted.map(({ standing }) => standing),
        counted.map(({ why }) => why),
      ],
    )
    if (isLast) await finish(tx, run)
  }, 'upkeep')
}

/** The numbers of the standard period go to the other measures, under the month in which the period ends. */
async function finish(
  tx: Pick<Sql, 'query'>,
  { id, measure, version, organisation, to, leftOut }: StoredRun,
) {
  const { rows } = await tx.query<{ numerator: number; denominator: number }>(
    'select numerator, denominator from cql_run where id = $1',
    [id],
  )
  const [counts] = rows
  if (!counts) return
  await forgetOlder(tx, { id, measure, organisation, to })
  const of = { measure, version, organisation, month: monthWritten(to) }
  await keepResults(tx, [{ ...of, ...counts, notAsked: 0, leftOut, origin: 'cql' }])
}

/** Of people only the run of the latest period is kept; the counts of earlier ones stay. */
async function forgetOlder(
  tx: Pick<Sql, 'query'>,
  run: Pick<StoredRun, 'id' | 'measure' | 'organisation' | 'to'>,
): Promise<void> {
  await tx.query(
    `delete from cql_result where run in (select id from cql_run where measure = $1 and organisation = $2 and id <> $3
       and period_end <= cast($4 as date))`,
    [run.measure, run.organisation, run.id, run.to],
  )
}

type Options = Readonly<{
  engine: CqlEngine
  clock: () => Clock
  /** milliseconds from one slice to the next, and until it looks again whether there is something to do */
  pause: number
  rest: number
  onFailure?: (cause: unknown) => void
}>

/** Works runs out for as long as the host runs; returns how to stop. */
export function startWorkingOut(
  sql: Sql,
  { engine, clock, pause, rest, onFailure }: Options,
): () => Promise<void> {
  let isStopped = false
  let running: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  const turn = async () => {
    let isMore = false
    try {
      isMore = await workOutNextSlice(sql, engine, clock())
    } catch (cause) {
      onFailure?.(cause)
    }
    if (!isStopped) timer = setTimeout(next, isMore ? pause : rest)
  }
  const next = () => {
    running = turn()
  }
  timer = setTimeout(next, rest)
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await running
  }
}
