import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { offerAssessment, openCarerRecord } from '#client/queries/carer/carers.ts'
import type { AssessmentAnswer } from '#domain/carer/carer-offer.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { useAssessmentAnswers } from '#features/parts/carers/carer-labels.ts'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'

type StepProps = Readonly<{
  carer: CarerShown
  person: string
  step: 'offer' | 'answer' | 'open'
  onDone: () => void
}>

/** One thing that a professional writes down about a carer: an offer, the answer, or the yes to a record. */
export function CarerOfferStep({ carer, person, step, onDone }: StepProps) {
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
    else if (await offerAssessment(person, said))
      toast(<Trans>This was written down before. Nothing was written twice.</Trans>)
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
      <TwoWaysOut pending={pending} onSave={() => void save()} onCancel={onDone} />
    </div>
  )
}
