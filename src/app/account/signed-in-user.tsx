import { Trans } from '@lingui/react/macro'
import { useDeviceState } from '#client/offline/device-state.ts'
import { useSession } from '#client/session/session.ts'
import { RoleName } from '#ui/text/role-name.tsx'
import { SessionWarning } from './session-warning.tsx'
import { SignOutButton } from './sign-out-button.tsx'

/** Who is signed in, and signing out. */
export function SignedInUser() {
  const { actor } = useSession()
  const embedded = useDeviceState((device) => device.state !== 'remote')
  if (!actor) return null
  return (
    <div className="gable-header__who">
      <span>
        <strong>{actor.name}</strong>
        {actor.role === 'person' ? null : (
          <>
            , <RoleName role={actor.role} />
          </>
        )}
        <span>
          {embedded ? (
            <Trans>Practice copy: fictional people</Trans>
          ) : (
            (actor.organisationName ?? '')
          )}
        </span>
      </span>
      <SignOutButton />
      {embedded ? null : <SessionWarning />}
    </div>
  )
}
