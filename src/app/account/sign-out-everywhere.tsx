import { Plural, Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { discardQueue, useOffline } from '#client/offline/use-offline.ts'
import { isRemote, signOutEverywhere } from '#client/session/session.ts'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { signOutAndLeave } from './sign-out-and-leave.ts'

/** For a device left behind or lost: ends every session of this identity, including this one. */
export function SignOutEverywhere() {
  const [asking, setAsking] = useState(false)
  const count = useOffline((all) => all.waiting.length)
  if (!isRemote()) return null
  const leave = () => signOutAndLeave(signOutEverywhere)
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
            <Button variant={count > 0 ? 'filled' : 'danger'} onClick={() => void leave()}>
              {count > 0 ? (
                <Trans>Keep them and sign out on every device</Trans>
              ) : (
                <Trans>Sign out on every device</Trans>
              )}
            </Button>
            {count > 0 ? (
              <Button variant="danger" onClick={() => void discardQueue().then(leave)}>
                <Trans>Delete them and sign out on every device</Trans>
              </Button>
            ) : null}
            <Button variant="outline" onClick={stop}>
              <Trans>Stay signed in</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            You will be signed out here and on every other computer, tablet and phone straight away.
            Use this if you have left a device somewhere.
          </Trans>
        </p>
        {count > 0 ? <Unsent count={count} /> : null}
        <p>
          <Trans>
            What you typed and did not save is kept on this device. Only you can see it, when you
            sign in here again.
          </Trans>
        </p>
      </Dialog>
    </>
  )
}

/** What is only on this device; changes that wait on another device stay there, encrypted, in the same way. */
function Unsent({ count }: { count: number }) {
  return (
    <p>
      <strong>
        <Plural value={count} one="# change was not sent." other="# changes were not sent." />
      </strong>{' '}
      <Trans>
        If you keep them, they stay on this device. They are locked: nobody can read them. They are
        sent when you sign in here again within 30 days. With no internet, the other devices are
        signed out as soon as this one is back online.
      </Trans>
    </p>
  )
}
