import { addDays } from '#domain/calendar/days.ts'
import type { Life } from './life.ts'
import { randomFrom } from './random.ts'
import { stayReasons } from './vocabulary/stay-reasons.ts'

/**
 * Emergency stays of the year before the last one, so that what happened since can be counted. Drawn from a source of
 * their own for each person, by the conditions of that time: everybody else stays who they were.
 */
export function staysOfYearBefore(
  life: Life,
  { nhs, asOf }: Readonly<{ nhs: string; asOf: string }>,
): Life['stays'] {
  const random = randomFrom(Number(nhs.slice(-7)))
  const yearAgo = addDays(asOf, -365)
  const known = life.conditions.filter(({ since }) => since <= yearAgo).length
  const risk = 0.02 + 0.014 * known ** 1.7 * (life.age > 75 ? 1.3 : 1)
  return Array.from({ length: Math.min(5, random.count(Math.min(2, risk))) }, () => {
    const days = 1 + random.count(2 + known * 0.6)
    const [, reason] = random.pick(stayReasons)
    return {
      emergency: true,
      days,
      start: addDays(yearAgo, -days - random.between(3, 340)),
      reason,
    }
  })
}
