import { useLingui } from '@lingui/react/macro'

const formats = {
  4: { year: 'numeric' },
  7: { month: 'long', year: 'numeric' },
  10: { day: 'numeric', month: 'long', year: 'numeric' },
} as const

/** A date as exact as the record is: a year stays a year. Days are those of the record, not moved by time zone. */
export function StoryDate({ at }: { at: string | undefined }) {
  const { i18n, t } = useLingui()
  if (!at) return <bdi>{t`No date`}</bdi>
  const day = at.slice(0, 10)
  const format = formats[day.length as keyof typeof formats]
  const moment = new Date(`${`${day}-01-01`.slice(0, 10)}T00:00:00Z`)
  if (!format || Number.isNaN(moment.getTime())) return <bdi>{at}</bdi>
  return (
    <bdi>
      <time dateTime={day}>{i18n.date(moment, { ...format, timeZone: 'UTC' })}</time>
    </bdi>
  )
}
