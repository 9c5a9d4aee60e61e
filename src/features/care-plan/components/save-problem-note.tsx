import { Trans } from '@lingui/react/macro'
import type { SaveProblem } from '#client/forms/use-record-form.ts'
import { NotSavedYet } from '#features/parts/save-note.tsx'

/** What went wrong with a save, and that nothing typed is lost. */
export function SaveProblemNote({ problem }: { problem: SaveProblem | undefined }) {
  if (!problem) return null
  return (
    <NotSavedYet>
      <ProblemWords problem={problem} />
    </NotSavedYet>
  )
}

function ProblemWords({ problem }: { problem: SaveProblem }) {
  switch (problem) {
    case 'unreachable':
      return (
        <Trans>
          We could not reach the service. What you wrote is kept on this device. Try again.
        </Trans>
      )
    case 'full':
      return (
        <Trans>
          There is no storage space left for records. What you wrote is still on this page. Free up
          space on this device, or tell the person who manages Gable, then save again.
        </Trans>
      )
    case 'needs-network':
      return (
        <Trans>
          This needs an internet connection. What you wrote is kept. Try again when you are
          connected.
        </Trans>
      )
    case 'not-allowed':
      return (
        <Trans>You are not allowed to change this. What you wrote is kept on this device.</Trans>
      )
    case 'moved-on':
      return <Trans>Someone has just changed the plan. Please look at it again.</Trans>
    case 'refused':
      return <Trans>The service did not accept this. What you wrote is kept on this device.</Trans>
  }
}
