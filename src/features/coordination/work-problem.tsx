import { Trans } from '@lingui/react/macro'
import { FhirError, type FhirErrorKind } from '#client/fhir/fhir-error.ts'
import { AlreadyAnswered } from '#domain/referral/referral.ts'
import { DeedNotPossible } from '#domain/task/task.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { ReferralStateWords, TaskStateWords } from './state-labels.tsx'

/** Why something was not done, and what stands now. What was typed is still there. */
export function WorkProblem({ failure }: { failure: unknown }) {
  if (!failure) return null
  return (
    <Notice tone="danger" title={<Trans>Not saved</Trans>}>
      <p>
        <Words failure={failure} />
      </p>
    </Notice>
  )
}

function Words({ failure }: { failure: unknown }) {
  if (failure instanceof DeedNotPossible) return <MovedOn failure={failure} />
  if (failure instanceof AlreadyAnswered)
    return (
      <Trans>
        It was answered in the meantime: <ReferralStateWords state={failure.state} />.
      </Trans>
    )
  return <KindWords kind={failure instanceof FhirError ? failure.kind : 'refused'} />
}

function KindWords({ kind }: { kind: FhirErrorKind }) {
  if (kind === 'offline' || kind === 'unreachable' || kind === 'broken')
    return (
      <Trans>The record could not be reached. Your words are kept on this device. Try again.</Trans>
    )
  if (kind === 'full')
    return (
      <Trans>
        There is no room left where the records are kept. Your words still stand here. Make room on
        this device, or tell whoever looks after Gable, then try again.
      </Trans>
    )
  if (kind === 'needs-network' || kind === 'not-along')
    return (
      <Trans>
        This cannot wait on the device: do it when there is a network. Your words are kept.
      </Trans>
    )
  if (kind === 'forbidden' || kind === 'missing')
    return <Trans>You may not do this here. Your words are kept on this device.</Trans>
  if (kind === 'stale')
    return <Trans>Somebody else is writing here right now. Try again in a moment.</Trans>
  return <Trans>The record did not take this. Your words are kept on this device.</Trans>
}

function MovedOn({ failure }: { failure: DeedNotPossible }) {
  return failure.owner ? (
    <Trans>
      Somebody was first. It is with {failure.owner} now: <TaskStateWords state={failure.state} />.
    </Trans>
  ) : (
    <Trans>
      Somebody was first. It stands like this now: <TaskStateWords state={failure.state} />.
    </Trans>
  )
}
