import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'

/** Leaves a message that is being written. Words that were typed are thrown away only if somebody says so. */
export function CancelWriting({
  hasTyped,
  onThrowAway,
  onLeave,
}: Readonly<{
  hasTyped: boolean
  onThrowAway: () => void
  /** closes the form and keeps the words for later; absent: the form stands there always */
  onLeave?: (() => void) | undefined
}>) {
  const [asking, setAsking] = useState(false)
  if (!hasTyped && !onLeave) return null
  const close = () => setAsking(false)
  const leave = (how: () => void) => () => {
    close()
    how()
  }
  return (
    <>
      <Button variant="link" onClick={() => (hasTyped ? setAsking(true) : onLeave?.())}>
        <Trans>Cancel</Trans>
      </Button>
      <Dialog
        title={<Trans>You have not sent this message</Trans>}
        open={asking}
        onClose={close}
        actions={
          <>
            {onLeave ? (
              <Button onClick={leave(onLeave)}>
                <Trans>Keep it for later</Trans>
              </Button>
            ) : null}
            <Button variant="danger" onClick={leave(onThrowAway)}>
              <Trans>Throw it away</Trans>
            </Button>
            <Button variant="link" onClick={close}>
              <Trans>Go on writing</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>Nobody else can read it. It is kept on this device until you decide.</Trans>
        </p>
      </Dialog>
    </>
  )
}
