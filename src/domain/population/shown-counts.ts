import type { Measure } from '#domain/case/measures.ts'

/** A smaller number could identify somebody. */
export const fewestShown = 5

/** `exact` for those who may list these people anyway, `rounded` for everybody else. */
export type Exactness = 'exact' | 'rounded'

/** A count as it may be shown: rounded to the nearest five, none below five. */
export const roundedMeasure = (count: number): Measure =>
  count < fewestShown
    ? { fewerThan: fewestShown }
    : { count: Math.round(count / fewestShown) * fewestShown }

export const shownCount = (exactness: Exactness) => (count: number) =>
  exactness === 'exact' ? { count } : roundedMeasure(count)

/** The smallest and the largest number that a shown count can stand for. */
export function rangeOf(shown: Measure): readonly [low: number, high: number] {
  if ('fewerThan' in shown) return [0, shown.fewerThan - 1]
  return [Math.max(fewestShown, shown.count - 2), shown.count + 2]
}

/**
 * Whether parts of a whole say, by subtraction, what a hidden part is, or nearly: then none of them may be shown. The
 * whole is known, or shown itself: then it is any number that it can stand for. Parts without a hidden one tell nothing
 * small.
 */
export function tellsHidden(parts: readonly Measure[], whole: number | Measure): boolean {
  const hidden = parts.filter((each) => 'fewerThan' in each).length
  if (hidden === 0) return false
  const ends = parts.map(rangeOf)
  const least = ends.reduce((sum, [low]) => sum + low, 0)
  const most = ends.reduce((sum, [, high]) => sum + high, 0)
  const [narrowest, widest] = typeof whole === 'number' ? [whole, whole] : rangeOf(whole)
  // two of eight could only be four and four: what is left out has to be so for more than one reason
  const spare = typeof whole === 'number' ? 0 : 2
  return Math.min(widest - least, most - narrowest) <= hidden + spare
}

/** Nothing is said of it, not even whether it is small. */
export const notShown: Measure = { fewerThan: 0 }

/** A count as it may be shown, as a number: a hidden one is in the middle of what it can be. */
export const middleOf = (shown: Measure): number =>
  'count' in shown ? shown.count : Math.floor((shown.fewerThan - 1) / 2)

/** The line of whoever sees rounded counts moves by whole fives, so that no step tells of one person. */
export function shownPlaces(places: number, exactness: Exactness): number {
  if (exactness === 'exact') return places
  return Math.floor(places / fewestShown) * fewestShown
}

/**
 * Where a line with rounded counts ends: five before the shown count, so that it never reaches the last person, and the
 * number above it is always the number of places. 0: of so few people there is no such line.
 */
export const lastRoundedPlace = (eligible: Measure): number =>
  'count' in eligible ? eligible.count - fewestShown : 0

/** `found` of `of`, in 100, from the counts as they may be shown; undefined if one of them may not. */
export function shownShare(found: Measure, of: Measure): number | undefined {
  if (!('count' in found && 'count' in of) || of.count === 0) return undefined
  return Math.round(Math.min(1, found.count / of.count) * 1_000) / 10
}
