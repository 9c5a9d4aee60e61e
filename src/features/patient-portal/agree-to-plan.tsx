import { Trans } from '@lingui/react/macro'
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useDraft } from '#client/forms/use-draft.ts'
import { useKeptId } from '#client/forms/use-kept-id.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { answerAgreement } from '#client/queries/care-plan/agreement.ts'
import { wordsBefore } from '#client/queries/care-plan/plan.ts'
import {
  type Agreement,
  answerTo,
  isForPerson,
  isInPart,
  lastYes,
  type NotAgreed,
} from '#domain/agreement/agreement.ts'
import { planParts, type StillToAgree, stillToAgree } from '#domain/agreement/still-to-agree.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { changedSentences } from '#domain/merge/changed-sentences.ts'
import { wordChanges } from '#domain/merge/word-changes.ts'
import { type HouseRecord, openGoals } from '#domain/plan/house/house.ts'
import type { Plan } from '#domain/plan/plan.ts'
import type { PlanStatus } from '#domain/plan/plan-status.ts'
import { recordTextStanding } from '#domain/plan/record-text.ts'
import {
  emptyAnswer,
  type PlanAnswer,
  PlanAnswerForm,
  type TypedAnswer,
} from '#features/parts/answer/plan-answer-form.tsx'
import { ChangedText } from '#ui/text/changed-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { DayText } from './day-text.tsx'
import { NotSaved } from './not-saved.tsx'
import type { MyHouse } from './use-my-house.ts'

/** The person is asked now; else the page says what was answered. */
export function isAnswerAwaited({ house, status, isCarer }: MyHouse): boolean {
  const isOpen = status === 'awaiting-person' || status === 'agreed-in-part'
  return isOpen && !isCarer && !house.died
}

/** The one question: is this right? Asked only when the plan says something that the person has not agreed to. */
export function AgreeToPlan({ mine }: { mine: MyHouse }) {
  const { house, status, isCarer } = mine
  const { plan } = house
  if (!plan || status === 'none' || status === 'draft' || house.died) return null
  if (isCarer) return <CarersView mine={mine} />
  if (!isAnswerAwaited(mine)) return <SaidYes mine={mine} />
  const answer = answerTo(house.agreements, plan.version)
  const leftOut = stillToAgree(house)?.leftOut ?? []
  return (
    <section className="my-question" aria-labelledby="question-title">
      <h2 id="question-title">
        <Trans>Is this right?</Trans>
      </h2>
      <NotToThis house={house} parts={leftOut} />
      <WhatChanged mine={mine} />
      {answer && !isInPart(answer) ? <NotLikeThis answer={answer} /> : null}
      <AnswerForm house={house} plan={plan} leftOut={leftOut} />
      <p className="my-small">
        <Trans>Nothing is agreed until you say yes. You can ask someone first.</Trans>
      </p>
    </section>
  )
}

/** What the person left out of a yes, by name, with their words: it stays until it is changed or they agree to it. */
function NotToThis({ house, parts }: { house: HouseRecord; parts: readonly NotAgreed[] }) {
  const sayDay = useDayText()
  if (parts.length === 0) return null
  return (
    <>
      <p>
        <Trans>You said yes, but not to this:</Trans>
      </p>
      <ul className="my-list">
        {parts.map(({ record, words }) => (
          <li key={record}>
            {recordTextStanding(house, record, sayDay)} <q className="my-said">{words}</q>
          </li>
        ))}
      </ul>
      <p>
        <Trans>Your team will talk with you about it.</Trans>
      </p>
    </>
  )
}

/** The no before this answer, in the person’s own words. */
function NotLikeThis({ answer }: { answer: Agreement }) {
  return (
    <p>
      <Trans>You said: not like this.</Trans>{' '}
      {answer.words ? <q className="my-said">{answer.words}</q> : null}{' '}
      <Trans>Your team will talk with you about it.</Trans>
    </p>
  )
}

function SaidYes({ mine: { house } }: { mine: MyHouse }) {
  const yes = lastYes(house.agreements)
  if (!yes) return null
  if (isForPerson(yes))
    return (
      <section className="my-question is-yes" aria-labelledby="question-title">
        <h2 id="question-title">
          <Trans>{yes.by.name} said yes to this plan for you</Trans>
        </h2>
        <p>
          <DayText at={yes.at} />. <Trans>You can talk with your team about it at any time.</Trans>
        </p>
      </section>
    )
  return (
    <section className="my-question is-yes" aria-labelledby="question-title">
      <h2 id="question-title">
        <Trans>You said yes to this plan</Trans>
      </h2>
      <p>
        {yes.words ? (
          <>
            “<OwnText>{yes.words}</OwnText>”{' '}
          </>
        ) : null}
        <DayText at={yes.at} />
        {yes.how?.way === 'own-words' ? (
          <>
            . <Trans>What is new since then, you wrote yourself.</Trans>
          </>
        ) : null}
      </p>
    </section>
  )
}

