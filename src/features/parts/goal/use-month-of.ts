import { useLingui } from '@lingui/react/macro'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** The month of a day or instant in the reader’s language: "October", with the year if it is not this one. */
export function useMonthOf(): (at: string) => string {
  const { i18n } = useLingui()
  const zone = useShownZone()
  return (at) => {
    const hasHour = at.length > 10
    const moment = new Date(hasHour ? at : `${at}T12:00:00Z`)
    if (Number.isNaN(moment.getTime())) return at
    return i18n.date(moment, {
      ...{ month: 'long', year: 'numeric' },
      ...(hasHour ? zone : { timeZone: 'UTC' }),
    })
  }
}
