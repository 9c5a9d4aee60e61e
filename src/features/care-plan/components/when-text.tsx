import { useLingui } from '@lingui/react/macro'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** A day, with the hour for an instant, in the reader's language; kept together in any direction of writing. */
export function WhenText({ at }: { at: string }) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const hasHour = at.length > 10
  const date = new Date(hasHour ? at : `${at}T12:00:00Z`)
  const text = i18n.date(date, {
    ...{ day: 'numeric', month: 'long', year: 'numeric' },
    ...(hasHour ? { hour: 'numeric', minute: '2-digit', ...zone } : { timeZone: 'UTC' }),
  })
  return (
    <bdi>
      <time dateTime={at}>{text}</time>
    </bdi>
  )
}
