import { useLingui } from '@lingui/react/macro'
import { answerText, type FormAnswers } from '#domain/assessment/form.ts'
import type { Proposal } from '#domain/suggestion/suggestion.ts'

/** The text with which a suggestion goes on the record; for a goal and a worry, the person’s own. */
export function useSuggestionLabels(answers: FormAnswers): (proposal: Proposal) => string {
  const { t } = useLingui()
  return (proposal) => {
    if (proposal.kind === 'goal') return proposal.words
    if (proposal.code === 'frailty-review') return t`Living with frailty: further review`
    if (proposal.code === 'low-mood') return t`Low mood: talk about support`
    const worry = answers['worry']?.[0]
    return worry === undefined ? t`Something that worries the person` : answerText(worry)
  }
}
