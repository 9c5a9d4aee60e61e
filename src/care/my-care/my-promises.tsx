import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { answerPromise } from '#data/comments.ts'
import { moveAction } from '#data/goals.ts'
import { useRestrictions } from '#data/wire/restrictions.ts'
import { useSaving } from '#data/writing/use-editing.ts'
import { Button } from '#design/button.tsx'
import { RestrictedMark } from '#design/restricted-mark.tsx'
import { StateMark } from '#design/state-mark.tsx'
import type { Action } from '#domain/goal/goal.ts'
import { askedDidThisHappen, openPromises } from '#domain/goal/promise-state.ts'
import { DayText } from './day-text.tsx'
import { NotSaved } from './not-saved.tsx'
import type { MyHouse } from './use-my-house.ts'

/** What was promised for the days to come. */
export function WhatHappensNext({ mine: { house, day, me } }: { mine: MyHouse }) {
  const restrictionOf = useRestrictions()
  const next = openPromises(house.actions, day).filter(
    (action) => !action.answer && (!action.dueOn || action.dueOn >= day),
  )
  return (
    <section aria-labelledby="next-title">
      <h2 id="next-title">
        <Trans>What happens next</Trans>
      </h2>
      {next.length === 0 ? (
        <p className="my-missing">
          <Trans>Nothing is planned just now.</Trans>
        </p>
      ) : null}
      <ul className="my-list">
        {next.slice(0, 6).map((action) => (
          <li key={action.id} className="my-card">
            <p className="my-when">
              {action.dueOn === day ? (
                <Trans>Today</Trans>
              ) : action.dueOn ? (
                <>
                  <Trans>By</Trans> <DayText at={action.dueOn} />
                </>
              ) : (
                <Trans>No day yet</Trans>
              )}
            </p>
            <p>
              <b>{action.what}</b>
            </p>
            <p className="my-small">{action.owner?.name}</p>
            <RestrictedMark to="person" restriction={restrictionOf(`Task/${action.id}`)} />
            {action.owner?.reference === me.reference ? (
              <IDidThis action={action} day={day} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function IDidThis({ action, day }: { action: Action; day: string }) {
  const saving = useSaving()
  return (
    <>
      <NotSaved problem={saving.problem} />
      <Button
        variant="outline"
        pending={saving.pending}
        onClick={() => void saving.run(() => moveAction(action, 'done', day))}
      >
        <Trans>I did this</Trans>
      </Button>
    </>
  )
}

/** Promises of others whose day has come: did it happen? */
export function DidThisHappen({ mine: { house, day } }: { mine: MyHouse }) {
  const asked = askedDidThisHappen(house.actions, house.person, day)
  const answered = house.actions.filter((action) => action.answer)
  const restrictionOf = useRestrictions()
  if (asked.length + answered.length === 0) return null
  return (
    <section aria-labelledby="happened-title">
      <h2 id="happened-title">
        <Trans>Did this happen?</Trans>
      </h2>
      <ul className="my-list">
        {asked.map((action) => (
          <li key={action.id} className="my-card">
            <Asked action={action} />
            <RestrictedMark to="person" restriction={restrictionOf(`Task/${action.id}`)} />
          </li>
        ))}
        {answered.map((action) => (
          <li key={action.id} className="my-card">
            <Answered action={action} />
            <RestrictedMark to="person" restriction={restrictionOf(`Task/${action.id}`)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Asked({ action }: { action: Action }) {
  const { t } = useLingui()
  const saving = useSaving()
  const [id] = useState(() => crypto.randomUUID())
  const say = (happened: boolean) => () => {
    const { person } = action
    void saving.run(() => answerPromise({ id, person, action: action.id, happened, words: '' }))
  }
  return (
    <>
      <p className="my-when">{action.dueOn ? <DayText at={action.dueOn} /> : null}</p>
      <p>
        <b>{action.what}</b>
      </p>
      <p className="my-small">{action.owner?.name}</p>
      <NotSaved problem={saving.problem} />
      <div className="my-yes-no">
        <Button
          variant="outline"
          pending={saving.pending}
          onClick={say(true)}
          aria-label={t`Yes: ${action.what}`}
        >
          <Trans>Yes</Trans>
        </Button>
        <Button
          variant="outline"
          pending={saving.pending}
          onClick={say(false)}
          aria-label={t`No: ${action.what}`}
        >
          <Trans>No</Trans>
        </Button>
      </div>
    </>
  )
}

function Answered({ action }: { action: Action }) {
  return (
    <>
      <StateMark state={action.answer?.happened ? 'agreed' : 'failed'}>
        {action.answer?.happened ? (
          <Trans>You said: this happened</Trans>
        ) : (
          <Trans>You said: this did not happen</Trans>
        )}
      </StateMark>
      <p>
        <b>{action.what}</b>
      </p>
      {action.answer?.happened ? null : (
        <p className="my-small">
          <Trans>Your team can see this now, and so can {action.owner?.name}.</Trans>
        </p>
      )}
    </>
  )
}
