import { Plural, Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { discardQueue, useOffline } from '#client/offline/use-offline.ts'
import { signOut } from '#client/session/session.ts'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { signOutAndLeave } from './sign-out-and-leave.ts'

/** Signs out. Asks first if something on this device was never sent. */
export function SignOutButton() {
  const count = useOffline((all) => all.waiting.length)
  const [isAsking, setAsking] = useState(false)
  const leave = () => signOutAndLeave(signOut)
  return (
    <>
      <Button variant="link" onClick={() => (count > 0 ? setAsking(true) : void leave())}>
        <Trans>Sign out</Trans>
      </Button>
      <Dialog
        title={<Plural value={count} one="# change was not sent" other="# changes were not sent" />}
        open={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onClick={() => void leave()}>
              <Trans>Sign out and keep them</Trans>
            </Button>
            <Button variant="danger" onClick={() => void discardQueue().then(leave)}>
              <Trans>Delete them and sign out</Trans>
            </Button>
            <Button variant="outline" onClick={() => setAsking(false)}>
              <Trans>Stay signed in</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>
            If you keep them, they stay on this device. They are locked: nobody can read them. They
            are sent when you sign in here again within 30 days. The records you downloaded are
            removed now.
          </Trans>
        </p>
      </Dialog>
    </>
  )
}
