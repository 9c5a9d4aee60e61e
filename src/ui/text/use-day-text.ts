import { useLingui } from '@lingui/react'

/** How a day (YYYY-MM-DD) is shown within a text ("4 January 1934"). */
export function useDayText(): (day: string) => string {
  const { i18n } = useLingui()
  return (day) => i18n.date(new Date(`${day}T12:00:00Z`), { dateStyle: 'long', timeZone: 'UTC' })
}
