import { logOddsOf } from './log-odds-of.ts'
import { varianceOf } from './variance-of.ts'

/** Somebody on the day from which they are followed: taken on, or not until then. */
export type Comparable = Readonly<{
  id: string
  taken: boolean
  /** who has the same words here is compared: age band, sex, segment, stays before */
  likeness: string
  /** what else was known of them then, as many numbers for everybody */
  facts: readonly number[]
}>

export type Pair<T> = Readonly<{ taken: T; other: T }>

/**
 * How far apart two people of a pair may be: a fifth of the standard deviation of the log odds (Austin 2011,
 * Pharmaceutical Statistics 10:150).
 */
const widestPart = 0.2

/**
 * For each person who was taken on, the closest who was not: the same likeness exactly, and within it the nearest odds
 * of having been taken on. Nobody stands in two pairs; who has nobody close has no pair. Those who are hardest to match
 * choose first; the same people give the same pairs, in whatever order they come.
 */
export function pairPeople<T extends Comparable>(people: readonly T[]): readonly Pair<T>[] {
  const ordered = people.toSorted((one, two) => (one.id < two.id ? -1 : 1))
  const odds = logOddsOf(
    ordered.map(({ facts }) => facts),
    ordered.map(({ taken }) => taken),
  )
  const reach = widestPart * Math.sqrt(varianceOf(odds))
  const groups = Map.groupBy(
    ordered.map((person, at) => ({ person, odds: odds[at] ?? 0 })),
    ({ person }) => person.likeness,
  )
  return [...groups.values()].flatMap((group) => pairsIn(group, reach))
}

type Placed<T> = Readonly<{ person: T; odds: number }>

function pairsIn<T extends Comparable>(group: readonly Placed<T>[], reach: number): Pair<T>[] {
  const byOdds = (one: Placed<T>, two: Placed<T>) => one.odds - two.odds
  const free = group.filter(({ person }) => !person.taken).toSorted(byOdds)
  const takenOn = group
    .filter(({ person }) => person.taken)
    .toSorted((one, two) => byOdds(two, one))
  const pairs: Pair<T>[] = []
  for (const each of takenOn) {
    const at = nearest(free, each.odds)
    const other = free[at]
    if (!other || Math.abs(other.odds - each.odds) > reach) continue
    free.splice(at, 1)
    pairs.push({ taken: each.person, other: other.person })
  }
  return pairs
}

/** Where in a list in the order of odds the nearest stands; -1 in an empty one. */
function nearest(free: readonly Placed<unknown>[], odds: number): number {
  let [low, high] = [0, free.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((free[middle]?.odds ?? 0) < odds) low = middle + 1
    else high = middle
  }
  const away = (at: number) => Math.abs((free[at]?.odds ?? Number.POSITIVE_INFINITY) - odds)
  return away(low - 1) <= away(low) && low > 0 ? low - 1 : Math.min(low, free.length - 1)
}
