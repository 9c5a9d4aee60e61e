/** The five levels of goal attainment scaling, from much less than expected to much more. */
export type AttainmentLevel = -2 | -1 | 0 | 1 | 2
export const attainmentLevels: readonly AttainmentLevel[] = [-2, -1, 0, 1, 2]

export const isAttainmentLevel = (value: number | undefined): value is AttainmentLevel =>
  attainmentLevels.some((each) => each === value)

export const indexOfLevel = (level: AttainmentLevel): number => attainmentLevels.indexOf(level)

/** A score of one goal with its weight; `undefined`: the goal was not scored, which is not a 0. */
export type WeightedScore = Readonly<{ score: number | undefined; weight: number }>

export type TScore = Readonly<{
  /** not rounded; absent if no goal was scored */
  t: number | undefined
  /** how many goals it is made from, and how many have no score */
  scored: number
  missing: number
  /** all weights were 0: each goal counted as 1 */
  evenly: boolean
}>

/** The expected correlation between the scores of one person’s goals (Kiresuk and Sherman 1968). */
export const expectedCorrelation = 0.3

/**
 * T = 50 + 10 · Σ(w·x) / √((1 − ρ) · Σw² + ρ · (Σw)²), with ρ = 0.3 (Kiresuk and Sherman, Community Mental Health
 * Journal 1968;4:443). A goal without a score is left out; weights that are all 0 count as 1.
 */
export function tScore(goals: readonly WeightedScore[]): TScore {
  const scored = goals.flatMap(({ score, weight }) =>
    score === undefined ? [] : [{ score, weight }],
  )
  const evenly = scored.every(({ weight }) => weight === 0)
  const counted = scored.map(({ score, weight }) => ({ score, weight: evenly ? 1 : weight }))
  const facts = { scored: scored.length, missing: goals.length - scored.length }
  if (counted.length === 0) return { t: undefined, ...facts, evenly: false }
  const sum = (of: (each: (typeof counted)[number]) => number) =>
    counted.reduce((total, each) => total + of(each), 0)
  const spread = Math.sqrt(
    (1 - expectedCorrelation) * sum(({ weight }) => weight ** 2) +
      expectedCorrelation * sum(({ weight }) => weight) ** 2,
  )
  return {
    t: 50 + (10 * sum(({ score, weight }) => score * weight)) / spread,
    ...facts,
    evenly,
  }
}
