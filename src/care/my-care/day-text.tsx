import { useLingui } from '@lingui/react/macro'

/** A day (`YYYY-MM-DD` or an instant) in the reader's language; kept together in any direction of writing. */
export function DayText({ at }: { at: string }) {
  const { i18n } = useLingui()
  const day = new Date(at.length > 10 ? at : `${at}T12:00:00`)
  return (
    <bdi>
      <time dateTime={at}>{i18n.date(day, { day: 'numeric', month: 'long' })}</time>
    </bdi>
  )
}
