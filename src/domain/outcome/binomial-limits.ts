/**
 * Exact binomial limits of a funnel plot (Spiegelhalter 2005, Statistics in Medicine 24:1185): of so many, how many are
 * found by chance where the share is the same for everybody. `outside` is the chance that is left over on both sides,
 * such as 0.05 or 0.002; each side has half of it. The lowest and highest counts that are still chance.
 */
export function binomialLimits(
  of: number,
  share: number,
  outside: number,
): Readonly<{ low: number; high: number }> {
  const tail = outside / 2
  const chances = chancesOf(of, share)
  let below = 0
  let low = 0
  while (low < of && below + (chances[low] ?? 0) <= tail) below += chances[low++] ?? 0
  let above = 0
  let high = of
  while (high > 0 && above + (chances[high] ?? 0) <= tail) above += chances[high--] ?? 0
  return { low, high }
}

/** The chance of each count, by logarithms: factors of a large number would overflow. */
function chancesOf(of: number, share: number): readonly number[] {
  if (share <= 0 || share >= 1)
    return Array.from({ length: of + 1 }, (_, at) => (at === (share <= 0 ? 0 : of) ? 1 : 0))
  let logOfWays = 0
  return Array.from({ length: of + 1 }, (_, at) => {
    if (at > 0) logOfWays += Math.log(of - at + 1) - Math.log(at)
    return Math.exp(logOfWays + at * Math.log(share) + (of - at) * Math.log(1 - share))
  })
}
