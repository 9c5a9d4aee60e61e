import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { offerAssessment, openCarerRecord } from '#client/queries/carer/carers.ts'
import type { AssessmentAnswer } from '#domain/carer/carer-offer.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { useAssessmentAnswers } from '#features/parts/carers/carer-labels.ts'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Props = Readonly<{ carer: CarerShown; person: string }>

/** What a carer was offered, by whom and when, and what they said; and what comes next. */
export function CarerOffers({ carer, person }: Props) {
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
      {carer.shown?.assessedAt ? null : <Next {...{ carer, person, answer }} isOffered={!!last} />}
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

function Next({ carer, person, answer, isOffered }: NextProps) {
  const [step, setStep] = useState<'' | 'offer' | 'answer' | 'open'>('')
  if (step !== '') return <Step {...{ carer, person, step }} onDone={() => setStep('')} />
  const mayOpen = answer === 'yes' && carer.record === undefined
  return (
    <div className="carer-form__bar">
      {isOffered ? (
        <Button variant="outline" onClick={() => setStep('answer')}>
          <Trans>Write down what {carer.name} said</Trans>
        </Button>
      ) : null}
      {mayOpen ? (
        <Button variant="outline" onClick={() => setStep('open')}>
          <Trans>Open a record for {carer.name}</Trans>
        </Button>
      ) : null}
      {answer === 'yes' ? null : (
        <Button variant="outline" onClick={() => setStep('offer')}>
          {isOffered ? (
            <Trans>Offer {carer.name} an assessment again</Trans>
          ) : (
            <Trans>Offer {carer.name} an assessment</Trans>
          )}
        </Button>
      )}
    </div>
  )
}

type StepProps = Props & Readonly<{ step: 'offer' | 'answer' | 'open'; onDone: () => void }>

function Step({ carer, person, step, onDone }: StepProps) {
  const { t } = useLingui()
  const answers = useAssessmentAnswers()
  const [words, setWords, clear] = useDraft(`carer-${step}:${carer.id}`, '')
  const [answer, setAnswer] = useState<AssessmentAnswer | ''>('')
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  const labels = {
    offer: t`What you offer, where and when`,
    answer: t`In ${carer.name}’s words (you can leave this empty)`,
    open: t`How ${carer.name} agreed to a record of their own, and when`,
  }
  const isMissing = (step === 'answer' && answer === '') || (step === 'open' && !words.trim())
  const send = async () => {
    const said = { carer: carer.id, words, answer: answer === '' ? ('none' as const) : answer }
    if (step === 'open') await openCarerRecord(person, { carer: carer.id, agreed: words })
    else await offerAssessment(person, said)
  }
  const save = async () => {
    setTried(true)
    if (isMissing || !(await run(send))) return
    clear()
    onDone()
  }
  return (
    <div className="carer-form">
      {step === 'answer' ? (
        <Radios
          legend={t`What did ${carer.name} say?`}
          name={`answer-${carer.id}`}
          value={answer}
          onChange={(value) => setAnswer(value as AssessmentAnswer)}
          options={Object.entries(answers).map(([value, label]) => ({ value, label }))}
          error={tried && answer === '' ? t`Select an answer` : undefined}
        />
      ) : null}
      <TextArea
        label={labels[step]}
        rows={2}
        value={words}
        onChange={setWords}
        error={tried && step === 'open' && !words.trim() ? t`Say how they agreed` : undefined}
      />
      <CarerFailure failure={failure} />
      <div className="carer-form__bar">
        <Button pending={pending} onClick={() => void save()}>
          <Trans>Save</Trans>
        </Button>
        <Button variant="link" onClick={onDone}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </div>
  )
}
