import { Trans } from '@lingui/react/macro'
import type { Referral } from '#domain/referral/referral.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** Who answered a referral, and when; nothing while it waits. */
export function AnsweredBy({ referral: { answeredBy, answeredAt } }: { referral: Referral }) {
  if (!answeredBy || !answeredAt) return null
  return (
    <p className="gable-meta">
      <Trans>
        Answered by {answeredBy.name}, <DateText date={answeredAt} />
      </Trans>
    </p>
  )
}
