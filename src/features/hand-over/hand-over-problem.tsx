import { Trans } from '@lingui/react/macro'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { DeedNotPossible } from '#domain/task/task.ts'
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
  if (failure instanceof DeedNotPossible)
    return (
      <Trans>Somebody has answered this or taken it back in the meantime. Open it again.</Trans>
    )
  const kind = failure instanceof FhirError ? failure.kind : 'broken'
  if (kind === 'needs-network' || kind === 'not-along' || kind === 'offline')
    return (
      <Trans>
        Who can see a record is changed only with a network. Your words are kept on this device.
      </Trans>
    )
  if (kind === 'forbidden' || kind === 'missing')
    return (
      <Trans>
        Your practice may not do this, or no longer. Your words are kept on this device.
      </Trans>
    )
  if (kind === 'stale') return <Trans>Somebody else changed this record. Try again.</Trans>
  return (
    <Trans>The record could not be reached. Your words are kept on this device. Try again.</Trans>
  )
}
