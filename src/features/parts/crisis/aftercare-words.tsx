import { Trans } from '@lingui/react/macro'
import type { Aftercare } from '#domain/plan/crisis/aftercare.ts'
import type { Who } from '#domain/plan/plan.ts'
import { DateText } from '#ui/text/date-text.tsx'

type Props = Readonly<{ aftercare: Aftercare; me: Who; givenName: string }>

/** Section 117 aftercare, for the person in plain words. */
export function AftercareWords({ aftercare, me, givenName }: Props) {
  const { since, authority, board, what, reviewedOn, endedOn } = aftercare
  const isOwn = me.voice === 'person'
  return (
    <>
      <p>
        {isOwn ? (
          <Trans>
            The law says that you get free help after your stay in hospital. This began on{' '}
            <DateText date={since} />.
          </Trans>
        ) : (
          <Trans>
            {givenName} has a right to aftercare under section 117 since <DateText date={since} />.
          </Trans>
        )}
      </p>
      <p>
        <Trans>
          {authority} and {board} must give it.
        </Trans>
      </p>
      {what ? <p>{what}</p> : null}
      <p>
        {reviewedOn ? (
          <Trans>
            Last looked at on <DateText date={reviewedOn} />.
          </Trans>
        ) : (
          <Trans>Nobody has looked at it again yet.</Trans>
        )}
      </p>
      {endedOn ? (
        <p>
          <Trans>
            It ended on <DateText date={endedOn} />.
          </Trans>
        </p>
      ) : isOwn ? (
        <p>
          <Trans>It goes on until both say that you do not need it any more.</Trans>
        </p>
      ) : null}
    </>
  )
}
