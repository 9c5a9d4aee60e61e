import { Trans } from '@lingui/react/macro'
import { queryOptions, useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { deviceReady } from '#client/offline/device-ready.ts'
import { useDeviceState } from '#client/offline/device-state.ts'
import { signInAs } from '#client/session/session.ts'
import { type DemoIdentity, signInDemoIdentities } from '#client/session/sign-in-ways.ts'
import { DeviceProgress } from '#features/parts/device-progress.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { RoleName } from '#ui/text/role-name.tsx'

const identitiesQuery = queryOptions({
  queryKey: ['identities'],
  queryFn: () => signInDemoIdentities(),
})

const groupOf = (identity: DemoIdentity) => {
  if (identity.role === 'person' || identity.role === 'carer') return 'home'
  return identity.role === 'manager' || identity.role === 'admin' ? 'office' : 'staff'
}

/** Fictional people to try, in groups. */
export function DemoIdentities() {
  const { data } = useSuspenseQuery(identitiesQuery)
  // the app follows the session to the page that was requested
  const signIn = useMutation({
    mutationFn: async (identity: string) => {
      await deviceReady()
      return await signInAs(identity)
    },
  })
  const isOpening = useDeviceState(({ state }) => state === 'starting' || state === 'busy')
  const groups = [
    { name: 'staff', title: <Trans>Staff</Trans> },
    { name: 'home', title: <Trans>The person and her carer</Trans> },
    { name: 'office', title: <Trans>Managing</Trans> },
  ]
  return (
    <>
      {signIn.isError ? (
        <Notice tone="danger" title={<Trans>You could not be signed in</Trans>}>
          <p>
            <Trans>Try again in a moment. Nothing was lost.</Trans>
          </p>
        </Notice>
      ) : null}
      {isOpening && signIn.isPending ? (
        <Notice
          tone="info"
          title={<Trans>You are signed in as soon as the records are open</Trans>}
        />
      ) : null}
      {groups.map((group) => (
        <section key={group.name}>
          <h2>{group.title}</h2>
          <ul className="gable-choices">
            {data
              .filter((identity) => groupOf(identity) === group.name)
              .map((identity) => (
                <li key={identity.identity}>
                  <button type="button" onClick={() => signIn.mutate(identity.identity)}>
                    <span aria-hidden="true">
                      <Avatar name={identity.name} voice={voiceOf(identity)} />
                    </span>
                    <span>
                      <strong>{identity.name}</strong>
                      <span>
                        <RoleName role={identity.role} />
                        {identity.organisationName ? `, ${identity.organisationName}` : ''}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      {isOpening ? (
        <div className="gable-opening">
          <DeviceProgress />
        </div>
      ) : null}
    </>
  )
}

function voiceOf(identity: DemoIdentity): 'person' | 'carer' | 'professional' {
  return identity.role === 'person' || identity.role === 'carer' ? identity.role : 'professional'
}
