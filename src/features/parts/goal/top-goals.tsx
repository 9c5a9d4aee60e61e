import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { clockToday } from '#client/clock.ts'
import { useSaveState } from '#client/forms/use-record-form.ts'
import { saveNeed } from '#client/queries/care-plan/goals.ts'
import {
  agreedTopGoal,
  chosenInOtherWords,
  isSameChoice,
  partyOf,
  type TopGoal,
  topGoalsNow,
} from '#domain/goal/said/top-goal.ts'
import { SaveNote } from '#features/parts/save-note.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { Button } from '#ui/layout/button.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { type GoalReader, useGoalAnswers } from './goal-reader.ts'
import { ShowRound } from './show-round.tsx'
import { TopGoalForm } from './top-goal-form.tsx'
import './goal.scss'

/** What each of us puts first: named without seeing the others, then side by side. */
export function TopGoals({ reader }: { reader: GoalReader }) {
  const { topGoals } = useGoalAnswers(reader)
  const choices = topGoalsNow(topGoals)
  const { house, me } = reader
  const own = choices.find(({ by }) => by.reference === me.reference)
  const isOpen = choices.some((each) => each.isOpen)
  const stands = own?.isOpen && choices.length > 1
  return (
    <>
      <p className="gable-meta">
        {choices.some(({ round }) => round > 1) ? (
          <Trans>Named without seeing the others, after the choices of last time were shown.</Trans>
        ) : choices.length > 0 && !isOpen ? (
          <Trans>Named without seeing the others. Whoever chooses now has seen these.</Trans>
        ) : (
          <Trans>Named without seeing the others.</Trans>
        )}
      </p>
      {choices.length === 0 ? (
        <p className="goal-missing">
          <Trans>Nobody has said yet what comes first.</Trans>
        </p>
      ) : (
        <ul className="goal-firsts">
          {choices.map((choice) => (
            <Choice key={partyOf(choice)} {...{ reader, choice, choices }} />
          ))}
        </ul>
      )}
      <HowManyAgree reader={reader} choices={choices} />
      {choices
        .filter(({ goal, words, isHidden }) => !goal && words && !isHidden)
        .map((choice) => (
          <AddAsNeed key={choice.id} reader={reader} choice={choice} />
        ))}
      {reader.mayWrite && !stands ? <TopGoalForm reader={reader} /> : null}
      {isOpen && house.plan ? (
        <ShowRound reader={reader} about={`CarePlan/${house.plan.id}`} closes="top-goal" />
      ) : null}
    </>
  )
}

const wordsOf = ({ house }: GoalReader, { goal, words }: TopGoal) =>
  goal ? (house.goals.find(({ id }) => id === goal)?.words ?? '') : words

function Choice(props: { reader: GoalReader; choice: TopGoal; choices: readonly TopGoal[] }) {
  const { reader, choice, choices } = props
  const { by, organisation, at, isHidden } = choice
  const same = choices.filter((each) => each.id !== choice.id && isSameChoice(each, choice))
  return (
    <li className={same.length > 0 ? 'is-same' : undefined}>
      <p className="goal-by">
        <Avatar name={by.name} voice={by.voice} />
        <span>
          <b>{by.name}</b>
          {organisation?.name ? <>, {organisation.name}</> : null}
          <br />
          <span className="gable-meta">
            <DateText date={at} />
          </span>
        </span>
      </p>
      {isHidden ? (
        <p>
          <Trans>Has chosen. You see it when you have chosen yourself.</Trans>
        </p>
      ) : (
        <>
          <p className="goal-firsts__words">
            <OwnText>{wordsOf(reader, choice)}</OwnText>
          </p>
          <Mark choice={choice} same={same} />
        </>
      )}
    </li>
  )
}

function Mark({ choice, same }: { choice: TopGoal; same: readonly TopGoal[] }) {
  if (!choice.goal)
    return (
      <StateMark state="missing">
        <Trans>Not in the plan yet</Trans>
      </StateMark>
    )
  const names = same.map(({ by }) => by.name).join(', ')
  return names ? (
    <StateMark state="agreed">
      <Trans>The same as {names}</Trans>
    </StateMark>
  ) : null
}

function HowManyAgree({ reader, choices }: { reader: GoalReader; choices: readonly TopGoal[] }) {
  const agreed = agreedTopGoal(choices)
  const shown = choices.filter(({ isHidden }) => !isHidden)
  if (shown.length < 2) return null
  if (!agreed)
    return (
      <p>
        <b>
          <Trans>Worth talking about:</Trans>
        </b>{' '}
        <Trans>Each puts something else first.</Trans>
      </p>
    )
  const words = reader.house.goals.find(({ id }) => id === agreed.goal)?.words ?? ''
  return (
    <>
      <p>
        <Trans>
          {agreed.agree} of {agreed.of} put the same goal first: {words}
        </Trans>
      </p>
      {chosenInOtherWords(agreed.parties, words).map(({ id, by, goalWords }) => (
        <p key={id} className="goal-apart">
          <Trans>
            {by.name} chose it when it said: “{goalWords}”
          </Trans>
        </p>
      ))}
    </>
  )
}

/** What somebody puts first and is not in the plan becomes a need to talk about, once. */
function AddAsNeed({ reader, choice }: { reader: GoalReader; choice: TopGoal }) {
  const { t } = useLingui()
  const saving = useSaveState()
  const [askedOn] = useState(clockToday)
  const { house, mayWrite, me } = reader
  const id = `need-${choice.id}`.slice(0, 64)
  if (house.needs.some((each) => each.id === id))
    return (
      <p className="gable-meta">
        <Trans>“{choice.words}” is among the needs to talk about.</Trans>
      </p>
    )
  if (!mayWrite || me.voice !== 'professional') return null
  const mine = {
    ...{ id, person: house.person, words: choice.words, unmet: false, resolved: false, askedOn },
  }
  return (
    <>
      <SaveNote saving={saving} />
      <Button
        variant="link"
        pending={saving.pending}
        aria-label={t`Add as a need to talk about: ${choice.words}`}
        onClick={() =>
          void saving.run(async () => {
            await saveNeed(house.plan, { mine })
          })
        }
      >
        <Trans>Add what {choice.by.name} says as a need to talk about</Trans>
      </Button>
    </>
  )
}
