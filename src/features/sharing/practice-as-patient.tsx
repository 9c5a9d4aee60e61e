import { Trans } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useDeviceState } from '#client/offline/device-state.ts'
import { signInAsPerson } from '#client/session/session.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { Button } from '#ui/layout/button.tsx'

/** In a practice copy: see the pages that the person would see. */
export function PracticeAsPatient({ person, name }: Readonly<{ person: string; name: string }>) {
  const isPractice = useDeviceState((device) => device.state !== 'remote')
  const signIn = useMutation({ mutationFn: () => signInAsPerson(person) })
  if (!isPractice) return null
  return (
    <section>
      <h2>
        <Trans>Try it as {name}</Trans>
      </h2>
      <p>
        <Trans>
          This is a practice copy. You can sign in as {name} and see the plan as the person sees it.
        </Trans>
      </p>
      {signIn.isError ? (
        <Notice tone="danger" title={<Trans>You could not be signed in. Try again.</Trans>} />
      ) : null}
      <Button variant="outline" pending={signIn.isPending} onClick={() => signIn.mutate()}>
        <Trans>Sign in as {name}</Trans>
      </Button>
    </section>
  )
}
