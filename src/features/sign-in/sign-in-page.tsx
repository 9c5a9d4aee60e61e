import { Trans, useLingui } from '@lingui/react/macro'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { type SignInWays, signInWays } from '#client/session/sign-in-ways.ts'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { DemoIdentities } from './demo-identities.tsx'
import { SignInNotice } from './sign-in-notice.tsx'

const waysQuery = queryOptions({ queryKey: ['ways-to-sign-in'], queryFn: waysOrAway })

/** Offline it is unknown how to sign in here, and that is no error. */
async function waysOrAway(): Promise<SignInWays | 'away'> {
  try {
    return await signInWays()
  } catch (error) {
    if (error instanceof FhirError && error.kind === 'offline') return 'away'
    throw error
  }
}

/** The sign-in page: the provider's button in a service, fictional people in a practice copy. */
export function SignInPage() {
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Ways />
    </Suspense>
  )
}

function Ways() {
  const { t } = useLingui()
  const { data, refetch } = useSuspenseQuery(waysQuery)
  if (data === 'away') return <NoNetwork again={() => void refetch()} />
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

/** A tab that was opened, or signed out, offline. */
function NoNetwork({ again }: { again: () => void }) {
  const { t } = useLingui()
  return (
    <>
      <PageHeading
        title={t`There is no internet connection`}
        lead={t`Nobody can sign in here until it is back.`}
      />
      <p>
        <Trans>
          Are you signed in in another tab of this browser? The people you downloaded, and what you
          wrote, are open there. Continue in that tab, or reload this one.
        </Trans>
      </p>
      <p>
        <Trans>
          Have you signed out, or closed that tab? Then you cannot open the people you downloaded
          here now. What you wrote is still locked on this device. It is sent when you sign in
          again.
        </Trans>
      </p>
      <Button variant="outline" onClick={again}>
        <Trans>Try again</Trans>
      </Button>
    </>
  )
}

function Practice() {
  return (
    <Trans>
      This is a practice copy for trying and training. Everyone in it is fictional. Never enter a
      real person’s details here.
    </Trans>
  )
}

/** Plain links: the browser leaves for the provider, and comes back to the page that was requested. */
function ProviderButtons({
  provider,
}: Readonly<{ provider: NonNullable<SignInWays['provider']> }>) {
  const [search] = useSearchParams()
  const target = search.get('to')
  const isAgain = search.get('problem') === 'again'
  const to = { ...(target ? { to: target } : {}), ...(isAgain ? { again: '1' } : {}) }
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
          <Trans>I look after someone: sign in as a carer</Trans>
        </a>
      </p>
    </section>
  )
}

function NoWay({ contact }: Readonly<{ contact: string | undefined }>) {
  return (
    <EmptyState title={<Trans>Nobody can sign in here yet</Trans>}>
      <p>
        {contact ?? (
          <Trans>Ask the person who runs this service to connect it to your accounts.</Trans>
        )}
      </p>
    </EmptyState>
  )
}
