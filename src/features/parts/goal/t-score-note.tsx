import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { expectedCorrelation } from '#domain/goal/said/attainment.ts'
import { type TScoreOfParty, tScoreOfParty } from '#domain/goal/said/t-score-of-party.ts'
import { openGoals } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'
import { SelectField } from '#ui/forms/select-field.tsx'
import { levelNumber } from './attainment-ladder.tsx'
import { type GoalReader, useGoalAnswers } from './goal-reader.ts'

/** All goals together as one number, with its formula, what went in and what is missing. */
export function TScoreNote({ reader }: { reader: GoalReader }) {
  const { t } = useLingui()
  const { scores } = useGoalAnswers(reader)
  const parties = [
    ...new Map(
      scores.filter(({ level }) => level !== undefined).map(({ by }) => [by.reference, by]),
    ).values(),
  ]
  const [chosen, setChosen] = useState('')
  const party = parties.find(({ reference }) => reference === chosen) ?? parties[0]
  return (
    <details className="goal-history">
      <summary>
        <Trans>All goals together, as one number (T-score)</Trans>
      </summary>
      {party ? (
        <>
          <SelectField
            label={t`As seen by`}
            value={party.reference}
            onChange={setChosen}
            options={parties.map(({ reference, name }) => ({ value: reference, label: name }))}
          />
          <Worked reader={reader} party={party} scores={scores} />
        </>
      ) : (
        <p>
          <Trans>No goal has been scored yet, so there is no T-score.</Trans>
        </p>
      )}
    </details>
  )
}

function Worked(props: {
  reader: GoalReader
  party: Who
  scores: ReturnType<typeof useGoalAnswers>['scores']
}) {
  const { house } = props.reader
  const worked = tScoreOfParty(props.party.reference, {
    goals: openGoals(house),
    scores: props.scores,
    ratings: house.ratings,
  })
  const { t: score, scored, missing, goals } = worked
  return (
    <>
      {score === undefined ? (
        <p>
          <Trans>None of these goals has been scored, so there is no T-score.</Trans>
        </p>
      ) : (
        <p>
          <Trans>
            T = {score.toFixed(1)}, from {scored} of {scored + missing} goals with levels. 50 means
            that what was expected has been reached.
          </Trans>
        </p>
      )}
      <table className="goal-t-score">
        <thead>
          <tr>
            <th scope="col">
              <Trans>Goal</Trans>
            </th>
            <th scope="col">
              <Trans>Level (x)</Trans>
            </th>
            <th scope="col">
              <Trans>Importance (w)</Trans>
            </th>
          </tr>
        </thead>
        <tbody>
          {goals.map(({ goal, level, importance }) => (
            <tr key={goal.id}>
              <td>{goal.words}</td>
              <td>{level === undefined ? <Trans>not scored</Trans> : levelNumber(level)}</td>
              <td>{importance ?? <Trans>not said</Trans>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <WeightNote worked={worked} />
      <p className="gable-meta">
        <Trans>
          T = 50 + 10 × Σ(w × x) ÷ √((1 − ρ) × Σw² + ρ × (Σw)²), with ρ = {expectedCorrelation}
          (Kiresuk and Sherman 1968). A goal that is not scored is left out: it does not count as 0.
        </Trans>
      </p>
    </>
  )
}

function WeightNote({ worked }: { worked: TScoreOfParty }) {
  if (worked.isUnweighted)
    return (
      <p>
        <Trans>
          The importance of a scored goal is not known, so all goals count the same (w = 1).
        </Trans>
      </p>
    )
  return worked.evenly ? (
    <p>
      <Trans>All weights are 0, so all goals count the same (w = 1).</Trans>
    </p>
  ) : null
}
