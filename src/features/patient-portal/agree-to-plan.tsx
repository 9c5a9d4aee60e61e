import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { useDraft } from '#client/forms/use-draft.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { answerAgreement } from '#client/queries/care-plan/agreement.ts'
import { wordsBefore } from '#client/queries/care-plan/plan.ts'
import { answerTo, lastYes } from '#domain/agreement/agreement.ts'
import { wordChanges } from '#domain/merge/word-changes.ts'
import { type ChangedRecord, changedRecordsSince } from '#domain/plan/changes-since.ts'
import { openGoals } from '#domain/plan/house/house.ts'
import type { Plan } from '#domain/plan/plan.ts'
import { recordTextStanding } from '#domain/plan/record-text.ts'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { ChangedText } from '#ui/text/changed-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { useDayText } from '#ui/text/use-day-text.ts'
import { DayText } from './day-text.tsx'
import { NotSaved } from './not-saved.tsx'
import type { MyHouse } from './use-my-house.ts'

/** The one question: is this right? Asked only when the plan says something that the person has not agreed to. */
export function AgreeToPlan({ mine }: { mine: MyHouse }) {
  const { house, status, isCarer } = mine
  const { plan } = house
  if (!plan || status === 'none' || status === 'draft' || house.died) return null
  if (isCarer) return <CarersView mine={mine} />
  if (status !== 'awaiting-person') return <SaidYes mine={mine} />
  const answer = answerTo(house.agreements, plan.version)
  return (
    <section className="my-question" aria-labelledby="question-title">
      <h2 id="question-title">
        <Trans>Is this right?</Trans>
      </h2>
      <WhatChanged mine={mine} />
      {answer ? (
        <p>
          <Trans>You said: not like this.</Trans>{' '}
          {answer.words ? <q className="my-said">{answer.words}</q> : null}{' '}
          <Trans>Your team will talk with you about it.</Trans>
        </p>
      ) : null}
      <AnswerForm plan={plan} />
      <p className="my-small">
        <Trans>Nothing is agreed until you say yes. You can ask someone first.</Trans>
      </p>
    </section>
  )
}

function SaidYes({ mine: { house } }: { mine: MyHouse }) {
  const yes = lastYes(house.agreements)
  if (!yes) return null
  return (
    <section className="my-question is-yes" aria-labelledby="question-title">
      <h2 id="question-title">
        <Trans>You said yes to this plan</Trans>
      </h2>
      <p>
        {yes.words ? <>“{yes.words}” </> : null}
        <DayText at={yes.at} />
      </p>
    </section>
  )
}

/** A carer can see whether the person has agreed; only the person can agree. */
function CarersView({ mine: { house, status, hidden } }: { mine: MyHouse }) {
  return (
    <section className="my-question" aria-labelledby="question-title">
      <h2 id="question-title">
        {status === 'awaiting-person' ? (
          <Trans>{house.givenName} has not said yes to this plan yet</Trans>
        ) : (
          <Trans>{house.givenName} said yes to this plan</Trans>
        )}
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

function WhatChanged({ mine: { house } }: { mine: MyHouse }) {
  const sayDay = useDayText()
  const yes = lastYes(house.agreements)
  if (!yes) {
    return (
      <>
        <p>
          <Trans>This is what you want to do. Are these your words?</Trans>
        </p>
        <ul className="my-list">
          {openGoals(house).map((goal) => (
            <li key={goal.id} className="my-words">
              <SaidQuote isPersons={goal.expressedBy?.voice === 'person'}>{goal.words}</SaidQuote>
            </li>
          ))}
        </ul>
      </>
    )
  }
  const changes = changedRecordsSince(house.events, yes)
  return (
    <>
      <p>
        <Trans>
          You said yes on <DayText at={yes.at} />. This is new since then:
        </Trans>
      </p>
      <ul className="my-list">
        {changes.map((change) => (
          <li key={change.record} className="my-change">
            <ChangedWords change={change} now={recordTextStanding(house, change.record, sayDay)} />
          </li>
        ))}
      </ul>
      <p className="my-small">
        <Trans>New words are underlined. Words that were removed are crossed out.</Trans>
      </p>
    </>
  )
}

function ChangedWords({ change, now }: { change: ChangedRecord; now: string }) {
  const { data: before = '' } = useQuery(wordsBefore(change.firstTarget, useDayText()))
  return (
    <>
      <p className="my-small">
        <Trans>{change.by.name} wrote</Trans>
      </p>
      <ChangedText spans={wordChanges(before, now)} />
    </>
  )
}

/** An error stays visible when the plan changes; an answer is only to one version. */
function AnswerForm({ plan }: { plan: Plan }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [words, setWords, clear] = useDraft(`answer:${plan.id}`, '')
  // text kept from before a reload is not hidden behind a button
  const [isNo, setIsNo] = useState(words !== '')
  const id = useAnswerId(plan)
  const say = async (yes: boolean) => {
    const said = { id, yes, words: yes ? '' : words.trim() }
    if (!(await saving.run(() => answerAgreement(plan, said)))) return
    clear()
    setIsNo(false)
  }
  return (
    <div className="my-answer">
      <NotSaved problem={saving.problem} />
      {isNo ? (
        <>
          <TextArea
            label={t`What should be different?`}
            rows={3}
            value={words}
            onChange={setWords}
            readOnly={saving.pending}
          />
          <Button pending={saving.pending} onClick={() => void say(false)}>
            <Trans>Send this to my team</Trans>
          </Button>
          <Button variant="outline" onClick={() => setIsNo(false)}>
            <Trans>Go back</Trans>
          </Button>
        </>
      ) : (
        <>
          <Button pending={saving.pending} onClick={() => void say(true)}>
            <Trans>Yes, I agree</Trans>
          </Button>
          <Button variant="outline" onClick={() => setIsNo(true)}>
            <Trans>Not like this</Trans>
          </Button>
        </>
      )}
    </div>
  )
}

/** One answer to one version: a retry is the same answer, an answer to the next version is another. */
function useAnswerId({ version }: Plan): string {
  const [answer, setAnswer] = useState({ version, id: crypto.randomUUID() })
  if (answer.version === version) return answer.id
  const next = { version, id: crypto.randomUUID() }
  setAnswer(next)
  return next.id
}
