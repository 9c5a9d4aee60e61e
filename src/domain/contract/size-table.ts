type Band = readonly [from: number, to: number, low: number, high: number]

/**
 * The least savings that count in a one-sided year of the Medicare Shared Savings Program, by assigned people, in
 * millionths: 42 CFR 425.604(b), linear inside each band from its low to its high end.
 */
const bands: readonly Band[] = [
  [500, 999, 122_000, 87_000],
  [1_000, 2_999, 87_000, 50_000],
  [3_000, 4_999, 50_000, 39_000],
  [5_000, 5_999, 39_000, 36_000],
  [6_000, 6_999, 36_000, 34_000],
  [7_000, 7_999, 34_000, 32_000],
  [8_000, 8_999, 32_000, 31_000],
  [9_000, 9_999, 31_000, 30_000],
  [10_000, 14_999, 30_000, 27_000],
  [15_000, 19_999, 27_000, 25_000],
  [20_000, 49_999, 25_000, 22_000],
  [50_000, 59_999, 22_000, 20_000],
]

/** With fewer people there is no rate, and nothing can be settled by the table. */
export const fewestInTable = 500
const fromHere = 60_000
const lastRate = 20_000

/** Undefined below 500 people. */
export function minimumRateFor(people: number): number | undefined {
  if (people >= fromHere) return lastRate
  const band = bands.find(([from, to]) => people >= from && people <= to)
  if (!band) return undefined
  const [from, to, low, high] = band
  return Math.round(low - ((low - high) * (people - from)) / (to - from))
}
