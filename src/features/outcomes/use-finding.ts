import { useLingui } from '@lingui/react/macro'
import { measureChart } from '#domain/outcome/measure-chart.ts'
import { type ChartVerdict, measureVerdict } from '#domain/outcome/measure-verdict.ts'
import type { OutcomeMeasure } from '#domain/outcome/outcomes.ts'

/** The answer to the question of the page, counted from the verdicts: harm is said as readily as gain. */
export function useFinding(measures: readonly OutcomeMeasure[]): string {
  const { t } = useLingui()
  const numbers = useSmallNumbers()
  const verdicts = measures.map((measure) => measureVerdict(measureChart(measure)))
  const count = (verdict: ChartVerdict) => verdicts.filter((each) => each === verdict).length
  if (measures.length === 0) return t`The partners have not agreed to any measure yet.`
  if (count('too-early') === measures.length) return t`It is too early to say.`
  const all = numbers(measures.length)
  const better = numbers(count('better'))
  const rest = [
    { found: count('worse'), words: (n: string) => t`In ${n}, things are worse.` },
    { found: count('same'), words: (n: string) => t`In ${n}, nothing has really changed.` },
    { found: count('moved'), words: (n: string) => t`In ${n}, things have changed.` },
    { found: count('too-early'), words: (n: string) => t`In ${n}, it is too early to say.` },
  ]
  return [
    count('better') > 0 ? t`In ${better} of ${all} ways, yes.` : t`In none of ${all} ways yet.`,
    ...rest.flatMap(({ found, words }) => (found > 0 ? [words(numbers(found))] : [])),
  ].join(' ')
}

/** Up to ten in words, as in a sentence. */
function useSmallNumbers(): (value: number) => string {
  const { t, i18n } = useLingui()
  const words = [
    ...[t`none`, t`one`, t`two`, t`three`, t`four`, t`five`],
    ...[t`six`, t`seven`, t`eight`, t`nine`, t`ten`],
  ]
  return (value) => words[value] ?? i18n.number(value)
}
