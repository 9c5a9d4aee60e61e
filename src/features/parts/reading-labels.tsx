import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { digitsAt } from '#domain/decimal/digits.ts'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import {
  kindFacts,
  type Reading,
  type ReadingKind,
  type ReadingProblem,
} from '#domain/reading/reading.ts'
import { readingUnits } from '#domain/reading/units.ts'

const kindWords = {
  weight: msg`Weight`,
  'blood-pressure': msg`Blood pressure`,
  oxygen: msg`Oxygen`,
  glucose: msg`Blood sugar`,
  pulse: msg`Pulse`,
  temperature: msg`Temperature`,
  'peak-flow': msg`Peak flow`,
  height: msg`Height`,
} as const

/** As many decimal places as were sent. */
function as(digits = '') {
  const places = Math.min(20, /\.(\d+)$/.exec(digits)?.[1]?.length ?? 0)
  return { minimumFractionDigits: places, maximumFractionDigits: Math.max(3, places) }
}

const examples: Readonly<Record<ReadingKind, number>> = {
  ...{ weight: 68.4, 'blood-pressure': 130, oxygen: 95, glucose: 6.2, pulse: 72 },
  ...{ temperature: 36.8, 'peak-flow': 320, height: 165 },
}

type Point = Readonly<{ at: string; value: number }>

/** Every unit that can be typed. */
const unitsIn = (kind: ReadingKind) => readingUnits[kind].map(({ shown }) => shown).join(', ')

/** Readings in words, for labels that are plain text. */
export function useReadingLabels() {
  const { i18n, t } = useLingui()
  const name = (kind: ReadingKind) => i18n._(kindWords[kind])
  const number = (holder: object, key: string, value: number) =>
    i18n.number(value, as(digitsAt(holder, key)))
  const amount = (kind: ReadingKind, value: number) =>
    `${i18n.number(value, as())} ${kindFacts[kind].unit}`
  return {
    name,
    amount,
    /** with the digits stored beside it */
    point: (kind: ReadingKind, point: Point) =>
      `${number(point, 'value', point.value)} ${kindFacts[kind].unit}`,
    limit: (limit: ReadingLimit, key: 'low' | 'high' | 'riseOver') =>
      `${number(limit, key, limit[key] ?? 0)} ${kindFacts[limit.kind].unit}`,
    value: (reading: Pick<Reading, 'kind' | 'value' | 'second'>) => {
      const first = number(reading, 'value', reading.value)
      const { unit } = kindFacts[reading.kind]
      return reading.second === undefined
        ? `${first} ${unit}`
        : `${first}/${number(reading, 'second', reading.second)} ${unit}`
    },
    run: (kind: ReadingKind, points: readonly Point[]) => {
      const values = points.map((point) => number(point, 'value', point.value)).join(', ')
      return t`${name(kind)}, last readings: ${values} ${kindFacts[kind].unit}`
    },
    problem: (kind: ReadingKind, problem: ReadingProblem) => {
      const [low, high] = kindFacts[kind].possible
      switch (problem) {
        case 'not-a-number':
          return t`Enter the number only, for example ${i18n.number(examples[kind])}`
        case 'unknown-unit':
          return t`Enter it in ${unitsIn(kind)}`
        case 'too-low':
          return t`That is too low to be right. The lowest is ${amount(kind, low)}.`
        case 'too-high':
          return t`That is too high to be right. The highest is ${amount(kind, high)}.`
        case 'lower-number':
          return t`Enter both numbers of the blood pressure. The second must be smaller`
        case 'in-the-future':
          return t`The time of the reading is in the future`
        case 'no-day':
          return t`Enter which day it was measured`
        case 'long-ago':
          return t`That is more than a year ago. Please check the year.`
      }
    },
  }
}
