import { useLingui } from '@lingui/react/macro'
import type { AdultOutcome, AdultState } from '#domain/social-care/needs/adult-outcomes.ts'

/** The ten outcomes of an adult, in plain words. */
export function useAdultOutcomeWords(): Readonly<Record<AdultOutcome, string>> {
  const { t } = useLingui()
  return {
    nutrition: t`Eating and drinking well`,
    hygiene: t`Keeping clean`,
    toilet: t`Using the toilet`,
    clothing: t`Being dressed for the day and the weather`,
    'safe-home': t`Moving about at home safely`,
    'habitable-home': t`Keeping the home fit to live in`,
    relationships: t`Family and friends`,
    work: t`Work, training, learning or volunteering`,
    community: t`Getting to places and services nearby`,
    children: t`Looking after a child`,
  }
}

export function useAdultStates(): Readonly<Record<AdultState, string>> {
  const { t } = useLingui()
  return {
    able: t`Can do this`,
    'not-mine': t`Not part of life just now`,
    'needs-help': t`Cannot do this without help`,
    distress: t`Only with much pain, distress or worry`,
    danger: t`Only in a way that is not safe`,
    longer: t`Takes much longer than it should`,
  }
}
