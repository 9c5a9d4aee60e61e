import { useLingui } from '@lingui/react/macro'
import { dayHere } from '#client/clock.ts'
import { dayWritten } from '#domain/calendar/days.ts'

const formats = {
  4: { year: 'numeric' },
  7: { month: 'long', year: 'numeric' },
  10: { day: 'numeric', month: 'long', year: 'numeric' },
} as const

/** A date as exact as the record is: a year stays a year. The day of an instant is that in the service’s time zone. */
export function TimelineDate({ at }: { at: string | undefined }) {
  const { i18n, t } = useLingui()
  if (!at) return <bdi>{t`No date`}</bdi>
  const day = dayHere(at)
  const format = formats[day.length as keyof typeof formats]
  const moment = new Date(`${dayWritten(`${day}-01-01`)}T00:00:00Z`)
  if (!format || Number.isNaN(moment.getTime())) return <bdi>{at}</bdi>
  return (
    <bdi>
      <time dateTime={day}>{i18n.date(moment, { ...format, timeZone: 'UTC' })}</time>
    </bdi>
  )
}
