import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { TaskActionNotPossible } from '#domain/task/task.ts'
import { Notice } from '#ui/feedback/notice.tsx'

/** Why nothing was done, and that what was typed is still there. */
export function HandOverProblem({ failure }: { failure: unknown }) {
  if (!failure) return null
  return (
    <Notice tone="danger" title={<Trans>Nothing was changed</Trans>}>
      <p>
        <Words failure={failure} />
      </p>
    </Notice>
  )
}

function Words({ failure }: { failure: unknown }) {
  if (failure instanceof TaskActionNotPossible)
    return <Trans>Someone has already answered or withdrawn this. Open it again.</Trans>
  const kind = failure instanceof FhirError ? failure.kind : 'broken'
  if (kind === 'needs-network' || kind === 'not-downloaded' || kind === 'offline')
    return (
      <Trans>
        You need an internet connection to change who can see a record. What you wrote is kept on
        this device.
      </Trans>
    )
  if (kind === 'forbidden' || kind === 'missing')
    return (
      <Trans>
        Your practice is not allowed to do this, or no longer is. What you wrote is kept on this
        device.
      </Trans>
    )
  if (kind === 'stale') return <Trans>Someone else has just changed this record. Try again.</Trans>
  return (
    <Trans>We could not reach the service. What you wrote is kept on this device. Try again.</Trans>
  )
}
