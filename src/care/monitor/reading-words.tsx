import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import {
  kindFacts,
  type Reading,
  type ReadingKind,
  type ReadingProblem,
} from '#domain/reading/reading.ts'

const kindWords = {
  weight: msg`Weight`,
  'blood-pressure': msg`Blood pressure`,
  oxygen: msg`Oxygen`,
  glucose: msg`Blood sugar`,
  pulse: msg`Pulse`,
} as const

/** As many places behind the point as were sent. */
function as(digits = '') {
  const places = Math.min(20, /\.(\d+)$/.exec(digits)?.[1]?.length ?? 0)
  return { minimumFractionDigits: places, maximumFractionDigits: Math.max(3, places) }
}

const examples: Readonly<Record<ReadingKind, number>> = {
  ...{ weight: 68.4, 'blood-pressure': 130, oxygen: 95, glucose: 6.2, pulse: 72 },
}

type Point = Readonly<{ at: string; value: number; digits?: string }>

/** Readings in words, for labels that are plain text. */
export function useReadingWords() {
  const { i18n, t } = useLingui()
  const name = (kind: ReadingKind) => i18n._(kindWords[kind])
  const amount = (kind: ReadingKind, value: number, digits?: string) =>
    `${i18n.number(value, as(digits))} ${kindFacts[kind].unit}`
  return {
    name,
    amount,
    value: (reading: Pick<Reading, 'kind' | 'value' | 'digits' | 'second'>) =>
      reading.second === undefined
        ? amount(reading.kind, reading.value, reading.digits)
        : `${i18n.number(reading.value)}/${i18n.number(reading.second)} ${kindFacts[reading.kind].unit}`,
    run: (kind: ReadingKind, points: readonly Point[]) => {
      const values = points.map(({ value, digits }) => i18n.number(value, as(digits))).join(', ')
      return t`${name(kind)}, last readings: ${values} ${kindFacts[kind].unit}`
    },
    problem: (kind: ReadingKind, problem: ReadingProblem) => {
      const [low, high] = kindFacts[kind].possible
      switch (problem) {
        case 'not-a-number':
          return t`Write the number only, for example ${i18n.number(examples[kind])}`
        case 'too-low':
          return t`That is too low to be right. The lowest is ${amount(kind, low)}.`
        case 'too-high':
          return t`That is too high to be right. The highest is ${amount(kind, high)}.`
        case 'lower-number':
          return t`Write both numbers of the blood pressure; the second is the smaller one`
        case 'in-the-future':
          return t`The time of the reading is still to come`
        case 'no-day':
          return t`Say which day it was measured`
        case 'long-ago':
          return t`That is more than a year ago. Please look at the year.`
      }
    },
  }
}
