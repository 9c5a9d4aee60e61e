import { Trans } from '@lingui/react/macro'
import { nowHere } from '#client/clock.ts'
import { useSession } from '#client/session/session.ts'
import { DateText } from '#ui/text/date-text.tsx'

/** On paper only: that it is confidential, who printed it and when, and that people may be missing. */
export function PrintHead({ shown, total }: Readonly<{ shown: number; total: number }>) {
  const by = useSession(({ actor }) => actor?.name)
  return (
    <p className="caseload__paper">
      <strong>
        <Trans>
          Confidential: about people’s health. Keep it with you, and shred it afterwards.
        </Trans>
      </strong>{' '}
      <Trans>
        {shown} of {total} people. Printed by {by}, <DateText date={nowHere()} withTime />.
      </Trans>
      {shown < total ? (
        <>
          {' '}
          <strong>
            <Trans>
              {total - shown} people are missing on this paper. “Print this list” prints up to
              1,000: choose fewer with the filters.
            </Trans>
          </strong>
        </>
      ) : null}
    </p>
  )
}
