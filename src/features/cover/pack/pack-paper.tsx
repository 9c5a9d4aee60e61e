import { Trans } from '@lingui/react/macro'
import { nowHere } from '#client/clock.ts'
import { useSession } from '#client/session/session.ts'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

export const PrintPack = () => (
  <Button variant="link" onClick={() => globalThis.print()}>
    <Trans>Print</Trans>
  </Button>
)

/** On paper only: that it is confidential, and who printed it and when. */
export function PackPaper() {
  const by = useSession(({ actor }) => actor?.name)
  return (
    <p className="cover-paper">
      <strong>
        <Trans>
          Confidential: about people’s health. Keep it with you, and shred it afterwards.
        </Trans>
      </strong>{' '}
      <Trans>
        Printed by {by}, <DateText date={nowHere()} withTime />.
      </Trans>
    </p>
  )
}
