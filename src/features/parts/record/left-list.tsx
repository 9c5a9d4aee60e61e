import { Trans } from '@lingui/react/macro'
import { clockToday } from '#client/clock.ts'
import { monthWritten } from '#domain/calendar/days.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** Whether somebody is on no list of a practice any more: a day of leaving may be ahead. */
export const hasLeft = ({ leftOn }: Readonly<{ leftOn?: string }>): boolean =>
  leftOn !== undefined && leftOn <= clockToday()

/** When they left: the month says enough beside a name. */
export function LeftList({ leftOn }: Readonly<{ leftOn: string }>) {
  return (
    <Trans>
      Left the practice’s list in <DateText date={monthWritten(leftOn)} />
    </Trans>
  )
}
