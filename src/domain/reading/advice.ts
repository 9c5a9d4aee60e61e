import type { WhatIf, WhatIfStep } from '#domain/plan/plan.ts'
import { findTrends, type WatchedTrend } from '#domain/trend/find-trends.ts'
import { everyOutside, type ReadingLimit } from './limits.ts'
import type { Reading } from './reading.ts'

/** The levels of a plan about a reading outside the limits: amber is for now, red for worse. */
export type AdviceLevel = 'amber' | 'red'

export type PlanForNow = Readonly<{
  /** what the plan says, in its own words, amber first */
  steps: readonly Readonly<{ level: AdviceLevel; step: WhatIfStep }>[]
  /** levels for which the plan says nothing, or the reader sees none */
  silent: readonly AdviceLevel[]
}>

const isSaid = ({ sign, doWhat, ring }: WhatIfStep) =>
  [sign, doWhat, ring].some((words) => words.trim() !== '')

/** What a person's own plan says for when things get worse, and for which level it says nothing. */
export function planForNow(whatIf: WhatIf | undefined): PlanForNow {
  const levels = (['amber', 'red'] as const).map((level) => ({ level, step: whatIf?.[level] }))
  return {
    steps: levels.flatMap(({ level, step }) => (step && isSaid(step) ? [{ level, step }] : [])),
    silent: levels.flatMap(({ level, step }) => (step && isSaid(step) ? [] : [level])),
  }
}

/** One reading: within the agreed limits, outside them, a trend that is watched for, or nothing was agreed for its kind. */
export type ReadingStanding = 'within' | 'outside' | 'trend' | 'no-limit'

/**
 * The standing of a reading that was just recorded. It is judged alone, with those of the days before: one from this
 * morning that is recorded late does not count as good because a later one is.
 */
export function readingStandingOf(
  reading: Reading,
  facts: Readonly<{
    readings: readonly Reading[]
    limits: readonly ReadingLimit[]
    trends?: readonly WatchedTrend[]
  }>,
  zone?: string,
): ReadingStanding {
  const trends = (facts.trends ?? []).filter(({ rule }) => rule.kind === reading.kind)
  const limits = facts.limits.filter((each) => each.kind === reading.kind)
  if (limits.length === 0 && trends.length === 0) return 'no-limit'
  // what waits on the device for a network is not among those of the record
  const all = [...facts.readings.filter((each) => each.id !== reading.id), reading]
  const isThis = (each: Readonly<{ reading: Reading }>) => each.reading.id === reading.id
  if (everyOutside(all, limits, zone).some(isThis)) return 'outside'
  if (trends.some((each) => findTrends(all, each, zone).some(isThis))) return 'trend'
  return limits.length === 0 ? 'no-limit' : 'within'
}
