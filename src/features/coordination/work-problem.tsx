import { Trans } from '@lingui/react/macro'
import { FhirError, type FhirErrorKind } from '#client/fhir/fhir-error.ts'
import { AlreadyTakenOn } from '#client/queries/care-plan/case.ts'
import { AlreadyAnswered } from '#domain/referral/referral.ts'
import { TaskActionNotPossible } from '#domain/task/task.ts'
import { Notice } from '#ui/feedback/notice.tsx'
import { ReferralStateLabels, TaskStateLabels } from './state-labels.tsx'

/** Why something was not done, and the current state. What was typed is still there. */
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
  if (failure instanceof TaskActionNotPossible) return <MovedOn failure={failure} />
  if (failure instanceof AlreadyAnswered)
    return (
      <Trans>
        Someone has already answered it: <ReferralStateLabels state={failure.state} />.
      </Trans>
    )
  if (failure instanceof AlreadyTakenOn)
    return failure.coordinator ? (
      <Trans>Already on the caseload of {failure.coordinator}.</Trans>
    ) : (
      <Trans>Already on a caseload.</Trans>
    )
  // the rule that refused it, in the words of the service
  if (failure instanceof FhirError && saysWhy(failure)) return <>{failure.message}.</>
  return <KindWords kind={failure instanceof FhirError ? failure.kind : 'refused'} />
}

const saysWhy = ({ status }: FhirError) => status === 409 || status === 422

function KindWords({ kind }: { kind: FhirErrorKind }) {
  if (kind === 'offline' || kind === 'unreachable' || kind === 'broken')
    return (
      <Trans>
        We could not reach the service. What you wrote is kept on this device. Try again.
      </Trans>
    )
  if (kind === 'full')
    return (
      <Trans>
        There is no storage space left for records. What you wrote is still on this page. Free up
        space on this device, or tell the person who manages Gable, then try again.
      </Trans>
    )
  if (kind === 'needs-network' || kind === 'not-downloaded')
    return (
      <Trans>
        This needs an internet connection. What you wrote is kept. Try again when you are connected.
      </Trans>
    )
  if (kind === 'forbidden' || kind === 'missing')
    return (
      <Trans>You are not allowed to do this here. What you wrote is kept on this device.</Trans>
    )
  if (kind === 'stale')
    return <Trans>Someone else is saving a change here right now. Try again in a moment.</Trans>
  return <Trans>The service did not accept this. What you wrote is kept on this device.</Trans>
}

function MovedOn({ failure }: { failure: TaskActionNotPossible }) {
  return failure.owner ? (
    <Trans>
      Someone else was first. {failure.owner} has it now: <TaskStateLabels state={failure.state} />.
    </Trans>
  ) : (
    <Trans>
      Someone else was first. It is now: <TaskStateLabels state={failure.state} />.
    </Trans>
  )
}
