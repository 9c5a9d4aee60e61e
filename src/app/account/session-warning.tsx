import { Plural, Trans } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { signOut } from '#client/session/session.ts'
import { staySignedIn, useSessionTimeoutWarning } from '#client/session/session-timeout.ts'
import { spokenSeconds } from '#domain/access/session-limits.ts'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

/** Two minutes before the session ends: continue, or know that it will end. What was typed is kept in both cases. */
export function SessionWarning() {
  const { warning } = useSessionTimeoutWarning()
  const [known, setKnown] = useState(0)
  if (!warning || warning.at === known) return null
  if (warning.why === 'absolute') {
    return <LastWarning at={warning.at} onClose={() => setKnown(warning.at)} />
  }
  const stay = () => void staySignedIn()
  return (
    <Dialog
      urgent
      open
      title={<Trans>Are you still there?</Trans>}
      onClose={stay}
      actions={
        <>
          <Button autoFocus onClick={stay}>
            <Trans>Stay signed in</Trans>
          </Button>
          <Button variant="outline" onClick={() => void signOut()}>
            <Trans>Sign out</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          You have not done anything here for a while. To keep people’s records safe, you will be
          signed out.
        </Trans>
      </p>
      <CountDown at={warning.at} />
      <p>
        <Trans>What you typed is kept either way.</Trans>
      </p>
    </Dialog>
  )
}

/** Twelve hours are the maximum: it cannot be postponed. */
function LastWarning({ at, onClose }: Readonly<{ at: number; onClose: () => void }>) {
  return (
    <Dialog
      urgent
      open
      title={<Trans>You have been signed in for 12 hours</Trans>}
      onClose={onClose}
      actions={
        <Button autoFocus onClick={onClose}>
          <Trans>Continue until then</Trans>
        </Button>
      }
    >
      <p>
        <Trans>
          That is the longest time allowed. You will need to sign in again, and then return to this
          page.
        </Trans>
      </p>
      <CountDown at={at} />
      <p>
        <Trans>What you typed is kept.</Trans>
      </p>
    </Dialog>
  )
}

/** Shown by the second; announced from time to time. */
function CountDown({ at }: Readonly<{ at: number }>) {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const beat = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(beat)
  }, [])
  const left = Math.max(0, at - now)
  const spoken = spokenSeconds(left)
  const seconds = Math.ceil(left / 1_000)
  return (
    <>
      <p className="gable-countdown" aria-hidden="true">
        <Trans>
          Time left: {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
        </Trans>
      </p>
      <p className="nhsuk-u-visually-hidden" role="status">
        <Plural value={spoken} one="# second left" other="# seconds left" />
      </p>
    </>
  )
}
