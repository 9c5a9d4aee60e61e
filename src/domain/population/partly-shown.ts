import type { Measure } from '#domain/case/measures.ts'
import { fewestShown, notShown, rangeOf, tellsHidden } from './shown-counts.ts'

type Whole = number | Measure

/** Of fewer people a part that is shown would say too much of those that are not. Our own limit, tested below it and above. */
const fewestParted = 50
/** What the parts that are left out can be together, at least. */
const leastRoom = 2 * fewestShown

/**
 * Parts of a whole, as few of them left out as may be, so that none that is small can be told by subtraction. The largest
 * is left out first: it gives the small ones the most room. All that are left out look the same.
 */
export function partlyShown(parts: readonly Measure[], whole: Whole): readonly Measure[] {
  if (!tellsHidden(parts, whole)) return parts
  const none = parts.map(() => notShown)
  if (!mayBeParted(parts, whole)) return none
  const [, widest] = wholeRange(whole)
  const largestFirst = parts
    .flatMap((part, place) => ('count' in part ? [{ place, count: part.count }] : []))
    .toSorted((one, other) => other.count - one.count || one.place - other.place)
  for (let left = 1; left < largestFirst.length; left += 1) {
    const shown = new Set(largestFirst.slice(left).map(({ place }) => place))
    const least = sum([...shown].map((place) => rangeOf(parts[place] ?? notShown)[0]))
    if (widest - least >= leastRoom)
      return parts.map((part, place) => (shown.has(place) ? part : notShown))
  }
  return none
}

/**
 * Only where the small ones are told to be few, never where they are told to be as many as they can; and not always then:
 * otherwise whoever sees that all are left out would know which of both it is.
 */
function mayBeParted(parts: readonly Measure[], whole: Whole): boolean {
  const [narrowest, widest] = wholeRange(whole)
  const ends = parts.map(rangeOf)
  const hidden = parts.filter((each) => 'fewerThan' in each).length
  const spare = typeof whole === 'number' ? 0 : 2
  const isTight = sum(ends.map(([, high]) => high)) - narrowest <= hidden + spare
  const isNone = widest - sum(ends.map(([low]) => low)) <= 0
  const largest = Math.max(...parts.map((each) => ('count' in each ? each.count : 0)))
  return sizeOf(whole) >= fewestParted && !isTight && !isNone && largest % 15 !== 5
}

const wholeRange = (whole: Whole) =>
  typeof whole === 'number' ? ([whole, whole] as const) : rangeOf(whole)

const sizeOf = (whole: Whole) =>
  typeof whole === 'number' ? whole : 'count' in whole ? whole.count : 0

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0)
