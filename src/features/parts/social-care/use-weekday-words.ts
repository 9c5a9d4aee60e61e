import { useLingui } from '@lingui/react/macro'
import type { VisitDay } from '#domain/social-care/care-package.ts'

/** The days of a week, as they stand in a list of visits. */
export function useWeekdayWords(): Readonly<Record<VisitDay, string>> {
  const { t } = useLingui()
  return {
    mon: t`Monday`,
    tue: t`Tuesday`,
    wed: t`Wednesday`,
    thu: t`Thursday`,
    fri: t`Friday`,
    sat: t`Saturday`,
    sun: t`Sunday`,
  }
}
