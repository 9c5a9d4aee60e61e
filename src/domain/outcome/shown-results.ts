import { fewestShown } from '#domain/population/shown-counts.ts'
import { isShare, type MeasureUnit } from './measure-definition.ts'

/** The count of one month, or of one organisation. */
export type Result = Readonly<{ numerator: number; denominator: number }>

/** What nobody may work out has to be so for more than one reason. */
const fewestHidden = 2

/** Sizes that could tell of few people: those counted, and in a share those in it and those not in it. */
function sizesOf({ numerator, denominator }: Result, unit: MeasureUnit): readonly number[] {
  if (isShare(unit)) return [numerator, denominator - numerator]
  // a mean, or nights: how large the sum is says nothing of how many people
  if (unit === 'points' || unit === 'days') return [denominator]
  return [numerator, denominator]
}

/** None of its sizes is below five. */
export const isShownAlone = (result: Result, unit: MeasureUnit): boolean =>
  sizesOf(result, unit).every((size) => size >= fewestShown)

/**
 * Which parts of a whole may be shown when the whole is known as well, in their order. What is small is hidden, and of the
 * others the smallest, until no hidden one can be worked out by subtraction: there are two at least, and together they are
 * not small.
 */
export function shownParts(parts: readonly Result[], unit: MeasureUnit): readonly boolean[] {
  const shown = parts.map((each) => isShownAlone(each, unit))
  const smallestFirst = parts
    .map((part, place) => ({ place, least: Math.min(...sizesOf(part, unit)) }))
    .toSorted((one, other) => one.least - other.least || one.place - other.place)
  for (const { place } of smallestFirst) {
    if (isSafe(parts, shown, unit)) return shown
    shown[place] = false
  }
  return shown
}

function isSafe(parts: readonly Result[], shown: readonly boolean[], unit: MeasureUnit): boolean {
  const hidden = parts.filter((_, place) => !shown[place])
  if (hidden.length === 0) return true
  return hidden.length >= fewestHidden && isShownAlone(resultSum(hidden), unit)
}

export const resultSum = (results: readonly Result[]): Result =>
  results.reduce(
    (sum, each) => ({
      numerator: sum.numerator + each.numerator,
      denominator: sum.denominator + each.denominator,
    }),
    { numerator: 0, denominator: 0 },
  )
