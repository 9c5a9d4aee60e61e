import { Trans } from '@lingui/react/macro'
import { type Agreement, isInPart, type NotAgreed } from '#domain/agreement/agreement.ts'
import { recordTextStanding } from '#domain/plan/record-text.ts'
import { WhenText } from '#features/care-plan/components/when-text.tsx'
import type { HouseView } from '#features/care-plan/use-house.ts'
import { HowGiven } from '#features/parts/answer/how-given.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'

/** Every answer to every version, newest first: who, what, in which words, and how it was given. None is ever removed. */
export function WhoSaidYes({ view: { house } }: { view: HouseView }) {
  const sayDay = useDayText()
  const textOf = (record: string) => recordTextStanding(house, record, sayDay).split('\n')[0] ?? ''
  const answers = house.agreements.toSorted(
    (one, other) => Number(other.version) - Number(one.version) || other.order[0] - one.order[0],
  )
  return (
    <section className="gable-section" aria-labelledby="answers-title">
      <h2 id="answers-title">
        <Trans>Who has agreed to what</Trans>
      </h2>
      {answers.length === 0 ? <EmptyState title={<Trans>Nobody has answered yet</Trans>} /> : null}
      <ul className="gable-answers">
        {answers.map((answer) => (
          <li key={answer.id}>
            <AnswerMark answer={answer} />
            <div>
              <b>{answer.by.name}</b> {answer.by.voice === 'carer' ? <Trans>(carer)</Trans> : null}
              {answer.words ? (
                <>
                  : <q>{answer.words}</q>
                </>
              ) : null}
              {(answer.notAgreed ?? []).map((part) => (
                <p key={part.record}>
                  <LeftOut part={part} says={textOf(part.record)} />
                </p>
              ))}
              <p className="gable-meta">
                <WhenText at={answer.at} /> · <Trans>version {answer.version}</Trans>
                {answer.how ? ' · ' : ''}
                <HowGiven answer={answer} />
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Words that were written since are not what somebody said no to. */
function LeftOut({ part, says }: Readonly<{ part: NotAgreed; says: string }>) {
  const said = <q>{part.words}</q>
  if (part.stands === false)
    return (
      <Trans>
        Not as it was then: {said} It was changed, and now says: {says}
      </Trans>
    )
  return (
    <Trans>
      Not: {says}. {said}
    </Trans>
  )
}

function AnswerMark({ answer }: { answer: Agreement }) {
  if (answer.yes)
    return (
      <StateMark state="agreed">
        <Trans>Yes</Trans>
      </StateMark>
    )
  if (isInPart(answer))
    return (
      <StateMark state="due">
        <Trans>In part</Trans>
      </StateMark>
    )
  return (
    <StateMark state="failed">
      <Trans>Not like this</Trans>
    </StateMark>
  )
}
