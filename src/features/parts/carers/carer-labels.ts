import { useLingui } from '@lingui/react/macro'
import type { AssessmentAnswer } from '#domain/carer/carer-offer.ts'
import type { CarerTopic } from '#domain/carer/carer-shares.ts'
import type { CarerOutcome, OutcomeState } from '#domain/carer/outcomes.ts'

/** The eight outcomes of a carer, in plain words. */
export function useCarerOutcomeWords(): Readonly<Record<CarerOutcome, string>> {
  const { t } = useLingui()
  return {
    children: t`Looking after children`,
    others: t`Caring for other people`,
    home: t`Keeping the home fit to live in`,
    food: t`Eating well`,
    relationships: t`Family and friends`,
    work: t`Work, training, learning or volunteering`,
    community: t`Getting to places and services nearby`,
    'free-time': t`Free time`,
  }
}

export function useOutcomeStates(): Readonly<Record<OutcomeState, string>> {
  const { t } = useLingui()
  return {
    able: t`Can do this`,
    'not-mine': t`Not part of life just now`,
    'needs-help': t`Cannot do this without help`,
    distress: t`Only with much pain, distress or worry`,
    danger: t`Only in a way that is not safe`,
  }
}

export function useAssessmentAnswers(): Readonly<Record<AssessmentAnswer, string>> {
  const { t } = useLingui()
  return { yes: t`Yes, please`, no: t`No, thank you`, later: t`Not now, ask again` }
}

/** What a carer can show of themselves. */
export function useCarerLabels(): Readonly<Record<CarerTopic, string>> {
  const { t } = useLingui()
  return {
    'carer-how': t`How it is, and how heavy`,
    'carer-needs': t`What is needed`,
    'carer-goals': t`What is hoped for`,
    'carer-assessment': t`That there was an assessment, and what was decided`,
  }
}
