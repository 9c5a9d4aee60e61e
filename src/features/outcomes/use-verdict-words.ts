import { useLingui } from '@lingui/react/macro'
import type { MeasureChart } from '#domain/outcome/measure-chart.ts'
import {
  measureVerdict,
  type VerdictReason,
  verdictReason,
} from '#domain/outcome/measure-verdict.ts'
import type { OutcomeMeasure } from '#domain/outcome/outcomes.ts'
import { useMonthWords } from './use-month-words.ts'
import { useValueWords } from './use-value-words.ts'

/** What the chart allows to be said, in sentences; worked out from its rules alone. */
export function useVerdictWords(
  measure: OutcomeMeasure,
  chart: MeasureChart | undefined,
): readonly string[] {
  const { t } = useLingui()
  const change = useChangeWords(measure, chart)
  const aim = useAimWords(measure, chart)
  if (!chart) return [t`Too few months can be shown.`]
  return aim ? [change, aim] : [change]
}

/** Where the measure has moved away from its limits, they say nothing of the months to come: only the last one counts. */
function useAimWords(measure: OutcomeMeasure, chart: MeasureChart | undefined): string | undefined {
  const { t } = useLingui()
  const valueWords = useValueWords(measure.unit)
  const monthWords = useMonthWords()
  const last = chart?.months.findLast(({ hidden }) => !hidden)
  if (measure.target === undefined || !chart || !last || chart.assurance === 'none')
    return undefined
  const target = valueWords(measure.target)
  const month = monthWords(last.month, 'long')
  if (chart.variation !== 'common')
    return isMet(measure, last.value)
      ? t`${month} met the target of ${target}.`
      : t`${month} missed the target of ${target}.`
  const aim = {
    pass: t`The target of ${target} is met, month by month, unless something changes.`,
    fail: t`The target of ${target} will not be met unless something changes.`,
    inconsistent: t`The target of ${target} may or may not be met in any one month.`,
  }
  return aim[chart.assurance]
}

const isMet = ({ direction, target = 0 }: OutcomeMeasure, value = 0): boolean =>
  direction === 'increase' ? value >= target : value <= target

function useChangeWords(measure: OutcomeMeasure, chart: MeasureChart | undefined): string {
  const { t } = useLingui()
  const reasonWords = useReasonWords()
  const monthWords = useMonthWords()
  const valueWords = useValueWords(measure.unit)
  if (measureVerdict(chart) === 'too-early')
    return t`Fewer than 13 months can be shown: chance cannot be told from change yet.`
  const reason = chart && verdictReason(chart)
  if (reason) return reasonWords(reason)
  const last = chart?.months.findLast(({ hidden }) => !hidden)
  const month = last ? monthWords(last.month, 'long') : ''
  const value = valueWords(last?.value ?? 0)
  return t`It goes up and down by chance. ${value} in ${month} is not news.`
}

function useReasonWords(): (reason: VerdictReason) => string {
  const { t } = useLingui()
  return (reason) => {
    const { side, onSide, outside } = reason
    const words = {
      'one-outside': [
        t`The last month is above the usual range.`,
        t`The last month is below the usual range.`,
      ],
      outside: [
        t`The last ${outside} months are above the usual range.`,
        t`The last ${outside} months are below the usual range.`,
      ],
      trend: [
        t`It has gone up every month, for six months or more.`,
        t`It has gone down every month, for six months or more.`,
      ],
      side: [
        t`The last ${onSide} months are all above the usual average.`,
        t`The last ${onSide} months are all below the usual average.`,
      ],
      near: [
        t`Two of three months are near the upper edge of the usual range.`,
        t`Two of three months are near the lower edge of the usual range.`,
      ],
    } as const
    return words[reasonKind(reason)][side === 'high' ? 0 : 1]
  }
}

function reasonKind({ onSide, outside, isTrend }: VerdictReason) {
  if (outside > 1) return 'outside'
  if (isTrend) return 'trend'
  if (onSide >= 7) return 'side'
  return outside === 1 ? 'one-outside' : 'near'
}
