/**
 * Amounts are whole pence (or cents), rates whole millionths: 2.5% is 25,000. An amount is rounded once, to the nearest
 * penny, a half upwards; nothing is worked out from a rounded amount that could be worked out from the first one.
 */
export const whole = 1_000_000

/** This part of an amount. */
export function partOf(amount: number, rate: number): number {
  const [exact, full] = [BigInt(amount) * BigInt(rate), BigInt(whole)]
  return Number((exact * 2n + full) / (full * 2n))
}

/** The product of two rates. */
export const rateOf = (one: number, other: number): number => partOf(one, other)

/** `part` in millionths of `all`; 0 of nothing. A negative part gives a negative rate. */
export function rateIn(part: number, all: number): number {
  if (all === 0) return 0
  const size = Number(
    (BigInt(Math.abs(part)) * BigInt(whole) * 2n + BigInt(all)) / (BigInt(all) * 2n),
  )
  return part < 0 ? -size : size
}

/** Whether `part` is at least this rate of `all`: exact, without a rounded quotient. */
export const reaches = (part: number, all: number, rate: number): boolean =>
  BigInt(part) * BigInt(whole) >= BigInt(all) * BigInt(rate)

/**
 * An amount in parts by their rates, to the penny: what is left after rounding down goes, a penny each, to the parts
 * that lost most of a penny, the first of equals first. The parts add up to the amount.
 */
export function splitBy(amount: number, rates: readonly number[]): readonly number[] {
  const full = BigInt(rates.reduce((sum, rate) => sum + rate, 0))
  if (full === 0n) return rates.map(() => 0)
  const exact = rates.map((rate) => BigInt(amount) * BigInt(rate))
  const parts = exact.map((each) => each / full)
  let left = BigInt(amount) - parts.reduce((sum, part) => sum + part, 0n)
  const byLoss = exact
    .map((each, at) => ({ at, lost: each % full }))
    .toSorted((one, other) =>
      one.lost === other.lost ? one.at - other.at : one.lost > other.lost ? -1 : 1,
    )
  for (const { at } of byLoss) {
    if (left === 0n) break
    parts[at] = (parts[at] ?? 0n) + 1n
    left -= 1n
  }
  return parts.map(Number)
}
