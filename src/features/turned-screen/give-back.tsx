import { Trans } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { signInAs } from '#client/session/session.ts'
import { signInWays } from '#client/session/sign-in-ways.ts'
import { type TurnedScreen, turnedPath } from '#client/session/turned-screen.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'
import { forgetKept, useAnswerState } from './kept-answer.ts'

/** The way out: the professional signs in again, as this service has it. */
export function GiveBack(props: Readonly<{ turned: TurnedScreen; onStay: () => void }>) {
  const { turned, onStay } = props
  const { name } = turned.by
  const state = useAnswerState(turned)
  const waits = state === 'waiting' || state === 'sending'
  return (
    <>
      <h1 tabIndex={-1}>
        <Trans>Please give the tablet back to {name}</Trans>
      </h1>
      <p>
        <Trans>{name}: sign in again to go on working.</Trans>
      </p>
      {waits ? (
        <p>
          <Trans>
            The answer has not been sent yet. Wait for a connection before you sign in, or ask for
            the answer again afterwards.
          </Trans>
        </p>
      ) : null}
      <SignInAgain turned={turned} />
      <p className="turned__end">
        <Button variant="link" onClick={onStay}>
          <Trans>Go on reading</Trans>
        </Button>
      </p>
    </>
  )
}

function SignInAgain({ turned }: Readonly<{ turned: TurnedScreen }>) {
  const { data, isError, refetch } = useQuery({
    queryKey: ['ways-to-sign-in-again'],
    queryFn: () => signInWays(),
    retry: false,
  })
  const signIn = useMutation({
    mutationFn: () => signInAs(turned.by.identity),
    onSuccess: forgetKept,
  })
  const to = turnedPath(turned).replace(/\/turned$/, '')
  if (isError)
    return (
      <>
        <p>
          <Trans>There is no connection. Nobody can sign in until it is back.</Trans>
        </p>
        <Button variant="outline" onClick={() => void refetch()}>
          <Trans>Try again</Trans>
        </Button>
      </>
    )
  if (!data) return null
  return (
    <div className="turned__ways">
      {signIn.isError ? (
        <Notice tone="danger" title={<Trans>You could not be signed in</Trans>}>
          <p>
            <Trans>Try again in a moment. Nothing was lost.</Trans>
          </p>
        </Notice>
      ) : null}
      {data.provider ? (
        <a
          className="gable-button gable-button--filled"
          href={`/auth/sign-in?${new URLSearchParams({ to, again: '1' })}`}
        >
          <Trans>Sign in with your {data.provider.label}</Trans>
        </a>
      ) : null}
      {data.demo ? (
        <Button
          variant={data.provider ? 'outline' : 'filled'}
          pending={signIn.isPending}
          onClick={() => signIn.mutate()}
        >
          <Trans>I am {turned.by.name}: sign in</Trans>
        </Button>
      ) : null}
    </div>
  )
}
