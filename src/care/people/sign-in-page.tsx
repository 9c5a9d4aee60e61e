import { Trans, useLingui } from '@lingui/react/macro'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { type SignInWays, signInWays } from '#data/session/session.ts'
import { Missing } from '#design/missing.tsx'
import { PageHeading } from '#design/page-heading.tsx'
import { Skeleton } from '#design/skeleton.tsx'
import { DemoIdentities } from './demo-identities.tsx'
import { SignInNotice } from './sign-in-notice.tsx'

const waysQuery = queryOptions({ queryKey: ['ways-to-sign-in'], queryFn: () => signInWays() })

/** The door: the provider's button in a service, invented people in a practice copy. */
export function SignInPage() {
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Ways />
    </Suspense>
  )
}

function Ways() {
  const { t } = useLingui()
  const { data } = useSuspenseQuery(waysQuery)
  const { provider, demo, contact } = data
  if (!provider && demo) {
    return (
      <>
        <PageHeading title={t`Who would you like to be?`} lead={<Practice />} />
        <SignInNotice contact={contact} />
        <DemoIdentities />
      </>
    )
  }
  return (
    <>
      <PageHeading
        title={t`Sign in`}
        lead={<Trans>One plan, written by a person and everyone who helps.</Trans>}
      />
      <SignInNotice contact={contact} />
      {provider ? <ProviderButtons provider={provider} /> : <NoWay contact={contact} />}
      {demo ? (
        <section>
          <h2>
            <Trans>Or try it out</Trans>
          </h2>
          <p>
            <Practice />
          </p>
          <DemoIdentities />
        </section>
      ) : null}
    </>
  )
}

function Practice() {
  return (
    <Trans>
      This is a practice copy for trying and training. Everyone in it is invented: never put a real
      person’s details here.
    </Trans>
  )
}

/** Plain links: the browser leaves for the provider, and comes back to the page that was asked for. */
function ProviderButtons({
  provider,
}: Readonly<{ provider: NonNullable<SignInWays['provider']> }>) {
  const [search] = useSearchParams()
  const asked = search.get('to')
  const to = asked ? { to: asked } : undefined
  return (
    <section className="gable-door">
      <p>
        <a
          className="gable-button gable-button--filled"
          href={`/auth/sign-in?${new URLSearchParams(to)}`}
        >
          <Trans>Sign in with your {provider.label}</Trans>
        </a>
      </p>
      <p>
        <a href={`/auth/sign-in?${new URLSearchParams({ ...to, as: 'carer' })}`}>
          <Trans>I look after somebody: sign in as a carer</Trans>
        </a>
      </p>
    </section>
  )
}

function NoWay({ contact }: Readonly<{ contact: string | undefined }>) {
  return (
    <Missing title={<Trans>Nobody can sign in here yet</Trans>}>
      <p>
        {contact ?? <Trans>Ask whoever runs this service to connect it to your accounts.</Trans>}
      </p>
    </Missing>
  )
}
