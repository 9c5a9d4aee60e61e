import { Trans } from '@lingui/react/macro'
import { DateText } from '#ui/text/date-text.tsx'

/** The last day of a share; nothing if it has no end. */
export function ShareUntil({ until }: { until: string | undefined }) {
  if (!until) return null
  return (
    <p className="who-looked-role">
      <Trans>
        Until <DateText date={until} />
      </Trans>
    </p>
  )
}
