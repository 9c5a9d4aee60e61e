import { Trans } from '@lingui/react/macro'
import { clockZone, dayHere } from '#client/clock.ts'
import { hourMinutesIn } from '#domain/calendar/zone.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { RelativeTime } from './relative-time.tsx'

/** The moment by which something has to be done: the end of a day is called that, and not the midnight after it. */
export function ByMoment({ at }: { at: string }) {
  const moment = Date.parse(at)
  if (Number.isNaN(moment) || hourMinutesIn(clockZone(), moment) !== '00:00')
    return <RelativeTime at={at} />
  const day = dayHere(new Date(moment - 1).toISOString())
  return (
    <Trans>
      the end of <DateText date={day} />
    </Trans>
  )
}
