import { Trans } from '@lingui/react/macro'
import { useSyncExternalStore } from 'react'
import { useAppUpdate, useDeviceState } from '#data/device-state.ts'
import { useLive } from '#data/live.ts'
import { useSession } from '#data/session.ts'
import { Button } from '#design/button.tsx'

function listen(changed: () => void): () => void {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}

/** What must be known wherever one is: no connection, records that will not stay, a newer app that waits. */
export function Strips() {
  const online = useSyncExternalStore(listen, () => navigator.onLine)
  const { storage, state } = useDeviceState()
  const update = useAppUpdate()
  const { live } = useLive()
  const isSignedIn = useSession((session) => session.actor !== undefined)
  return (
    <>
      {!online && state === 'remote' ? (
        <div className="gable-strip" role="status">
          <p>
            <Trans>
              There is no connection. You can read what is open; saving waits until it is back.
            </Trans>
          </p>
        </div>
      ) : null}
      {online && !live && isSignedIn ? (
        <div className="gable-strip" role="status">
          <p>
            <Trans>
              What others change is not shown at the moment. It will be, as soon as Gable answers
              again.
            </Trans>
          </p>
        </div>
      ) : null}
      {storage === 'memory' ? (
        <div className="gable-strip" role="status">
          <p>
            <Trans>This window keeps nothing: what you write is gone when it closes.</Trans>
          </p>
        </div>
      ) : null}
      {update.waiting ? (
        <div className="gable-strip" role="status">
          <p>
            <Trans>A newer version is ready.</Trans>{' '}
            <Button variant="link" onClick={update.takeOver}>
              <Trans>Load it now</Trans>
            </Button>
          </p>
        </div>
      ) : null}
    </>
  )
}
