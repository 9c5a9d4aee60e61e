import { useLingui } from '@lingui/react/macro'
import type { StoryKind } from '#domain/timeline/event.ts'

/** Names of the kinds of event, in the plural, for the filter. */
export function useKindLabels(): Readonly<Record<StoryKind, string>> {
  const { t } = useLingui()
  return {
    condition: t`Conditions`,
    need: t`Needs`,
    contact: t`Visits and calls`,
    admission: t`Hospital stays`,
    medicine: t`Medicines`,
    procedure: t`Procedures`,
    immunisation: t`Immunisations`,
    allergy: t`Allergies`,
    assessment: t`Assessments`,
    plan: t`Plans`,
    agreement: t`Agreements`,
    referral: t`Referrals`,
    service: t`Services and help`,
    reading: t`Readings`,
    report: t`Reports`,
    life: t`Life`,
  }
}
