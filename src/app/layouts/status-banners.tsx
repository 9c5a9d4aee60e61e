import { Trans } from '@lingui/react/macro'
import { useConnectionStatus } from '#client/fhir/connection-status.ts'
import { useAppUpdate, useDeviceState } from '#client/offline/device-state.ts'
import { useOffline } from '#client/offline/use-offline.ts'
import { useSession } from '#client/session/session.ts'
import { Button } from '#ui/layout/button.tsx'
import { OfflineBanner } from './offline-banner.tsx'

/** What must be known on every page: no connection, records that will not be kept, a newer app that is ready. */
export function StatusBanners() {
  const { storage, state, readOnly } = useDeviceState()
  const update = useAppUpdate()
  const { live } = useConnectionStatus()
  const isAway = useOffline((all) => all.isAway)
  const isSignedIn = useSession((session) => session.actor !== undefined)
  return (
    <>
      {state === 'remote' && isSignedIn ? <OfflineBanner /> : null}
      {!isAway && !live && isSignedIn ? (
        <div className="gable-strip" role="status">
          <p>
            <Trans>
              You cannot see other people’s changes at the moment. You will see them when the
              connection is back.
            </Trans>
          </p>
        </div>
      ) : null}
      {storage === 'memory' ? (
        <div className="gable-strip" role="status">
          <p>
            <Trans>
              This window does not save anything: what you write is lost when you close it.
            </Trans>
          </p>
        </div>
      ) : null}
      {readOnly ? (
        <div className="gable-strip" role="status">
          <p>
            <Trans>
              There is no storage space left on this device. You can read what was saved before, but
              you cannot save anything until there is space again.
            </Trans>
          </p>
        </div>
      ) : null}
      {update.waiting ? (
        <div className="gable-strip" role="status">
          <p>
            <Trans>A newer version is ready.</Trans>{' '}
            <Button variant="link" onClick={update.takeOver}>
              <Trans>Update now</Trans>
            </Button>
          </p>
        </div>
      ) : null}
    </>
  )
}
