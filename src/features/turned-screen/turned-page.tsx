import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { turnedPlan } from '#client/queries/answer/turned-screen.ts'
import type { TurnedScreen } from '#client/session/turned-screen.ts'
import { planParts, stillToAgree } from '#domain/agreement/still-to-agree.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { PlanAnswerForm } from '#features/parts/answer/plan-answer-form.tsx'
import { RoomToRead, roomsToRead } from '#features/parts/answer/plan-to-read.tsx'
import { myRoomWords } from '#features/parts/answer/section-words.ts'
import { InLanguage } from '#features/parts/language/in-language.tsx'
import { LanguageChoice } from '#features/parts/language/language-choice.tsx'
import { TranslationMark } from '#features/parts/language/translation-mark.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { Button } from '#ui/layout/button.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { AnswerSent } from './answer-sent.tsx'
import { GiveBack } from './give-back.tsx'
import { giveAnswer, useAnswerState, useTypedHere } from './kept-answer.ts'
import './turned-screen.scss'

/** The plan in the person’s words, room by room, and the question. There is no way from here but the sign-in of staff. */
export function TurnedPage({ turned }: Readonly<{ turned: TurnedScreen }>) {
  const [isBack, setBack] = useState(false)
  const state = useAnswerState(turned)
  const giveBack = () => setBack(true)
  return (
    <div className="turned">
      {isBack ? null : <LanguageChoice />}
      {isBack ? null : <TranslationMark />}
      <main id="content" className="turned__main">
        {isBack ? (
          <InLanguage language="en">
            <GiveBack turned={turned} onStay={() => setBack(false)} />
          </InLanguage>
        ) : state === 'none' ? (
          <Plan turned={turned} onBack={giveBack} />
        ) : (
          <AnswerSent turned={turned} onBack={giveBack} />
        )}
      </main>
    </div>
  )
}

type Going = Readonly<{ turned: TurnedScreen; onBack: () => void }>

function Plan({ turned, onBack }: Going) {
  const { data, error, refetch, isPending } = useQuery(turnedPlan(turned))
  if (data) return <Rooms house={data} turned={turned} onBack={onBack} />
  if (isPending) return <Skeleton lines={8} />
  return <NoPlan error={error} turned={turned} onBack={onBack} onRetry={() => void refetch()} />
}

type WhyNot = 'changed' | 'closed' | 'away'

function whyNot(error: unknown): WhyNot {
  const status = error instanceof FhirError ? error.status : 0
  if (status === 409) return 'changed'
  return status === 401 || status === 403 ? 'closed' : 'away'
}

/** Why there is nothing to read: each ends with the tablet going back. */
function NoPlan(props: Going & Readonly<{ error: unknown; onRetry: () => void }>) {
  const { error, turned, onBack, onRetry } = props
  const { name } = turned.by
  const words: Readonly<Record<WhyNot, readonly [ReactNode, ReactNode]>> = {
    changed: [
      <Trans key="h">This plan has just been changed</Trans>,
      <Trans key="p">Someone wrote in it a moment ago. {name} can show you the new one.</Trans>,
    ],
    closed: [
      <Trans key="h">This page has closed</Trans>,
      <Trans key="p">It was open for too long. Nothing is lost.</Trans>,
    ],
    away: [
      <Trans key="h">There is no connection</Trans>,
      <Trans key="p">We cannot show your plan now. Try again, or give the tablet back.</Trans>,
    ],
  }
  const why = whyNot(error)
  const [heading, text] = words[why]
  return (
    <>
      <h1 tabIndex={-1}>{heading}</h1>
      <p>{text}</p>
      <div className="turned__ways">
        {why === 'away' ? (
          <Button variant="outline" onClick={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        ) : null}
        <Button onClick={onBack}>
          <Trans>Give the tablet back to {name}</Trans>
        </Button>
      </div>
    </>
  )
}

function Rooms({ house, turned, onBack }: Going & Readonly<{ house: HouseRecord }>) {
  const { i18n } = useLingui()
  const [step, setStep] = useState(0)
  const heading = useRef<HTMLHeadingElement>(null)
  const room = roomsToRead[step]
  const go = (next: number) => {
    setStep(next)
    heading.current?.focus()
    scrollTo(0, 0)
  }
  return (
    <>
      <p className="turned__where">
        <Trans>
          {house.givenName}, this is your plan. Page {step + 1} of {roomsToRead.length + 1}
        </Trans>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {room ? i18n._(myRoomWords[room]) : <Trans>Is this right?</Trans>}
      </h1>
      {room ? <RoomToRead house={house} room={room} /> : <Question house={house} turned={turned} />}
      <div className="turned__ways">
        {room ? (
          <Button onClick={() => go(step + 1)}>
            <Trans>Next</Trans>
          </Button>
        ) : null}
        {step > 0 ? (
          <Button variant="outline" onClick={() => go(step - 1)}>
            {room ? <Trans>Back</Trans> : <Trans>Back to the plan</Trans>}
          </Button>
        ) : null}
      </div>
      <p className="turned__end">
        <Button variant="link" onClick={onBack}>
          <Trans>Give the tablet back to {turned.by.name}</Trans>
        </Button>
      </p>
    </>
  )
}

function Question({ house, turned }: Readonly<{ house: HouseRecord; turned: TurnedScreen }>) {
  const sayDay = useDayText()
  const [typed, setTyped] = useTypedHere(turned)
  const state = useAnswerState(turned)
  return (
    <>
      <p>
        <Trans>You can say yes, or say what should be different. Take your time.</Trans>
      </p>
      <PlanAnswerForm
        parts={planParts(house, sayDay)}
        leftOut={stillToAgree(house)?.leftOut ?? []}
        typed={typed}
        onType={setTyped}
        pending={state === 'sending'}
        onAnswer={(given) => giveAnswer(turned, given)}
      />
    </>
  )
}
