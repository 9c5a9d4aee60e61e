import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import { referralsQuery, requestCoordinator } from '#client/queries/coordination/referrals.ts'
import { workingDaysToAnswer } from '#domain/referral/case-referral.ts'
import type { Referral } from '#domain/referral/referral.ts'
import { NotSavedYet } from '#features/parts/save-note.tsx'
import type { MyHouse } from '#features/patient-portal/use-my-house.ts'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'

/** Without a coordinator: asking the practice for one, and what became of it. */
export function AskForCoordinator({ mine }: { mine: MyHouse }) {
  const { house, hidden } = mine
  const isPossible = !house.caseOfPlan && !house.died && !hidden.includes('conversation')
  const { data } = useQuery({ ...referralsQuery(house.person), enabled: isPossible })
  if (!isPossible || !data) return null
  const [latest] = data.filter(({ forCase }) => forCase)
  return (
    <section aria-labelledby="ask-coordinator">
      <h2 id="ask-coordinator">
        {mine.isCarer ? (
          <Trans>Someone to coordinate {house.givenName}’s care</Trans>
        ) : (
          <Trans>Someone to coordinate your care</Trans>
        )}
      </h2>
      {latest ? <WhatBecame referral={latest} me={mine.me.reference} /> : null}
      {latest?.state === 'sent' ? null : <Ask person={house.person} isCarer={mine.isCarer} />}
    </section>
  )
}

function WhatBecame({ referral, me }: Readonly<{ referral: Referral; me: string }>) {
  const { state, to, reason, answerBy = '', sentOn = '', answeredBy, from } = referral
  const team = to?.name ?? ''
  const who = answeredBy?.name ?? team
  switch (state) {
    case 'sent':
      return (
        <div className="my-card">
          <p>
            {from?.reference === me ? (
              <Trans>
                You asked {team} on <DateText date={sentOn} />. They answer by{' '}
                <DateText date={answerBy} />.
              </Trans>
            ) : (
              <Trans>
                {from?.name} asked {team} on <DateText date={sentOn} />. They answer by{' '}
                <DateText date={answerBy} />.
              </Trans>
            )}
          </p>
          {from?.reference === me ? <TakeBack referral={referral} /> : null}
        </div>
      )
    case 'signposted':
      return (
        <div className="my-card">
          <p>
            <Trans>{who} says who can help instead:</Trans>
          </p>
          <p>“{reason}”</p>
        </div>
      )
    case 'refused':
      return (
        <div className="my-card">
          <p>
            <Trans>{who} said no, and why:</Trans>
          </p>
          <p>“{reason}”</p>
        </div>
      )
    default:
      return null
  }
}

function TakeBack({ referral }: { referral: Referral }) {
  const { t } = useLingui()
  const work = useAsyncAction()
  return (
    <>
      <Button
        variant="link"
        pending={work.pending}
        onClick={() =>
          void work.run(() => requestCoordinator(referral.person, t`No longer wanted`, true))
        }
      >
        <Trans>I no longer want this</Trans>
      </Button>
      <Problem failure={work.failure} />
    </>
  )
}

function Ask({ person, isCarer }: Readonly<{ person: string; isCarer: boolean }>) {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const [why, setWhy, clear] = useDraft(`ask-coordinator:${person}`, '')
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const isMissing = why.trim() === ''
  const send = async () => {
    setTried(true)
    if (isMissing || work.pending) return
    if (!(await work.run(() => requestCoordinator(person, why.trim())))) return
    clear()
    setOpen(false)
  }
  if (!isOpen && isMissing)
    return (
      <>
        <p>
          {isCarer ? (
            <Trans>
              One person who knows them, makes the plan with them, and calls the others.
            </Trans>
          ) : (
            <Trans>One person who knows you, makes the plan with you, and calls the others.</Trans>
          )}
        </p>
        <Button variant="outline" onClick={() => setOpen(true)}>
          <Trans>Ask for someone</Trans>
        </Button>
      </>
    )
  return (
    <CheckedForm aria-label={t`Ask for someone`} onSubmit={send}>
      <TextArea
        label={isCarer ? t`What makes it hard for them?` : t`What makes it hard for you?`}
        hint={t`Your practice reads this, and answers within ${workingDaysToAnswer} working days.`}
        rows={4}
        value={why}
        onChange={setWhy}
        readOnly={work.pending}
        error={tried && isMissing ? t`Write a few words, so that they know` : undefined}
      />
      <Problem failure={work.failure} />
      <div className="my-yes-no">
        <Button type="submit" pending={work.pending}>
          <Trans>Send</Trans>
        </Button>
        <Button
          variant="outline"
          onClick={() => {
            clear()
            setOpen(false)
          }}
        >
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </CheckedForm>
  )
}

function Problem({ failure }: { failure: unknown }) {
  if (!failure) return null
  const status = failure instanceof FhirError ? failure.status : 0
  return (
    <NotSavedYet>
      <WhyNot status={status} />
    </NotSavedYet>
  )
}

function WhyNot({ status }: { status: number }) {
  if (status === 409) return <Trans>They have been asked already, and have not answered yet.</Trans>
  if (status === 422)
    return (
      <Trans>
        This cannot be sent. Perhaps your record names no practice, or you said no to a coordinator
        before. Please ask your practice.
      </Trans>
    )
  return <Trans>What you wrote is safe on this device. Please try again.</Trans>
}
