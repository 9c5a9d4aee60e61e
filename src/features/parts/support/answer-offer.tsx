import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { answerOffer } from '#client/queries/support/offers.ts'
import {
  answersAfter,
  isUnanswered,
  type OfferAnswer,
  offerAnswers,
  type SupportOffer,
} from '#domain/support/offer.ts'
import { personIn } from '#features/parts/goal/goal-reader.ts'
import { SaveOrCancel } from '#features/parts/saving/save-or-cancel.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { myAnswerLabels, offerAnswerLabels, whyLabels } from './offer-labels.ts'
import type { OfferReader } from './offer-reader.ts'

type Props = Readonly<{ reader: OfferReader; offer: SupportOffer }>
type Typed = Readonly<{ answer: OfferAnswer | ''; words: string }>

/** The person’s answer to an offer, or what a professional writes down for them. */
export function AnswerOffer({ reader, offer }: Props) {
  const [open, setOpen] = useState(false)
  const draft = useDraft<Typed>(`offer:${offer.id}`, { answer: '', words: '' })
  const answers = answersAfter(
    offer.said.map(({ answer }) => answer),
    offer.ended !== undefined,
  )
  const [, , , isDraft] = draft
  if (answers.length === 0) return null
  if (open || isDraft)
    return <AnswerForm {...{ reader, offer, answers, draft }} onDone={() => setOpen(false)} />
  const { givenName } = reader.house
  return (
    <Button variant={isUnanswered(offer) ? 'outline' : 'link'} onClick={() => setOpen(true)}>
      {reader.me.voice === 'professional' ? (
        <Trans>Write down what {givenName} says</Trans>
      ) : isUnanswered(offer) ? (
        <Trans>Answer</Trans>
      ) : (
        <Trans>Say how it goes</Trans>
      )}
      <span className="nhsuk-u-visually-hidden">: {offer.what}</span>
    </Button>
  )
}

type FormProps = Props &
  Readonly<{
    answers: readonly OfferAnswer[]
    draft: ReturnType<typeof useDraft<Typed>>
    onDone: () => void
  }>

function AnswerForm({ reader, offer, answers, draft, onDone }: FormProps) {
  const { t, i18n } = useLingui()
  const { house, me } = reader
  const [id] = useState(() => crypto.randomUUID())
  const [typed, setTyped, clear] = draft
  const [tried, setTried] = useState(false)
  const saving = useSaveState()
  const answer = answers.find((each) => each === typed.answer)
  const labels = (me.voice === 'person' ? myAnswerLabels : offerAnswerLabels)(offer.kind)
  const send = async () => {
    setTried(true)
    if (!answer) return
    const said = { id, by: personIn(house), answer, words: typed.words.trim() }
    if (!(await saving.run(() => answerOffer(offer, said)))) return
    clear()
    onDone()
  }
  return (
    <div className="support-form">
      <Radios
        legend={me.voice === 'person' ? t`What do you say?` : t`What does ${house.givenName} say?`}
        hint={me.voice === 'person' ? undefined : t`You are named as the one who wrote it down.`}
        name={`offer-${offer.id}`}
        value={answer ?? ''}
        onChange={(value) =>
          setTyped({ ...typed, answer: offerAnswers.find((each) => each === value) ?? '' })
        }
        error={tried && !answer ? t`Choose an answer` : undefined}
        options={answers.map((each) => ({ value: each, label: i18n._(labels[each]) }))}
      />
      <TextArea
        label={i18n._(whyLabels[answer ?? 'taken-up'])}
        rows={2}
        value={typed.words}
        onChange={(words) => setTyped({ ...typed, words })}
      />
      <SaveOrCancel
        saving={saving}
        onSave={() => void send()}
        onCancel={() => {
          clear()
          onDone()
        }}
      />
    </div>
  )
}
