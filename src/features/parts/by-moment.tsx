import { Trans } from '@lingui/react/macro'
import { clockToday, clockZone, dayHere } from '#client/clock.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import { hourMinutesIn } from '#domain/calendar/zone.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { RelativeTime } from './relative-time.tsx'

/**
 * The moment by which something has to be done, always with its hour. The end of a day is called that, and not the midnight
 * after it.
 */
export function ByMoment({ at }: { at: string }) {
  const moment = Date.parse(at)
  if (Number.isNaN(moment)) return <RelativeTime at={at} />
  if (hourMinutesIn(clockZone(), moment) !== '00:00') {
    const isNear = Math.abs(daysBetween(clockToday(), dayHere(at))) <= 1
    return isNear ? <RelativeTime at={at} /> : <DateText date={at} withTime />
  }
  const day = dayHere(new Date(moment - 1).toISOString())
  return (
    <Trans>
      the end of <DateText date={day} />
    </Trans>
  )
}
