import { Trans, useLingui } from '@lingui/react/macro'
import { queryOptions, useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { type DemoIdentity, demoIdentities, signInAs } from '#data/session.ts'
import { Avatar } from '#design/avatar.tsx'
import { Missing } from '#design/missing.tsx'
import { Notice } from '#design/notice.tsx'
import { PageHeading } from '#design/page-heading.tsx'
import { RoleName } from '#design/role-name.tsx'
import { Skeleton } from '#design/skeleton.tsx'

const identitiesQuery = queryOptions({ queryKey: ['identities'], queryFn: () => demoIdentities() })

const groupOf = (identity: DemoIdentity) => {
  if (identity.role === 'person' || identity.role === 'carer') return 'home'
  return identity.role === 'manager' || identity.role === 'admin' ? 'office' : 'staff'
}

/** Who would you like to be? For trying and training, with invented people. */
export function SignInPage() {
  const { t } = useLingui()
  return (
    <main className="gable-main" id="content">
      <PageHeading
        title={t`Who would you like to be?`}
        lead={
          <Trans>
            This is a practice copy for trying and training. Everyone in it is invented: never put a
            real person’s details here.
          </Trans>
        }
      />
      <Suspense fallback={<Skeleton lines={8} />}>
        <Identities />
      </Suspense>
    </main>
  )
}

function Identities() {
  const { data } = useSuspenseQuery(identitiesQuery)
  const navigate = useNavigate()
  // names the page that was asked for before anybody had signed in
  const [search] = useSearchParams()
  const signIn = useMutation({
    mutationFn: signInAs,
    onSuccess: () => navigate(`/?${search}`, { replace: true }),
  })
  if (data.length === 0) {
    return (
      <Missing title={<Trans>Nobody can be tried out here</Trans>}>
        <p>
          <Trans>
            This server has no demonstration identities. Ask whoever runs it how to sign in.
          </Trans>
        </p>
      </Missing>
    )
  }
  const groups = [
    { name: 'staff', title: <Trans>Staff</Trans> },
    { name: 'home', title: <Trans>The person and her carer</Trans> },
    { name: 'office', title: <Trans>Managing</Trans> },
  ]
  return (
    <>
      {signIn.isError ? (
        <Notice tone="danger" title={<Trans>Signing in did not work</Trans>}>
          <p>
            <Trans>Try again in a moment. Nothing was lost.</Trans>
          </p>
        </Notice>
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
    </>
  )
}

function voiceOf(identity: DemoIdentity): 'person' | 'carer' | 'professional' {
  return identity.role === 'person' || identity.role === 'carer' ? identity.role : 'professional'
}
