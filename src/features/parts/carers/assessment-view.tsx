import { Trans, useLingui } from '@lingui/react/macro'
import type { CarerAssessment, CarerDecision } from '#domain/carer/carer-assessment.ts'
import { carerOutcomes, countsAsUnable } from '#domain/carer/outcomes.ts'
import { AnswerGivenBy } from '#features/parts/social-care/care-assessment-view.tsx'
import { DecidedOtherwise } from '#features/parts/social-care/decided-otherwise.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { useCarerOutcomeWords, useOutcomeStates } from './carer-labels.ts'

/** An assessment as it was written, by whom and when. */
export function AssessmentView({ assessment }: Readonly<{ assessment: CarerAssessment }>) {
  const { t } = useLingui()
  const words = useCarerOutcomeWords()
  const states = useOutcomeStates()
  const said = [
    ['does', t`What is done as a carer`, assessment.does],
    ['goes-on', t`Whether to go on`, assessment.goesOn],
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
          <Trans>The eight outcomes</Trans>
        </caption>
        <tbody>
          {carerOutcomes.map((outcome) => {
            const found = assessment.outcomes[outcome]
            return (
              <tr key={outcome}>
                <th scope="row">{words[outcome]}</th>
                <td>
                  {found?.state ? (
                    <StateMark state={countsAsUnable(found.state) ? 'failed' : 'agreed'}>
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
          })}
        </tbody>
      </table>
    </div>
  )
}

/** What was decided on it, by whom and why. */
export function DecisionView({ decision }: Readonly<{ decision: CarerDecision }>) {
  return (
    <>
      <p>
        <StateMark state={decision.isEligible ? 'agreed' : 'failed'}>
          {decision.isEligible ? (
            <Trans>There is a right to support as a carer</Trans>
          ) : (
            <Trans>No right to support as a carer just now</Trans>
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
