import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { MeasureChart } from '#domain/outcome/measure-chart.ts'
import type { OutcomeMeasure } from '#domain/outcome/outcomes.ts'
import { useMonthWords } from '#features/outcomes/use-month-words.ts'
import { useValueWords } from '#features/outcomes/use-value-words.ts'
import { apart, xmrScale } from './xmr-scale.ts'

/** Words at the end of their lines: target, last month and the usual range; under the chart on a phone. */
export function XmrEnds({
  measure,
  chart,
}: Readonly<{ measure: OutcomeMeasure; chart: MeasureChart }>) {
  const valueWords = useValueWords(measure.unit)
  const monthWords = useMonthWords()
  const { y } = xmrScale(chart, measure.target)
  const last = chart.months.findLast(({ hidden }) => !hidden)
  const limits = chart.groups.at(-1)?.limits
  const ends: { name: string; top: number; words: ReactNode }[] = []
  if (measure.target !== undefined) {
    const target = valueWords(measure.target)
    ends.push({ name: 'target', top: y(measure.target), words: <Trans>Target {target}</Trans> })
  }
  if (last?.value !== undefined)
    ends.push({
      ...{ name: 'last', top: y(last.value) },
      words: `${monthWords(last.month, 'long')} ${valueWords(last.value)}`,
    })
  if (limits) {
    const [lower, upper] = [Math.max(0, limits.lower), limits.upper].map(valueWords)
    ends.push({
      ...{ name: 'usual', top: y(limits.lower) },
      words: limits.isTrial ? (
        <Trans>
          Usual so far: {lower} to {upper}
        </Trans>
      ) : (
        <Trans>
          Usual: {lower} to {upper}
        </Trans>
      ),
    })
  }
  const sorted = ends.toSorted((one, other) => one.top - other.top)
  const places = apart(
    sorted.map(({ top }) => top),
    19,
  )
  return (
    <ul className="xmr__ends">
      {sorted.map(({ name, words }, at) => (
        <li
          key={name}
          className={`xmr__end--${name}`}
          style={{ insetBlockStart: `${places[at]}%` }}
        >
          {words}
        </li>
      ))}
    </ul>
  )
}
