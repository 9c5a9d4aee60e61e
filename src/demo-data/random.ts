/** A source of numbers that gives the same sequence for the same seed, on every machine (sfc32, public domain). */
export type Random = Readonly<{
  /** in [0, 1) */
  next(): number
  /** whole number from low to high, both included */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly [T, ...T[]]): T
  /** index drawn in proportion to the weights */
  weighted(weights: readonly number[]): number
  /** Poisson-distributed count */
  count(mean: number): number
}>

const wordRange = 4_294_967_296

export function randomFrom(seed: number): Random {
  let [a, b, c, counter] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0]
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / wordRange
  }
  for (let warmUp = 0; warmUp < 15; warmUp += 1) next()
  return { next, ...drawsFrom(next) }
}

function drawsFrom(next: () => number): Omit<Random, 'next'> {
  return {
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    weighted: (weights) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      let rest = next() * total
      return Math.max(
        0,
        weights.findIndex((weight) => {
          rest -= weight
          return rest < 0
        }),
      )
    },
    count: (mean) => {
      const limit = Math.exp(-mean)
      let product = next()
      let drawn = 0
      while (product > limit) {
        product *= next()
        drawn += 1
      }
      return drawn
    },
  }
}
