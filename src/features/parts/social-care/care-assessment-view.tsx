import { Trans, useLingui } from '@lingui/react/macro'
import type { CarerDecision } from '#domain/carer/carer-assessment.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import type { CareAssessment } from '#domain/social-care/care-assessment.ts'
import {
  type AdultOutcome,
  adultOutcomes,
  isUnable,
} from '#domain/social-care/needs/adult-outcomes.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useAdultOutcomeWords, useAdultStates } from './adult-outcome-words.ts'
import { DecidedOtherwise } from './decided-otherwise.tsx'

/** An assessment as it was written; each answer that somebody else gave says who and when. */
export function CareAssessmentView({ assessment }: Readonly<{ assessment: CareAssessment }>) {
  const { t } = useLingui()
  const said = [
    ['days', t`A good day, and a bad day`, assessment.days],
    ['helps', t`Who and what helps already`, assessment.helps],
    ['wants', t`What is wanted in life`, assessment.wants],
  ] as const
  return (
    <div className="carer-shown">
      <p className="carer-note">
        <Trans>
          {assessment.by?.name ?? ''}, <DateText date={assessment.at} />
        </Trans>
      </p>
      {said.map(([linkId, label, text]) =>
        text ? (
          <div key={linkId}>
            <p className="carer-label">{label}</p>
            <p className="gable-said">{text}</p>
            <AnswerGivenBy assessment={assessment} mark={assessment.marks[linkId]} />
          </div>
        ) : null,
      )}
      <table className="carer-outcomes">
        <caption className="nhsuk-u-visually-hidden">
          <Trans>The ten outcomes</Trans>
        </caption>
        <tbody>
          {adultOutcomes.map((outcome) => (
            <OutcomeRow key={outcome} {...{ outcome, assessment }} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

type RowProps = Readonly<{ outcome: AdultOutcome; assessment: CareAssessment }>

function OutcomeRow({ outcome, assessment }: RowProps) {
  const words = useAdultOutcomeWords()
  const states = useAdultStates()
  const found = assessment.outcomes[outcome]
  return (
    <tr>
      <th scope="row">{words[outcome]}</th>
      <td>
        {found?.state ? (
          <StateMark state={isUnable(found.state) ? 'failed' : 'agreed'}>
            {states[found.state]}
          </StateMark>
        ) : (
          <StateMark state="missing">
            <Trans>Not answered</Trans>
          </StateMark>
        )}
        {found?.words ? <div>{found.words}</div> : null}
        <AnswerGivenBy assessment={assessment} mark={assessment.marks[outcome]} />
      </td>
    </tr>
  )
}

type MarkProps = Readonly<{
  assessment: Readonly<{ by?: { reference: string } }>
  mark: WrittenBy | undefined
}>

/** Who gave one answer, if it was not the author of the whole. */
export function AnswerGivenBy({ assessment, mark }: MarkProps) {
  if (!mark || mark.by.reference === assessment.by?.reference) return null
  return (
    <p className="carer-note">
      <Trans>
        Answered by {mark.by.name}, <DateText date={mark.at} />
      </Trans>
    </p>
  )
}

/** What was decided on it, by whom and why. */
export function CareDecisionView({ decision }: Readonly<{ decision: CarerDecision }>) {
  return (
    <>
      <p>
        <StateMark state={decision.isEligible ? 'agreed' : 'failed'}>
          {decision.isEligible ? (
            <Trans>There is a right to care and support</Trans>
          ) : (
            <Trans>No right to care and support just now</Trans>
          )}
        </StateMark>
      </p>
      <DecidedOtherwise decision={decision} />
      <p>{decision.reason}</p>
      <p className="carer-note">
        <Trans>
          Decided by {decision.by.name} on <DateText date={decision.at} />
        </Trans>
      </p>
    </>
  )
}
