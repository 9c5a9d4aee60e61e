import { useLingui } from '@lingui/react/macro'
import type { Weekday } from '#domain/contact/service-hours.ts'

/** The days of a week, as they stand in a list of visits. */
export function useWeekdayWords(): Readonly<Record<Weekday, string>> {
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
