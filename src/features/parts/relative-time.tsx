import { Trans, useLingui } from '@lingui/react/macro'
import { clockToday, localDay } from '#client/clock.ts'
import { daysBetween } from '#domain/calendar/days.ts'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** An instant as people say it: "tomorrow, 14:15", "17 September"; the hour only while it is near. */
export function RelativeTime({ at }: { at: string }) {
  const moment = new Date(at)
  if (Number.isNaN(moment.getTime())) return <bdi>{at}</bdi>
  return (
    <bdi>
      <time dateTime={at}>
        <Near moment={moment} />
      </time>
    </bdi>
  )
}

function Near({ moment }: { moment: Date }) {
  const { i18n } = useLingui()
  const zone = useShownZone()
  const days = daysBetween(clockToday(), localDay(moment))
  const hour = i18n.date(moment, { hour: 'numeric', minute: '2-digit', ...zone })
  if (days === 0) return <Trans>today, {hour}</Trans>
  if (days === 1) return <Trans>tomorrow, {hour}</Trans>
  if (days === -1) return <Trans>yesterday, {hour}</Trans>
  const isThisYear = localDay(moment).slice(0, 4) === clockToday().slice(0, 4)
  const year = isThisYear ? {} : { year: 'numeric' as const }
  return i18n.date(moment, { day: 'numeric', month: 'long', ...year, ...zone })
}
