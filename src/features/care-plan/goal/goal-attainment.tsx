import { Trans } from '@lingui/react/macro'
import type { Goal } from '#domain/goal/goal.ts'
import { AttainmentSection } from '#features/parts/goal/attainment-section.tsx'
import type { GoalReader } from '#features/parts/goal/goal-reader.ts'
import { GoalStances } from '#features/parts/goal/goal-stances.tsx'
import { TScoreNote } from '#features/parts/goal/t-score-note.tsx'
import { TopGoals } from '#features/parts/goal/top-goals.tsx'
import { LevelsForm } from './levels-form.tsx'

type SectionProps = Readonly<{ reader: GoalReader; goal: Goal }>

/** Who goes along with this goal. */
export function GoalAgreement({ reader, goal }: SectionProps) {
  return (
    <section className="gable-section" aria-labelledby="stances-title">
      <h2 id="stances-title">
        <Trans>Who agrees with this goal</Trans>
      </h2>
      <GoalStances reader={reader} goal={goal} />
    </section>
  )
}

/** The levels in words, the scores of each party, and all goals together. */
export function GoalAttainment({ reader, goal }: SectionProps) {
  return (
    <section className="gable-section" aria-labelledby="how-far-title">
      <h2 id="how-far-title">
        <Trans>How far have we come?</Trans>
      </h2>
      <AttainmentSection reader={reader} goal={goal} />
      <LevelsForm house={reader.house} goal={goal} />
      <TScoreNote reader={reader} />
    </section>
  )
}

export function WhatComesFirst({ reader }: { reader: GoalReader }) {
  return (
    <section className="gable-section" aria-labelledby="first-title">
      <h2 id="first-title">
        <Trans>What each of us puts first</Trans>
      </h2>
      <TopGoals reader={reader} />
    </section>
  )
}
