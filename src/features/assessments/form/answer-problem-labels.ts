import { useLingui } from '@lingui/react/macro'
import type { AnswerProblem } from '#domain/assessment/answer-problems.ts'

/** What is wrong with an answer, and how to correct it. */
export function useAnswerProblemLabels(): (problem: AnswerProblem) => string {
  const { t } = useLingui()
  return ({ kind, question, words = '' }) => {
    const { min, max, maxLength } = question
    switch (kind) {
      case 'missing':
        return t`Answer: ${question.text}`
      case 'not-a-whole-number':
        return t`Enter a whole number, such as 4`
      case 'not-a-number':
        return t`Enter a number, such as 4.5`
      case 'not-a-date':
        return t`Enter a real date`
      case 'not-a-moment':
        return t`Enter a real date, and a time such as 14:30`
      case 'not-a-time':
        return t`Enter a time, such as 14:30`
      case 'no-unit':
        return t`Choose a unit`
      case 'rule':
        return words
      case 'too-low':
        return t`Enter ${String(min)} or more`
      case 'too-high':
        return t`Enter ${String(max)} or less`
      case 'too-long':
        return t`Use ${String(maxLength)} characters or fewer`
    }
  }
}
