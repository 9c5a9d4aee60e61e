import { Trans } from '@lingui/react/macro'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { useAssessmentAnswers } from '#features/parts/carers/carer-labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** A talk that a carer was offered: by whom, when, in which words, and what they answered. */
export function OfferSaid({ offer }: Readonly<{ offer: CarerShown['offers'][number] }>) {
  const answers = useAssessmentAnswers()
  const reply = offer.replies.at(-1)
  return (
    <>
      <p>
        <Trans>
          {offer.by.name} offered it on <DateText date={offer.at} />
        </Trans>
      </p>
      {offer.words ? <p>{offer.words}</p> : null}
      {reply ? (
        <p>
          <StateMark state={reply.answer === 'yes' ? 'agreed' : 'due'}>
            {answers[reply.answer]}
          </StateMark>{' '}
          {reply.words ? <span>“{reply.words}”</span> : null}
        </p>
      ) : (
        <p>
          <StateMark state="due">
            <Trans>It waits for your answer</Trans>
          </StateMark>
        </p>
      )}
    </>
  )
}
