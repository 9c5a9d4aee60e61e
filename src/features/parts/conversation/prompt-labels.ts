import { useLingui } from '@lingui/react/macro'
import type { PreparationPrompt } from '#domain/preparation/prompts.ts'

type PromptLabels = Readonly<Record<PreparationPrompt | 'ask' | 'confident', string>>

/** What somebody is asked to think about, in the first person; a carer writes about the person and about themselves. */
export function usePromptLabels(carerOf?: string): PromptLabels {
  const { t } = useLingui()
  if (carerOf)
    return {
      ask: t`What I want to ask`,
      matters: t`What matters most for ${carerOf} now, as I see it`,
      well: t`What is going well`,
      hard: t`What is hard just now, for ${carerOf} or for me`,
      worry: t`What I worry about`,
      confident: t`How sure do I feel that we can manage?`,
      if: t`If things get worse, what I think should happen`,
    }
  return {
    ask: t`What I want to ask`,
    matters: t`What matters most to me now`,
    well: t`What is going well`,
    hard: t`What is hard just now`,
    worry: t`What I worry about`,
    confident: t`How sure do I feel that I can manage?`,
    if: t`If things get worse, what I want to happen`,
  }
}
