import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { carersQuery, offerAssessment } from '#client/queries/carer/carers.ts'
import { sidesQuery, takeSide } from '#client/session/sides.ts'
import { type AssessmentAnswer, assessmentAnswers } from '#domain/carer/carer-offer.ts'
import type { CarerShown } from '#domain/carer/carers-answer.ts'
import { CarerFailure } from '#features/parts/carers/carer-failure.tsx'
import { useAssessmentAnswers } from '#features/parts/carers/carer-labels.ts'
import { EndCarer } from '#features/parts/carers/end-carer.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { OfferSaid } from './offer-said.tsx'

type Props = Readonly<{ person: string; carer: string }>

/** A carer on the side of the person they care for: what they were offered, and the way to a page of their own. */
export function CaringNextDoor({ person, carer }: Props) {
  const { data: carers } = useSuspenseQuery(carersQuery(person))
  const { data: sides = [] } = useQuery(sidesQuery())
  const { pending, run } = useAsyncAction()
  const own = carers.find(({ id }) => id === carer)
  if (!own) return null
  return (
    <>
      <section aria-labelledby="own-page">
        <h2 id="own-page">
          <Trans>A page of your own</Trans>
        </h2>
        {sides.includes('person') ? (
          <>
            <p>
              <Trans>
                Your own plan and needs are there. Other people see only what you show them.
              </Trans>
            </p>
            <Button pending={pending} onClick={() => void run(() => takeSide('person'))}>
              <Trans>Go to your own plan and needs</Trans>
            </Button>
          </>
        ) : (
          <p>
            <Trans>You have none yet. It is opened if you say yes to a talk about you.</Trans>
          </p>
        )}
      </section>
      <Offers own={own} person={person} />
      <section aria-labelledby="stop-caring">
        <h2 id="stop-caring">
          <Trans>If you can no longer do this</Trans>
        </h2>
        <p>
          <Trans>You can stop any day. Please tell the team first, so that someone steps in.</Trans>
        </p>
        <EndCarer person={person} carer={own} isSelf />
      </section>
    </>
  )
}

function Offers({ own, person }: { own: CarerShown; person: string }) {
  const offer = own.offers.at(-1)
  return (
    <section aria-labelledby="offered">
      <h2 id="offered">
        <Trans>A talk about what you need</Trans>
      </h2>
      {offer ? (
        <div className="my-card">
          <OfferSaid offer={offer} />
          <Answer person={person} carer={own.id} isAgain={offer.replies.length > 0} />
        </div>
      ) : (
        <p className="my-missing">
          <Trans>Nobody has offered it yet. Ask anyone in the team: it is your right.</Trans>
        </p>
      )}
    </section>
  )
}

function Answer({ person, carer, isAgain }: Props & { isAgain: boolean }) {
  const { t } = useLingui()
  const labels = useAssessmentAnswers()
  const [words, setWords, clear, isDraft] = useDraft(`carer-reply:${carer}`, '')
  const [open, setOpen] = useState(isDraft || !isAgain)
  const [answer, setAnswer] = useState<AssessmentAnswer | ''>('')
  const [tried, setTried] = useState(false)
  const { pending, failure, run } = useAsyncAction()
  if (!open)
    return (
      <Button variant="outline" onClick={() => setOpen(true)}>
        <Trans>Change your answer</Trans>
      </Button>
    )
  const send = async () => {
    setTried(true)
    if (answer === '' || !(await run(() => offerAssessment(person, { carer, answer, words }))))
      return
    clear()
    setOpen(false)
  }
  return (
    <>
      <Radios
        legend={t`Would you like it?`}
        name="carer-reply"
        value={answer}
        onChange={(value) => setAnswer(value as AssessmentAnswer)}
        options={assessmentAnswers.map((value) => ({ value, label: labels[value] }))}
        error={tried && answer === '' ? t`Choose an answer` : undefined}
      />
      <TextArea
        label={t`Anything you want to add (you can leave this empty)`}
        rows={2}
        value={words}
        onChange={setWords}
      />
      <CarerFailure failure={failure} />
      <Button pending={pending} onClick={() => void send()}>
        <Trans>Send your answer</Trans>
      </Button>
    </>
  )
}
