import { Trans, useLingui } from '@lingui/react/macro'
import { isWholeScale } from '#domain/goal/aims/attainment-scale.ts'
import type { Goal } from '#domain/goal/goal.ts'
import {
  farthestApart,
  type LadderRow,
  ladderRows,
  scoresOnEarlierLevels,
} from '#domain/goal/said/attainment-score.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { AttainmentLadder } from './attainment-ladder.tsx'
import { type GoalReader, useGoalAnswers } from './goal-reader.ts'
import { ScoreForm } from './score-form.tsx'
import { ShowRound } from './show-round.tsx'
import './goal.scss'

/** How far have we come: the five levels in words, and where each party sees the person. */
export function AttainmentSection({ reader, goal }: { reader: GoalReader; goal: Goal }) {
  const { t } = useLingui()
  const { scores, isPartly } = useGoalAnswers(reader)
  if (!isWholeScale(goal))
    return (
      <p className="goal-missing">
        <Trans>The five levels are not written yet. Then everybody can say how far it is.</Trans>
      </p>
    )
  const scale = { id: goal.id, scale: goal.scale ?? 1 }
  const rows = ladderRows(scores, scale)
  const isRoundOpen = rows.some(({ now }) => now?.isOpen)
  const hasOthers = rows.some(({ by, now }) => now && by.reference !== reader.me.reference)
  const own = rows.find(({ by }) => by.reference === reader.me.reference)?.now
  return (
    <>
      <p className="gable-meta">
        <WhatScorersSee isRoundOpen={isRoundOpen} wasShown={rows.some(isShown)} />
      </p>
      <AttainmentLadder
        goal={goal}
        levels={goal.levels}
        rows={rows}
        roleOf={roleIn(reader, t`the person`)}
      />
      <WorthTalkingAbout rows={rows} />
      {isPartly ? (
        <p className="gable-meta">
          <Trans>Answers of this round could not be loaded. The others are shown.</Trans>
        </p>
      ) : null}
      {reader.mayWrite && !(own?.isOpen && hasOthers) ? (
        <ScoreForm reader={reader} goal={goal} levels={goal.levels} />
      ) : null}
      {isRoundOpen ? (
        <ShowRound reader={reader} about={`Goal/${goal.id}`} closes="goal-attainment-score" />
      ) : null}
      <EarlierLevels scores={scoresOnEarlierLevels(scores, scale)} />
    </>
  )
}

const isShown = ({ now, before }: LadderRow) => before !== undefined || now?.isOpen === false

/** A score is blind only in its own round: once one was shown, everybody scores with that in mind. */
function WhatScorersSee(props: Readonly<{ isRoundOpen: boolean; wasShown: boolean }>) {
  const { isRoundOpen, wasShown } = props
  if (!wasShown) return <Trans>Each scores alone, then you see all of them together.</Trans>
  return isRoundOpen ? (
    <Trans>
      Each scores alone in this round. The scores of last time were shown, so everybody has seen
      those before.
    </Trans>
  ) : (
    <Trans>
      These scores were given alone, and have been shown. Whoever scores next has seen them.
    </Trans>
  )
}

const roleIn =
  ({ house }: GoalReader, person: string) =>
  (reference: string): string =>
    reference.startsWith('Patient/')
      ? person
      : (house.team.find(({ who }) => who.reference === reference)?.role ?? '')

function WorthTalkingAbout({ rows }: { rows: readonly LadderRow[] }) {
  const apart = farthestApart(rows)
  if (!apart) return null
  const { lower, higher, steps } = apart
  return (
    <p className="goal-apart">
      <b>
        <Trans>Worth talking about:</Trans>
      </b>{' '}
      <Trans>
        {lower.name} sees {steps} steps less than {higher.name}.
      </Trans>
    </p>
  )
}

function EarlierLevels({ scores }: { scores: ReturnType<typeof scoresOnEarlierLevels> }) {
  const { t } = useLingui()
  if (scores.length === 0) return null
  return (
    <details className="goal-history">
      <summary>
        <Trans>Before the levels were changed</Trans>
      </summary>
      <ul>
        {scores.map(({ id, by, at, words, level }) => (
          <li key={id}>
            {by.name}, <DateText date={at} />: {level === undefined ? t`not shown` : words}
          </li>
        ))}
      </ul>
    </details>
  )
}
