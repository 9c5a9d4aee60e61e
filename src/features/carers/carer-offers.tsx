import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import type { AssessmentAnswer } from '#domain/carer/carer-offer.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { useAssessmentAnswers } from '#features/parts/carers/carer-labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Button } from '#ui/layout/button.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { CarerNumberForm } from './carer-number-form.tsx'
import { CarerOfferStep } from './carer-offer-step.tsx'

type Props = Readonly<{
  carer: CarerShown
  person: string
  /** the person cared for has died: nothing more is offered */
  hasDied: boolean
}>

/** What a carer was offered, by whom and when, and what they said; and what comes next. */
export function CarerOffers({ carer, person, hasDied }: Props) {
  const last = carer.offers.at(-1)
  const answer = last?.replies.at(-1)?.answer
  return (
    <div>
      <h3>
        <Trans>Carer’s assessment</Trans>
      </h3>
      {carer.offers.length === 0 ? (
        <p>
          <StateMark state="missing">
            <Trans>Not offered yet</Trans>
          </StateMark>{' '}
          <Trans>Anybody who may need support as a carer has a right to one.</Trans>
        </p>
      ) : (
        <ul className="carer-offers">
          {carer.offers.map((offer) => (
            <li key={offer.id}>
              <Offered offer={offer} />
            </li>
          ))}
        </ul>
      )}
      {carer.record && answer === 'yes' ? (
        <p>
          <LinkButton to={`/people/${carer.record}/carer-assessment`}>
            <Trans>Carer’s assessment of {carer.name}</Trans>
          </LinkButton>
        </p>
      ) : null}
      {carer.shown?.assessedAt ? null : (
        <Next {...{ carer, person, hasDied, answer }} isOffered={!!last} />
      )}
    </div>
  )
}

function Offered({ offer }: { offer: CarerShown['offers'][number] }) {
  const answers = useAssessmentAnswers()
  return (
    <>
      <p>
        <Trans>
          Offered by {offer.by.name} on <DateText date={offer.at} />
        </Trans>
      </p>
      {offer.words ? <p className="carer-note">{offer.words}</p> : null}
      {offer.replies.map(({ answer, words, by, at }) => (
        <p key={at}>
          <StateMark state={answer === 'yes' ? 'agreed' : answer === 'no' ? 'failed' : 'due'}>
            {answers[answer]}
          </StateMark>{' '}
          {words ? <span>“{words}” </span> : null}
          <span className="carer-note">
            <Trans>
              {by.name}, <DateText date={at} />
            </Trans>
          </span>
        </p>
      ))}
    </>
  )
}

type NextProps = Props & Readonly<{ answer: AssessmentAnswer | undefined; isOffered: boolean }>

function Next({ carer, person, hasDied, answer, isOffered }: NextProps) {
  const [step, setStep] = useState<StepName | ''>('')
  const close = () => setStep('')
  if (step === 'number') return <CarerNumberForm carer={carer} onDone={close} />
  if (step !== '') return <CarerOfferStep {...{ carer, person, step }} onDone={close} />
  // an offer that nobody has answered stands: it is not made a second time
  const mayOffer = !hasDied && (!isOffered || answer === 'no' || answer === 'later')
  return (
    <>
      <Opening carer={carer} onStep={setStep} />
      <div className="carer-form__bar">
        {isOffered ? (
          <Button variant="outline" onClick={() => setStep('answer')}>
            <Trans>Write down what {carer.name} said</Trans>
          </Button>
        ) : null}
        {mayOffer ? (
          <Button variant="outline" onClick={() => setStep('offer')}>
            {isOffered ? (
              <Trans>Offer {carer.name} an assessment again</Trans>
            ) : (
              <Trans>Offer {carer.name} an assessment</Trans>
            )}
          </Button>
        ) : null}
      </div>
    </>
  )
}

type StepName = 'offer' | 'answer' | 'open' | 'number'
type OpeningProps = Readonly<{ carer: CarerShown; onStep: (step: StepName) => void }>

/** After the yes: a record of the carer’s own is opened, or what to do where it cannot be. */
function Opening({ carer, onStep }: OpeningProps) {
  const { name, opening } = carer
  if (opening === 'ask')
    return (
      <p className="carer-note">
        <Trans>
          No record can be opened with the NHS number that is written down for {name}. It may be
          wrong, or {name} may be known here already. Ask {name} for the number, or to sign in and
          show what they want you to see.
        </Trans>
      </p>
    )
  if (opening === 'number')
    return (
      <>
        <p className="carer-note">
          <Trans>A record of their own needs {name}’s NHS number.</Trans>
        </p>
        <div className="carer-form__bar">
          <Button variant="outline" onClick={() => onStep('number')}>
            <Trans>Write down {name}’s NHS number</Trans>
          </Button>
        </div>
      </>
    )
  if (opening !== 'open') return null
  return (
    <div className="carer-form__bar">
      <Button variant="outline" onClick={() => onStep('open')}>
        <Trans>Open a record for {name}</Trans>
      </Button>
    </div>
  )
}
