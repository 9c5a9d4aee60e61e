import { type Likeness, widerLikenesses } from './likeness.ts'
import { wilsonInterval } from './wilson-interval.ts'

/** Of `people` who were alike a year ago, `stayed` had an emergency stay in hospital in the year that followed. */
export type LikenessCount = Readonly<{ likeness: Likeness; people: number; stayed: number }>

export type Chance = Readonly<{
  /** of 100 people like this, how many had an emergency stay within a year; whole, 0 to 100 */
  per100: number
  /** the 95 % interval of it, in 100 */
  low: number
  high: number
  /** how many people it was counted from */
  people: number
  /** the comparison that had enough people */
  likeness: Likeness
}>

/**
 * Fewer people say nothing: then a wider comparison is used, and if that has too few as well, no chance is given. Our own
 * limit; with 50 people the interval is up to 27 in 100 wide.
 */
export const fewestAlike = 50

/**
 * The chance of an emergency stay within a year, as it was counted among the people of this service: no model, and no
 * judgement about one person. Undefined where too few people are alike.
 */
export function chanceTable(
  counts: readonly LikenessCount[],
): (likeness: Likeness) => Chance | undefined {
  const sums = new Map<Likeness, { people: number; stayed: number }>()
  for (const { likeness, people, stayed } of counts)
    for (const each of widerLikenesses(likeness)) {
      const sum = sums.get(each) ?? { people: 0, stayed: 0 }
      sums.set(each, { people: sum.people + people, stayed: sum.stayed + stayed })
    }
  return (likeness) => {
    const enough = widerLikenesses(likeness).find(
      (each) => (sums.get(each)?.people ?? 0) >= fewestAlike,
    )
    const sum = enough === undefined ? undefined : sums.get(enough)
    return enough !== undefined && sum ? chanceOf(enough, sum) : undefined
  }
}

function chanceOf(likeness: Likeness, { people, stayed }: Omit<LikenessCount, 'likeness'>): Chance {
  const { low, high } = wilsonInterval(stayed, people)
  const in100 = (share: number) => Math.round(share * 100)
  return { per100: in100(stayed / people), low: in100(low), high: in100(high), people, likeness }
}
