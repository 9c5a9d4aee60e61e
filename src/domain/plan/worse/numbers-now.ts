import { firstNumberIn } from '#domain/contact/numbers-in.ts'
import type { WhatIfStep } from '#domain/plan/plan.ts'

/**
 * The numbers to call now, by the plan: by night the number for the night, if there is one. `isDay` undefined: the hours of
 * the service are not recorded, so both are offered, that of the day first.
 */
export function numbersNow(step: WhatIfStep, isDay: boolean | undefined): readonly string[] {
  const { ring, ringAtNight = '', doWhat } = step
  const day = firstNumberIn(ring) ?? firstNumberIn(doWhat)
  const night = firstNumberIn(ringAtNight)
  const chosen = isDay === undefined ? [day, night] : isDay ? [day] : [night ?? day]
  return [...new Set(chosen.flatMap((number) => number ?? []))]
}
