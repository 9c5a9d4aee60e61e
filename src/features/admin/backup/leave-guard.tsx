import { Trans, useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useSession } from '#client/session/session.ts'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

/** During a restore the user is asked before leaving the page. */
export function LeaveGuard({ going }: Readonly<{ going: boolean }>) {
  const { t } = useLingui()
  // a user whose session has ended has left already
  const blocker = useBlocker(() => going && useSession.getState().actor !== undefined)
  useEffect(() => {
    if (!going) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [going])
  const stay = () => blocker.reset?.()
  return (
    <Dialog
      title={t`Leave while a backup is being restored?`}
      open={blocker.state === 'blocked'}
      onClose={stay}
      actions={
        <>
          <Button onClick={stay}>
            <Trans>Stay here</Trans>
          </Button>
          <Button variant="link" onClick={() => blocker.proceed?.()}>
            <Trans>Leave</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          It continues while Gable is open, but you will not see how it ended. Until all of it is
          restored, everything stays as it was.
        </Trans>
      </p>
    </Dialog>
  )
}
