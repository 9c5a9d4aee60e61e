import { Trans } from '@lingui/react/macro'
import type { SaveProblem } from '#client/forms/use-record-form.ts'
import { Notice } from '#ui/feedback/notice.tsx'

/** What went wrong with a save, and that nothing typed is lost. */
export function SaveProblemNote({ problem }: { problem: SaveProblem | undefined }) {
  if (!problem) return null
  return (
    <div role="alert">
      <Notice tone="danger" title={<Trans>Not saved yet</Trans>}>
        <p>
          <ProblemWords problem={problem} />
        </p>
      </Notice>
    </div>
  )
}

function ProblemWords({ problem }: { problem: SaveProblem }) {
  switch (problem) {
    case 'unreachable':
      return (
        <Trans>
          The record could not be reached. Your words are kept on this device. Try again.
        </Trans>
      )
    case 'full':
      return (
        <Trans>
          There is no room left where the records are kept. Your words still stand here. Make room
          on this device, or tell whoever looks after Gable, then save again.
        </Trans>
      )
    case 'needs-network':
      return (
        <Trans>
          This cannot wait on the device: do it when there is a network. Your words are kept.
        </Trans>
      )
    case 'not-allowed':
      return <Trans>You may not write here. Your words are kept on this device.</Trans>
    case 'moved-on':
      return <Trans>The plan has just been changed. Please look at it again.</Trans>
    case 'refused':
      return <Trans>The record did not take this. Your words are kept on this device.</Trans>
  }
}
