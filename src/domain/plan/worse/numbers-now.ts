import { firstNumberIn } from '#domain/contact/numbers-in.ts'
import type { WhatIf, WhatIfStep } from '#domain/plan/plan.ts'

/**
 * The numbers to call now, by the plan: by night the number for the night, if there is one. `isDay` undefined: the hours of
 * the service are not recorded, so both are offered, that of the day first.
 */
export function numbersNow(step: WhatIfStep, isDay: boolean | undefined): readonly string[] {
  const { ring, ringAtNight = '', doWhat } = step
  const day = dayNumberIn({ ring, doWhat })
  const night = firstNumberIn(ringAtNight)
  const chosen = isDay === undefined ? [day, night] : isDay ? [day] : [night ?? day]
  return [...new Set(chosen.flatMap((number) => number ?? []))]
}

const dayNumberIn = ({ ring, doWhat }: Pick<WhatIfStep, 'ring' | 'doWhat'>) =>
  firstNumberIn(ring) ?? firstNumberIn(doWhat)

/** The numbers whose hours count: those that have another one for the night. */
export const numbersByDay = (plan: Partial<Pick<WhatIf, 'amber' | 'red'>>): readonly string[] => [
  ...new Set(
    [plan.amber, plan.red].flatMap((step) => (step?.ringAtNight ? (dayNumberIn(step) ?? []) : [])),
  ),
]
