import { useLingui } from '@lingui/react/macro'
import type { InstrumentLicence, Topic } from '#domain/assessment/instruments/instrument.ts'

/** The topics of the library, as its headings say them. */
export function useTopicLabels(): Readonly<Record<Topic, string>> {
  const { t } = useLingui()
  return {
    wellbeing: t`Wellbeing`,
    mood: t`Mood and worry`,
    cognition: t`Memory and thinking`,
    falls: t`Falls`,
    mobility: t`Moving about`,
    frailty: t`Frailty`,
    pain: t`Pain`,
    nutrition: t`Eating and drinking`,
    'daily-living': t`Daily living`,
    medicines: t`Medicines`,
    loneliness: t`Loneliness`,
    activation: t`Knowledge and confidence`,
    'home-safety': t`Home safety`,
    carer: t`Carers`,
    hospital: t`Acutely ill, and in hospital`,
  }
}

/** What a licence allows, in a few words. */
export function useLicenceLabels(): Readonly<Record<InstrumentLicence, string>> {
  const { t } = useLingui()
  return {
    free: t`Free to use`,
    pending: t`Not yet signed off`,
    own: t`Our own questions`,
    pack: t`Licensed`,
    'score-only': t`Licensed: score only`,
  }
}
