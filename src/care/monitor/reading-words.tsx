import { msg } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReadingLimit } from '#domain/reading/limits.ts'
import {
  kindFacts,
  type Reading,
  type ReadingKind,
  type ReadingProblem,
} from '#domain/reading/reading.ts'
import type { TodayItem } from '#domain/today/today.ts'

const kindWords = {
  weight: msg`Weight`,
  'blood-pressure': msg`Blood pressure`,
  oxygen: msg`Oxygen`,
  glucose: msg`Blood sugar`,
  pulse: msg`Pulse`,
} as const

type Point = Readonly<{ at: string; value: number }>

/** Readings in words, for labels that are plain text. */
export function useReadingWords() {
  const { i18n, t } = useLingui()
  const name = (kind: ReadingKind) => i18n._(kindWords[kind])
  const amount = (kind: ReadingKind, value: number) =>
    `${i18n.number(value)} ${kindFacts[kind].unit}`
  return {
    name,
    amount,
    value: (reading: Pick<Reading, 'kind' | 'value' | 'second'>) =>
      reading.second === undefined
        ? amount(reading.kind, reading.value)
        : `${i18n.number(reading.value)}/${i18n.number(reading.second)} ${kindFacts[reading.kind].unit}`,
    run: (kind: ReadingKind, points: readonly Point[]) => {
      const values = points.map((point) => i18n.number(point.value)).join(', ')
      return t`${name(kind)}, last readings: ${values} ${kindFacts[kind].unit}`
    },
    problem: (kind: ReadingKind, problem: ReadingProblem) => {
      const [low, high] = kindFacts[kind].possible
      switch (problem) {
        case 'not-a-number':
          return t`Write the number only, for example ${i18n.number(low + (high - low) / 4)}`
        case 'too-low':
          return t`That is too low to be right. The lowest is ${amount(kind, low)}.`
        case 'too-high':
          return t`That is too high to be right. The highest is ${amount(kind, high)}.`
        case 'lower-number':
          return t`Write both numbers of the blood pressure; the second is the smaller one`
        case 'in-the-future':
          return t`The time of the reading is still to come`
      }
    },
  }
}

/** What the reading did: "Weight up 2.4 kg in 3 days, to 84.6 kg". */
export function BreachWords({ item }: { item: Pick<TodayItem, 'detail' | 'reading'> }) {
  const words = useReadingWords()
  const { reading, detail } = item
  const last = reading?.points.at(-1)
  if (!reading || !last) return null
  const name = words.name(reading.kind)
  const value = words.amount(reading.kind, last.value)
  if (detail === 'rise') {
    const rise = words.amount(reading.kind, reading.rise ?? 0)
    return (
      <Trans>
        {name} up {rise} in {reading.limit.riseDays ?? 3} days, to {value}
      </Trans>
    )
  }
  return detail === 'low' ? (
    <Trans>
      {name} {value}: below what was agreed
    </Trans>
  ) : (
    <Trans>
      {name} {value}: above what was agreed
    </Trans>
  )
}

/** What was agreed: "Agreed limit: not below 88 %". */
export function LimitWords({ limit }: { limit: ReadingLimit }) {
  const words = useReadingWords()
  const { kind, low, high, riseOver, riseDays = 3 } = limit
  return (
    <>
      <Trans>Agreed limit:</Trans>{' '}
      {low === undefined ? null : <Trans>not below {words.amount(kind, low)} </Trans>}
      {high === undefined ? null : <Trans>not above {words.amount(kind, high)} </Trans>}
      {riseOver === undefined ? null : (
        <Trans>
          not up by more than {words.amount(kind, riseOver)} in {riseDays} days
        </Trans>
      )}
    </>
  )
}
