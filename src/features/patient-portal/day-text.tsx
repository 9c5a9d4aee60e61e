import { useLingui } from '@lingui/react/macro'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** A day (`YYYY-MM-DD` or an instant) in the reader's language; kept together in any direction of writing. */
export function DayText({ at }: { at: string }) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const hasHour = at.length > 10
  const day = new Date(hasHour ? at : `${at}T12:00:00Z`)
  return (
    <bdi>
      <time dateTime={at}>
        {i18n.date(day, {
          day: 'numeric',
          month: 'long',
          ...(hasHour ? zone : { timeZone: 'UTC' }),
        })}
      </time>
    </bdi>
  )
}
