import { type Clock, dayIn } from '#domain/calendar/zone.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { recountChances } from './chances.ts'
import { recountCosts } from './costs.ts'
import { foldListCounts } from './fold-list-counts.ts'
import { inTimedParts } from './in-timed-parts.ts'
import { refreshPatientSummaries } from './patient-summary.ts'

/** One request works out so many people at most; after an upgrade the next ones do the rest. */
const mostPeople = 10_000

/**
 * Derives again the rows that would come out differently today than when they were written: ages change, admissions
 * become older than twelve months; then costs, if the month is new, and the chances of the day. In parts, each in its own transaction. To be
 * called before rows are read. False if something is left: of very many people, or when it has taken longer than `within` milliseconds.
 */
export async function freshenPatientSummaries(
  sql: Sql,
  clock: Clock,
  within = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const day = dayIn(clock.zone, clock.now)
  const end = performance.now() + within
  const timeLeft = () => Math.max(0, end - performance.now())
  let done = 0
  const part = async (size: number) => {
    const { rows } = await sql.query<{ person: string }>(
      'select person from person_due where changes_on <= $1::date order by changes_on, person limit $2::integer',
      [day, size],
    )
    const persons = rows.map((row) => row.person)
    if (persons.length > 0)
      await retryConflict(() =>
        sql.transaction((tx) => refreshPatientSummaries(tx, persons, clock), 'upkeep'),
      )
    done += persons.length
    return persons.length === size && done < mostPeople
  }
  if (!(await inTimedParts(sql, { part, within })) || done >= mostPeople) return false
  const again = (tx: Sql, people: readonly string[]) => refreshPatientSummaries(tx, people, clock)
  if (!(await recountCosts(sql, { day, again, within: timeLeft() }))) return false
  if (!(await recountChances(sql, day, timeLeft()))) return false
  // whoever only reads has nothing to add up: looking for it costs more than the page, while few changes leave many dead rows
  if (done > 0) await foldListCounts(sql)
  return true
}

/** The same for these people alone, however many others are left: for whoever acts on somebody and need not wait for everybody. */
export async function freshenSomeSummaries(
  sql: Sql,
  clock: Clock,
  people: readonly string[],
): Promise<void> {
  const { rows } = await sql.query<{ person: string }>(
    'select person from person_due where person = any($1::text[]) and changes_on <= $2::date',
    [people, dayIn(clock.zone, clock.now)],
  )
  const due = rows.map(({ person }) => person)
  if (due.length > 0)
    await retryConflict(() =>
      sql.transaction((tx) => refreshPatientSummaries(tx, due, clock), 'upkeep'),
    )
}
