import { Trans } from '@lingui/react/macro'
import { type CarerDecision, differsFromAnswers } from '#domain/carer/carer-assessment.ts'

/** Says of a decision that it is not what the answers came to; the reason stands below. */
export function DecidedOtherwise({ decision }: Readonly<{ decision: CarerDecision }>) {
  if (!differsFromAnswers(decision)) return null
  const { workedOut } = decision
  return (
    <p className="carer-note">
      {workedOut === 'meets' ? (
        <Trans>The answers met all three conditions. The decision is still no, because:</Trans>
      ) : null}
      {workedOut === 'does-not-meet' ? (
        <Trans>
          The answers did not meet all three conditions. The decision is still yes, because:
        </Trans>
      ) : null}
      {workedOut === 'cannot-say' ? (
        <Trans>The answers were not enough to say. It was decided all the same because:</Trans>
      ) : null}
    </p>
  )
}
