import type { XmrKind, XmrPoint } from '#domain/xmr/xmr.ts'
import type { XmrSide } from '#domain/xmr/xmr-rules.ts'
import type { MeasureChart } from './measure-chart.ts'

/** What the chart says of a measure now; `moved` is more than chance where neither way is better. */
export type ChartVerdict = 'better' | 'worse' | 'moved' | 'same' | 'too-early'

/** Why, counted from the last shown month back. */
export type VerdictReason = Readonly<{
  side: XmrSide
  /** all on this side of the mean */
  onSide: number
  /** all outside the limits */
  outside: number
  /** they only rise or only fall */
  isTrend: boolean
}>

/** By the last shown month alone: chance never counts as better, and trial limits say nothing yet. */
export function measureVerdict(chart: MeasureChart | undefined): ChartVerdict {
  const limits = chart?.groups.at(-1)?.limits
  if (!chart || !limits || limits.isTrial) return 'too-early'
  const verdicts: Readonly<Record<XmrKind, ChartVerdict>> = {
    ...{ improvement: 'better', concern: 'worse', common: 'same' },
    ...{ high: 'moved', low: 'moved' },
  }
  return verdicts[chart.variation]
}

export function verdictReason({ points, groups }: MeasureChart): VerdictReason | undefined {
  const known = points.filter(({ value }) => value !== null)
  const last = known.at(-1)?.signal
  if (!last) return undefined
  const isOnSide = ({ value, group }: XmrPoint) => {
    const mean = groups[group]?.limits?.mean ?? 0
    return last.side === 'high' ? Number(value) > mean : Number(value) < mean
  }
  return {
    side: last.side,
    onSide: lastWhere(known, isOnSide),
    outside: lastWhere(
      known,
      ({ signal }) => signal?.rule === 'outside' && signal.side === last.side,
    ),
    isTrend: last.rule === 'trend',
  }
}

/** How many at the end are so, without a break. */
function lastWhere(points: readonly XmrPoint[], isSo: (point: XmrPoint) => boolean): number {
  return points.length - 1 - points.findLastIndex((point) => !isSo(point))
}
