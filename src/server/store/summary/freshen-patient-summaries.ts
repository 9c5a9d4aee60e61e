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
 * become older than twelve months. In parts, each in its own transaction. To be called before rows are read. Returns how
 * many people are left: of very many, or when it has taken longer than `within` milliseconds.
 */
export async function freshenPatientSummaries(
  sql: Sql,
  clock: Clock,
  within?: number,
): Promise<number> {
  const day = dayIn(clock.zone, clock.now)
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
  const isDone = await inTimedParts(sql, { part, within })
  const left = isDone && done < mostPeople ? 0 : await countDuePeople(sql, clock)
  if (left > 0) return left
  await recountCosts(sql, day, (tx, people) => refreshPatientSummaries(tx, people, clock))
  await recountChances(sql, day)
  // whoever only reads has nothing to add up: looking for it costs more than the page, while few changes leave many dead rows
  if (done > 0) await foldListCounts(sql)
  return 0
}

/** How many rows would come out differently today. */
export async function countDuePeople(sql: Sql, { now, zone }: Clock): Promise<number> {
  const { rows } = await sql.query<{ people: number }>(
    'select count(*)::int as people from person_due where changes_on <= $1::date',
    [dayIn(zone, now)],
  )
  return rows[0]?.people ?? 0
}
