import { useLingui } from '@lingui/react/macro'
import { useShownZone } from './shown-zone.ts'

/** A FHIR date or instant as text ("4 January 1934"); a month or year alone stays as vague as it was given. */
export function DateText({
  date,
  withTime = false,
}: Readonly<{ date: string; withTime?: boolean }>) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const parts = date.split('-').length
  const style: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    ...(parts > 1 ? { month: 'long' } : {}),
    ...(parts > 2 ? { day: 'numeric' } : {}),
    ...(withTime ? { hour: 'numeric', minute: '2-digit' } : {}),
  }
  const hasHour = date.length > 10
  const moment = new Date(hasHour ? date : `${date.padEnd(10, '-01')}T12:00:00Z`)
  if (Number.isNaN(moment.getTime())) return <bdi>{date}</bdi>
  return (
    <bdi>
      <time dateTime={date}>
        {i18n.date(moment, { ...style, ...(hasHour ? zone : { timeZone: 'UTC' }) })}
      </time>
    </bdi>
  )
}
