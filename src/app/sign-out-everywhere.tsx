import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { isRemote, signOutEverywhere } from '#data/session/session.ts'
import { Button } from '#design/button.tsx'
import { Dialog } from '#design/dialog.tsx'

/** For a device left behind or lost: ends every session of this identity, this one too. */
export function SignOutEverywhere() {
  const [asking, setAsking] = useState(false)
  if (!isRemote()) return null
  const stop = () => setAsking(false)
  return (
    <>
      <Button variant="link" onClick={() => setAsking(true)}>
        <Trans>Sign out everywhere</Trans>
      </Button>
      <Dialog
        title={<Trans>Sign out everywhere?</Trans>}
        open={asking}
        onClose={stop}
        actions={
          <>
            <Button variant="danger" onClick={() => void signOutEverywhere()}>
              <Trans>Sign out on every device</Trans>
            </Button>
            <Button variant="outline" onClick={stop}>
              <Trans>Stay signed in</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            You will be signed out here and on every other computer, tablet and phone, at once. Use
            this when you have left a device somewhere.
          </Trans>
        </p>
      </Dialog>
    </>
  )
}
