import { useLingui } from '@lingui/react/macro'
import { useShownZone } from '#ui/text/shown-zone.ts'

/** A moment as a day in words, isolated from the direction of the text around it. */
export function MomentText({ at }: { at: string | undefined }) {
  const { i18n, t } = useLingui()
  const zone = useShownZone()
  if (!at) return <bdi>{t`no date`}</bdi>
  const day = new Date(at)
  if (Number.isNaN(day.getTime())) return <bdi>{at}</bdi>
  return (
    <bdi>
      <time dateTime={at}>
        {i18n.date(day, {
          ...{ day: 'numeric', month: 'long', year: 'numeric' },
          ...(at.length > 10 ? zone : { timeZone: 'UTC' }),
        })}
      </time>
    </bdi>
  )
}
