import { isWholeScale } from '#domain/goal/aims/attainment-scale.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { type AttainmentLevel, type TScore, tScore } from './attainment.ts'
import { type AttainmentScore, ladderRows } from './attainment-score.ts'
import { type Rating, ratingsOf } from './rating.ts'

export type GoalInTScore = Readonly<{
  goal: Goal
  level: AttainmentLevel | undefined
  /** how important the goal is to the person, 0 to 10 */
  importance: number | undefined
}>

export type TScoreOfParty = TScore &
  Readonly<{
    goals: readonly GoalInTScore[]
    /** the importance of a scored goal is not known, so all count the same */
    isUnweighted: boolean
  }>

/**
 * All goals of a person together, as one party sees them. The weights are how important each goal is to the person; if
 * that is not known for one of the scored goals, all count the same.
 */
export function tScoreOfParty(
  party: string,
  facts: Readonly<{
    goals: readonly Goal[]
    scores: readonly AttainmentScore[]
    ratings: readonly Rating[]
  }>,
): TScoreOfParty {
  const goals = facts.goals.filter(isWholeScale).map((goal) => ({
    goal,
    level: levelOf(party, goal, facts.scores),
    importance: ratingsOf(facts.ratings, goal.id, 'goal-importance')[0]?.value,
  }))
  const isUnweighted = goals.some(
    ({ level, importance }) => level !== undefined && importance === undefined,
  )
  const weighted = goals.map(({ level, importance = 0 }) => ({
    ...{ score: level, weight: isUnweighted ? 1 : importance },
  }))
  return { ...tScore(weighted), goals, isUnweighted }
}

function levelOf(party: string, goal: Goal, scores: readonly AttainmentScore[]) {
  const rows = ladderRows(scores, { id: goal.id, scale: goal.scale ?? 1 })
  const row = rows.find(({ by }) => by.reference === party)
  return row?.now?.level ?? row?.before?.level
}
