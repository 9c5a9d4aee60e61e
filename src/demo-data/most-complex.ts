import type { Life } from './life.ts'

/** Places in the order in which lives were drawn, the most complex first. */
export type MostComplex = readonly number[]

type Ranked = Readonly<{ at: number; weight: number }>

/** Where the most complex lives of people of 55 and more are; of those alike the first drawn. Keeps few at a time. */
export function mostComplexOf(lives: Iterable<Life>, many: number): MostComplex {
  let ranked: Ranked[] = []
  let at = 0
  for (const life of lives) {
    if (life.age >= 55) ranked.push({ at, weight: life.conditions.length + 2 * life.stays.length })
    if (ranked.length > 20 * many) ranked = best(ranked, many)
    at += 1
  }
  return best(ranked, many).map((each) => each.at)
}

const best = (ranked: readonly Ranked[], many: number): Ranked[] =>
  ranked.toSorted((one, other) => other.weight - one.weight || one.at - other.at).slice(0, many)
