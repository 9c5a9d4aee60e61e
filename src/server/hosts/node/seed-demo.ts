import { livedAt } from '#demo-data/lived-at.ts'
import { demoPopulation } from '#demo-data/population.ts'
import { addDays } from '#domain/calendar/days.ts'
import { dayIn, usualZone } from '#domain/calendar/zone.ts'
import { keepPlaces } from '#server/operations/population/places.ts'
import { createStore } from '#server/store/create-store.ts'
import type { Sql } from '#server/store/sql.ts'
import type { WriteRequest } from '#server/store/store.ts'

import { seedHistory } from './seed-history.ts'
import { seedOutcomes } from './seed-outcomes.ts'
import { seedRules } from './seed-rules.ts'

/** Records a transaction: large enough to be quick, small enough to show progress. */
const chunkSize = 1_000
const loadLock = 7_128_313

type Size = Readonly<{ people: number; asOf: string; zone?: string }>

/** Writes the demonstration population through the store; returns the number of records. */
export async function seedPopulation(
  sql: Sql,
  size: Size,
  progress: (written: number) => void = () => undefined,
): Promise<number> {
  const zone = size.zone ? { zone: size.zone } : {}
  const store = createStore(sql, zone)
  const lived = new Map<string, WriteRequest[]>()
  let waiting: WriteRequest[] = []
  let written = 0
  const flush = async () => {
    const chunk = waiting
    waiting = []
    await store.writeMany(chunk)
    written += chunk.length
    progress(written)
  }
  const versions = await seedHistory(sql, size.asOf, zone)
  const versionOf = (name: string) => versions.get(name) ?? 1
  for (const resource of demoPopulation({ ...size, versionOf })) {
    if (versions.has(`${resource.resourceType}/${resource.id}`)) continue
    const request = { resource, expect: 'anything', skipIfSame: true } as const
    const at = livedAt(resource)
    if (at) lived.set(at, [...(lived.get(at) ?? []), request])
    else waiting.push(request)
    if (waiting.length >= chunkSize) await flush()
  }
  await flush()
  for (const [at, requests] of [...lived].toSorted(([one], [other]) => one.localeCompare(other))) {
    await createStore(sql, { ...zone, now: () => earlier(new Date(at), new Date()) }).writeMany(
      requests,
    )
    written += requests.length
    progress(written)
  }
  await enterPlaces(sql, size.asOf)
  await seedRules(sql, size.asOf, zone)
  await seedOutcomes(sql, store, size.asOf)
  // nothing runs ANALYZE by itself in PGlite; in PostgreSQL it avoids an hour of bad plans
  await sql.script('analyze')
  return written
}

/** How many people the coordinators of the demonstration can look after, entered by its manager. */
async function enterPlaces(sql: Sql, asOf: string): Promise<void> {
  const at = new Date(`${addDays(asOf, -6)}T09:00:00Z`)
  for (const [coordinator, places] of [
    ['amina-yusuf', 60],
    ['ming-zhao', 15],
    ['anil-patel', 12],
  ] as const)
    await keepPlaces(sql, {
      ...{ organisation: 'brook-surgery', coordinator, places, at },
      by: 'Ruth Adler',
    })
}

/** What is planned for the day itself may lie a few hours ahead: nothing is stored in the future. */
const earlier = (one: Date, other: Date) => (one < other ? one : other)

/** Loads the population if there is nobody in the database yet. */
export async function seedDemoIfEmpty(
  sql: Sql,
  size: Readonly<{ people: number; zone: string }>,
  progress: (written: number) => void,
): Promise<void> {
  await sql.transaction(async (tx) => {
    // of several servers that start together one loads, the others wait for it
    await tx.query('select pg_advisory_xact_lock($1)', [loadLock])
    const { rows } = await tx.query(`select 1 from resource where rt = 'Patient' limit 1`)
    if (rows.length === 0)
      await seedPopulation(sql, { ...size, asOf: seedDay(size.zone) }, progress)
  })
}

/** The day on which the demonstration's records end: today, so that what is due is due now. */
export function seedDay(zone = usualZone): string {
  return dayIn(zone, new Date())
}
