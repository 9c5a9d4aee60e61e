import type { ScoreRule } from './score-rule.ts'

/** How a score changed since the time before. `matters` is undefined where no change was published. */
type ScoreChange = Readonly<{
  by: number
  way: 'better' | 'worse' | 'same'
  matters?: boolean
}>

/** Decimals of a score are at most three: more are a fault of adding. */
const plain = (value: number) => Math.round(value * 1000) / 1000

export function scoreChange(
  { better, change }: Pick<ScoreRule, 'better' | 'change'>,
  before: number,
  now: number,
): ScoreChange {
  const by = plain(now - before)
  const isBetter = better === 'lower' ? by < 0 : by > 0
  const way = by === 0 ? 'same' : isBetter ? 'better' : 'worse'
  return { by, way, ...(change ? { matters: Math.abs(by) >= change.by } : {}) }
}