/** A carer can see whether the person has agreed; only the person can agree. */
function CarersView({ mine: { house, status, hidden } }: { mine: MyHouse }) {
  return (
    <section className="my-question is-yes" aria-labelledby="question-title">
      <h2 id="question-title">
        <CarersLine house={house} status={status} />
      </h2>
      <p>
        <Trans>Only {house.givenName} can agree to it.</Trans>{' '}
        {hidden.includes('conversation') ? null : (
          <Link to="/my/conversation">
            <Trans>Say what you think about it</Trans>
          </Link>
        )}
      </p>
    </section>
  )
}

function CarersLine({ house, status }: Readonly<{ house: HouseRecord; status: PlanStatus }>) {
  const name = house.givenName
  if (status === 'agreed-in-part') return <Trans>{name} said yes to part of this plan</Trans>
  if (status === 'awaiting-person') return <Trans>{name} has not said yes to this plan yet</Trans>
  const yes = lastYes(house.agreements)
  if (yes && isForPerson(yes)) return <Trans>This plan was agreed for {name}</Trans>
  return <Trans>{name} said yes to this plan</Trans>
}

function WhatChanged({ mine: { house } }: { mine: MyHouse }) {
  const open = stillToAgree(house)
  if (!open) {
    const written = openGoals(house).filter((goal) => !isOwnWriting(goal, house.person))
    if (written.length === 0) return null
    return (
      <>
        <p>
          <Trans>This is what you want to do. Are these your words?</Trans>
        </p>
        <ul className="my-list">
          {written.map((goal) => (
            <li key={goal.id} className="my-words">
              <SaidQuote isPersons={goal.expressedBy?.voice === 'person'}>{goal.words}</SaidQuote>
            </li>
          ))}
        </ul>
      </>
    )
  }
  return <NewSince house={house} open={open} />
}

/** What the person wrote themselves, in their own session: nobody has to say yes to that. */
const isOwnWriting = ({ written }: Goal, person: string) =>
  written?.by.reference === `Patient/${person}`

/** Only the sentences that changed; a change that was put back, or of what nobody reads here, is not shown. */
function NewSince({ house, open }: Readonly<{ house: HouseRecord; open: StillToAgree }>) {
  const sayDay = useDayText()
  const { since, changed } = open
  const before = useQueries({
    queries: changed.map(({ firstTarget }) => wordsBefore(firstTarget, sayDay)),
  })
  const news = changed.flatMap(({ record, by }, at) => {
    const standing = recordTextStanding(house, record, sayDay)
    const { data = '', isPending = true } = before[at] ?? {}
    const sentences = isPending ? [] : changedSentences(wordChanges(data, standing))
    return sentences.length > 0 ? [{ record, by, sentences }] : []
  })
  if (news.length === 0) return null
  return (
    <>
      <p>
        <Trans>
          You said yes on <DayText at={since.at} />. This is new since then:
        </Trans>
      </p>
      <ul className="my-list">
        {news.map(({ record, by, sentences }) => (
          <li key={record} className="my-change">
            <p className="my-small">
              <Trans>{by.name} wrote</Trans>
            </p>
            {sentences.map((spans) => (
              <ChangedText key={JSON.stringify(spans)} spans={spans} />
            ))}
          </li>
        ))}
      </ul>
      <p className="my-small">
        <Trans>New words are underlined. Words that were removed are crossed out.</Trans>
      </p>
    </>
  )
}

/** An error stays visible when the plan changes; an answer is only to one version. */
function AnswerForm(
  props: Readonly<{ house: HouseRecord; plan: Plan; leftOut: readonly NotAgreed[] }>,
) {
  const { house, plan, leftOut } = props
  const sayDay = useDayText()
  const saving = useSaveState()
  const [kept, setTyped, clear] = useDraft<TypedAnswer | string>(`answer:${plan.id}`, emptyAnswer)
  // words that an earlier version of the app kept
  const typed =
    typeof kept === 'string' ? { ...emptyAnswer, open: 'no' as const, words: kept } : kept
  const [id, renew] = useAnswerId(plan)
  const say = async (given: PlanAnswer) => {
    if (!(await saving.run(() => answerAgreement(plan, { id, ...given })))) return
    clear()
    renew()
  }
  return (
    <PlanAnswerForm
      parts={planParts(house, sayDay)}
      leftOut={leftOut}
      typed={typed}
      onType={setTyped}
      pending={saving.pending}
      problem={<NotSaved problem={saving.problem} />}
      onAnswer={say}
    />
  )
}

/** A retry is the same answer; an answer to the next version, or after one that was saved, is another. */
function useAnswerId({ version }: Plan): readonly [id: string, renew: () => void] {
  const [answered, setAnswered] = useState(version)
  const [id, renew] = useKeptId()
  if (answered !== version) {
    setAnswered(version)
    renew()
  }
  return [id, renew]
}
