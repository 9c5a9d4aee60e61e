import { Trans } from '@lingui/react/macro'
import { Link } from 'react-router'
import { takeBackAssessment, takeBackDecision } from '#client/queries/social-care/take-back.ts'
import type { CarerDecision } from '#domain/carer/carer-assessment.ts'
import { ReasonButton } from '#features/parts/reason-button.tsx'

type Props = Readonly<{ person: string; decision: CarerDecision }>

/** What follows from a decision: the support plan; or it was an error, and is taken back with a reason. */
export function DecisionActs({ person, decision }: Props) {
  return (
    <div className="carer-form__bar">
      {decision.isEligible ? (
        <Link to={`/people/${person}/support-plan`}>
          <Trans>Support plan</Trans>
        </Link>
      ) : null}
      <ReasonButton
        draft={`take-back:${decision.id}`}
        variant="link"
        verb={<Trans>Take the decision back</Trans>}
        title={<Trans>This decision was an error</Trans>}
        label={
          <Trans>
            Why was it an error? The reason that was given stays, and the person reads both.
          </Trans>
        }
        run={(reason) => takeBackDecision(decision.id, reason)}
      />
    </div>
  )
}

/** An assessment that nobody decided on yet, and that should not be here. */
export function TakeBackAssessment({ assessment }: Readonly<{ assessment: string }>) {
  return (
    <ReasonButton
      draft={`take-back:${assessment}`}
      variant="link"
      verb={<Trans>Take the assessment back</Trans>}
      title={<Trans>This assessment was an error</Trans>}
      label={<Trans>Why is it taken back?</Trans>}
      run={(reason) => takeBackAssessment(assessment, reason)}
    />
  )
}
