import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { Notice } from '#ui/feedback/notice.tsx'

type Words = Readonly<{ title: ReactNode; words: ReactNode; tone?: 'info' }>

const draftsAreKept = (
  <Trans>What you typed is kept. After you sign in you return to the page you were on.</Trans>
)

/** Why a session ended. */
const endings: Readonly<Record<string, Words>> = {
  idle: {
    tone: 'info',
    title: <Trans>You were signed out because you did nothing for 30 minutes</Trans>,
    words: draftsAreKept,
  },
  absolute: {
    tone: 'info',
    title: <Trans>You were signed out after 12 hours, the longest time allowed</Trans>,
    words: draftsAreKept,
  },
  ended: { tone: 'info', title: <Trans>You have been signed out</Trans>, words: draftsAreKept },
}

/** Why signing in failed. Nothing has been created or changed in any of these. */
const problems: Readonly<Record<string, Words>> = {
  'provider-down': {
    title: <Trans>The sign-in service is not answering</Trans>,
    words: <Trans>Your records are safe. Try again in a few minutes.</Trans>,
  },
  refused: {
    title: <Trans>Signing in was cancelled</Trans>,
    words: <Trans>Nothing has changed. You can try again at any time.</Trans>,
  },
  expired: {
    title: <Trans>That took too long, or the page was opened twice</Trans>,
    words: (
      <Trans>For your safety each sign-in works once and for 10 minutes. Please start again.</Trans>
    ),
  },
  'not-trusted': {
    title: <Trans>We could not trust the answer from the sign-in service</Trans>,
    words: (
      <Trans>
        Nobody was signed in. Try again. If it happens again, tell the person who manages this
        service.
      </Trans>
    ),
  },
  again: {
    title: <Trans>Sign in again with your password</Trans>,
    words: (
      <Trans>
        You turned a screen to somebody. Until you sign in again, it shows only their plan.
      </Trans>
    ),
  },
  'no-identity': {
    title: <Trans>Your account does not say who you are</Trans>,
    words: <Trans>It has no staff number or NHS number.</Trans>,
  },
  'not-verified': {
    title: <Trans>You need to prove who you are first</Trans>,
    words: (
      <Trans>
        We only show records when your account has confirmed that the NHS number is yours. Prove
        your identity in your account, then sign in again.
      </Trans>
    ),
  },
  'no-record': {
    title: <Trans>We cannot find you here</Trans>,
    words: (
      <Trans>
        You are signed in to your account, but no record in this service has your number. We have
        not created anything for you.
      </Trans>
    ),
  },
  'several-records': {
    title: <Trans>More than one record has your number</Trans>,
    words: (
      <Trans>For safety, nobody can sign in with it until the records have been corrected.</Trans>
    ),
  },
  'no-role': {
    title: <Trans>You have no role here at the moment</Trans>,
    words: (
      <Trans>
        Your role at this organisation has ended, has not started, or has not been entered yet.
      </Trans>
    ),
  },
  'several-roles': {
    title: <Trans>You work for several organisations</Trans>,
    words: <Trans>Choose in your account which one you are working for, then sign in again.</Trans>,
  },
}

const passing: readonly (string | null)[] = ['refused', 'expired', 'provider-down', 'again']

/** Says why somebody is on the sign-in page, if that needs saying, and who to contact. */
export function SignInNotice({ contact }: Readonly<{ contact: string | undefined }>) {
  const [search] = useSearchParams()
  const problem = search.get('problem')
  const found = problems[problem ?? ''] ?? endings[search.get('ended') ?? '']
  if (!found) return null
  const isForSomebody = found.tone !== 'info' && !passing.includes(problem)
  return (
    <Notice tone={found.tone ?? 'warning'} title={found.title}>
      <p>{found.words}</p>
      {isForSomebody ? (
        <p>
          {contact ?? (
            <Trans>
              Ask the person in your organisation who manages this service, or your practice.
            </Trans>
          )}
        </p>
      ) : null}
    </Notice>
  )
}
