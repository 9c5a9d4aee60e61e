import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { casesQuery } from '#data/case.ts'
import { referralsQuery } from '#data/referrals.ts'
import { closeCase, pauseCase } from '#data/review.ts'
import { doDeed, tasksQuery } from '#data/tasks.ts'
import { useSaving } from '#data/use-editing.ts'
import { Button } from '#design/button.tsx'
import { Card } from '#design/card.tsx'
import { Radios } from '#design/radios.tsx'
import type { HouseRecord } from '#domain/plan/house.ts'
import { type CareTask, isOpen } from '#domain/task/task.ts'
import { ReasonButton } from './reason-button.tsx'
import { SaveNote } from './save-note.tsx'

const openReferral: readonly string[] = ['sent', 'accepted']

/** Whether the case goes on: step down, take up again, close. */
export function CaseCard({ house }: { house: HouseRecord }) {
  const { data: tasks } = useSuspenseQuery(tasksQuery(house.person))
  const { data: referrals } = useSuspenseQuery(referralsQuery(house.person))
  const { data: cases } = useSuspenseQuery(casesQuery(house.person))
  const saving = useSaving()
  const caseId = house.caseOfPlan?.id
  if (!caseId) return null
  const isPaused = cases.find((each) => each.id === caseId)?.state === 'paused'
  const open = tasks.filter((task) => isOpen(task.state))
  const waiting = referrals.filter((each) => openReferral.includes(each.state))
  const mayClose = open.length + waiting.length === 0
  return (
    <Card title={<Trans>The case</Trans>}>
      <p>
        {isPaused ? (
          <Trans>The case is paused: it does not come up on the Today page.</Trans>
        ) : (
          <Trans>Steady? A paused case keeps its plan, and only safety brings it back.</Trans>
        )}
      </p>
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={() => void saving.run(() => pauseCase(caseId, !isPaused))}
      >
        {isPaused ? <Trans>Take it up again</Trans> : <Trans>Step down: pause the case</Trans>}
      </Button>
      <SaveNote saving={saving} />
      <h3>
        <Trans>Close the case</Trans>
      </h3>
      {mayClose ? <CloseCase house={house} caseId={caseId} /> : <StillOpen open={open} />}
      {waiting.map((referral) => (
        <p key={referral.id}>
          <Link to={`/people/${house.person}/tasks`}>{referral.what}</Link>{' '}
          <Trans>A referral that is not closed yet</Trans>
        </p>
      ))}
    </Card>
  )
}

async function act(task: CareTask, kind: 'do' | 'cancel', words: string): Promise<void> {
  await doDeed(task, { kind, words })
}

function StillOpen({ open }: { open: readonly CareTask[] }) {
  const { t } = useLingui()
  return (
    <>
      <p>
        <Trans>This is still open. End each of them first: somebody may be waiting for it.</Trans>
      </p>
      <ul className="gable-list">
        {open.map((task) => (
          <li key={task.id}>
            <p>{task.what}</p>
            <ReasonButton
              draft={`done-${task.id}`}
              verb={<Trans>It is done</Trans>}
              title={task.what}
              label={t`What came of it`}
              run={(words) => act(task, 'do', words)}
            />{' '}
            <ReasonButton
              draft={`stop-${task.id}`}
              verb={<Trans>Stop it</Trans>}
              variant="link"
              title={task.what}
              label={t`Why it is no longer needed`}
              run={(words) => act(task, 'cancel', words)}
            />
          </li>
        ))}
      </ul>
    </>
  )
}

function CloseCase({ house, caseId }: { house: HouseRecord; caseId: string }) {
  const { t } = useLingui()
  const [outcome, setOutcome] = useState('')
  return (
    <ReasonButton
      draft={`close-${caseId}`}
      verb={<Trans>Close the case</Trans>}
      variant="danger"
      title={<Trans>Close {house.givenName}’s case?</Trans>}
      label={t`In a sentence: what came of it, and what was agreed with the person`}
      ready={outcome !== ''}
      run={(words) => closeCase({ caseId, plan: house.plan, outcome, words })}
    >
      <p>
        <Trans>The plan and the team end. The record stays; a new case can be opened later.</Trans>
      </p>
      <Radios
        legend={t`Outcome`}
        name="outcome"
        value={outcome}
        onChange={setOutcome}
        options={[
          { value: 'goals-reached', label: t`What was wanted was reached` },
          { value: 'partly-reached', label: t`Some of it was reached` },
          { value: 'persons-wish', label: t`The person wanted to stop` },
          { value: 'moved-away', label: t`Moved away, or to another team` },
          { value: 'died', label: t`Died` },
        ]}
      />
    </ReasonButton>
  )
}
