import { demoCycles } from '#demo-data/outcomes/demo-cycles.ts'
import { demoDeeds } from '#demo-data/outcomes/demo-deeds.ts'
import { demoMeasures } from '#demo-data/outcomes/demo-measures.ts'
import { demoResults } from '#demo-data/outcomes/demo-results.ts'
import { addDays } from '#domain/calendar/days.ts'
import { usualZone } from '#domain/calendar/zone.ts'
import { builtInVersion } from '#domain/outcome/built-in-measures.ts'
import { cycleToFhir } from '#domain/outcome/cycle/cycle-fhir.ts'
import { measureToFhir } from '#domain/outcome/measure-fhir.ts'
import { addMonths, lastWholeMonth, monthsFrom } from '#domain/outcome/months.ts'
import { countMonth } from '#server/outcome/count-month.ts'
import { countFromNow } from '#server/outcome/due-months.ts'
import { keepResults } from '#server/outcome/kept-results.ts'
import { keepDeed } from '#server/outcome/unmet-deeds.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'

/** Measures of the demonstration and three years of invented results, marked as the practice copy’s. */
export async function seedOutcomes(sql: Sql, store: Store, asOf: string): Promise<void> {
  await store.writeMany(
    demoMeasures(asOf).map((each) => ({ resource: measureToFhir(each), expect: 'anything' })),
  )
  await store.writeMany(
    demoCycles(asOf).map(({ id, ...cycle }) => ({
      ...{ resource: cycleToFhir(id, cycle, ''), expect: 'anything' as const },
    })),
  )
  await keepResults(
    sql,
    demoResults(asOf).map((each) => ({ ...each, version: builtInVersion, origin: 'practice' })),
  )
  for (const { ago, ...deed } of demoDeeds)
    await keepDeed(sql, { ...deed, version: 1, at: `${addDays(asOf, -ago)}T10:00:00Z` })
  const last = lastWholeMonth(asOf)
  await countFromNow(sql, last)
  for (const month of monthsFrom(addMonths(last, -11), last))
    await countMonth(sql, { organisation: 'brook-surgery', month }, usualZone)
}
