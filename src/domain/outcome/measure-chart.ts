import { type XmrChart, xmr } from '#domain/xmr/xmr.ts'
import { addMonths } from './months.ts'
import type { OutcomeMeasure } from './outcomes.ts'

/** The limits stand on the first year, so that what came later cannot widen them. */
const firstYear = 12

type MeasureMonth = OutcomeMeasure['months'][number]

export type MeasureChart = XmrChart &
  Readonly<{
    /** one for each point; a month that nobody counted is there too, and hidden */
    months: readonly MeasureMonth[]
  }>

/** The chart of a measure; undefined where fewer than two months can be shown. */
export function measureChart({
  months,
  direction,
  target,
}: Pick<OutcomeMeasure, 'months' | 'direction' | 'target'>): MeasureChart | undefined {
  const all = withoutHoles(months)
  const values = all.map(({ value, hidden }) => (hidden ? null : (value ?? null)))
  const known = values.filter((value) => value !== null).length
  if (known < 2) return undefined
  const fixAfter = known > firstYear ? { fixAfter: firstYear } : {}
  return { ...xmr(values, { direction, target, ...fixAfter }), months: all }
}

function withoutHoles(months: readonly MeasureMonth[]): readonly MeasureMonth[] {
  const known = new Map(months.map((each) => [each.month, each]))
  const [first, last] = [months[0]?.month, months.at(-1)?.month]
  const all: MeasureMonth[] = []
  if (first && last)
    for (let month = first; month <= last; month = addMonths(month, 1))
      all.push(known.get(month) ?? { month, hidden: true })
  return all
}
