import { everyOutside, type ReadingLimit } from '#domain/reading/limits.ts'
import type { Reading } from '#domain/reading/reading.ts'
import { trendIn } from '#domain/trend/find-trends.ts'
import { trendRuleOf } from '#domain/trend/trend-rules.ts'
import type { AlertFound } from './alert-duty.ts'

/** What an alert gives, worked out once more from the readings that it names. `unknown`: its rule or a reading is not here. */
export type WorkedOutAgain = Readonly<{ is: 'same' | 'different' | 'unknown'; amount?: number }>

type AlertBasis = Readonly<{
  /** the versions of the readings that the alert names */
  readings: readonly Reading[]
  /** the limit of the version of the plan that the alert names */
  limit?: ReadingLimit
  zone: string
}>

/** The same rule in the same version over the same versions of the readings: it has to give the same. */
export function workOutAgain(
  found: AlertFound,
  { readings, limit, zone }: AlertBasis,
): WorkedOutAgain {
  if (readings.length < found.basis.length || readings.length === 0) return { is: 'unknown' }
  if (found.why === 'trend') return trendAgain(found, readings)
  if (!limit || found.why === 'unit') return { is: 'unknown' }
  const breach = everyOutside(readings, [limit], zone).find(
    ({ reading }) => reading.id === found.reading,
  )
  if (!breach) return { is: 'different' }
  const isSame = breach.why === found.why && breach.rise === found.amount
  return {
    is: isSame ? 'same' : 'different',
    ...(breach.rise === undefined ? {} : { amount: breach.rise }),
  }
}

function trendAgain(found: AlertFound, readings: readonly Reading[]): WorkedOutAgain {
  const rule = trendRuleOf(found.rule, found.version)
  if (!rule) return { is: 'unknown' }
  const seen = trendIn(rule, readings)
  if (!seen?.holds) return { is: 'different' }
  return { is: seen.amount === found.amount ? 'same' : 'different', amount: seen.amount }
}
