import { useLingui } from '@lingui/react/macro'
import type { LearningCycle } from '#domain/outcome/cycle/learning-cycle.ts'
import { useValueWords } from '#features/outcomes/use-value-words.ts'

/** What was counted before and since, in one or two sentences; empty if nothing is counted. */
export function useCycleComparison({
  comparison: { state, monthsBefore, monthsAfter, ...values },
  unit,
}: Pick<LearningCycle, 'comparison' | 'unit'>): string {
  const { t } = useLingui()
  const valueWords = useValueWords(unit)
  if (state === 'none') return ''
  if (state === 'hidden') return t`Some numbers are too small to show a comparison.`
  if (state === 'too-few')
    return t`Months counted before: ${monthsBefore}. Since: ${monthsAfter}. Too few months to say.`
  const { before, after, othersBefore, othersAfter } = values
  if (before === undefined || after === undefined) return ''
  const [was, is] = [valueWords(before), valueWords(after)]
  const own = t`${was} before, ${is} since.`
  if (othersBefore === undefined || othersAfter === undefined) return own
  const [others, othersSince] = [valueWords(othersBefore), valueWords(othersAfter)]
  return `${own} ${t`The others: ${others}, then ${othersSince}.`}`
}
