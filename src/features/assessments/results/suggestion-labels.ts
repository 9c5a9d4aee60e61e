import { useLingui } from '@lingui/react/macro'
import type { SuggestedKind } from '#domain/suggestion/answer-rule/answer-rule.ts'
import type { DismissalKind } from '#domain/suggestion/fhir.ts'

type Words<K extends string> = Readonly<Record<K, string>>

/** How suggestions are named, accepted and dismissed. */
export function useSuggestionLabels(): Readonly<{
  kinds: Words<SuggestedKind>
  accept: Words<SuggestedKind>
  accepted: Words<SuggestedKind>
  reasons: Words<DismissalKind>
}> {
  const { t } = useLingui()
  return {
    kinds: {
      need: t`A need, for the person to put in their own words`,
      goal: t`A goal, in the person’s words`,
      task: t`A task for you`,
      referral: t`A referral`,
      assessment: t`Another assessment`,
    },
    accept: {
      need: t`Add the need`,
      goal: t`Make it a goal`,
      task: t`Add the task`,
      referral: t`Send the referral`,
      assessment: t`Plan to ask it`,
    },
    accepted: {
      need: t`Accepted: it is a need now`,
      goal: t`Accepted: it is a goal now`,
      task: t`Accepted: it is a task of yours now`,
      referral: t`Accepted: the referral is sent`,
      assessment: t`Accepted: it is among the tasks`,
    },
    reasons: {
      done: t`Already done`,
      'not-wanted': t`The person does not want it`,
      'does-not-fit': t`It does not fit this person`,
      other: t`Another reason`,
    },
  }
}
