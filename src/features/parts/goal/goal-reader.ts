import { useQuery } from '@tanstack/react-query'
import { answeredAloneQuery } from '#client/queries/goals/goal-answers.ts'
import type { AttainmentScore } from '#domain/goal/said/attainment-score.ts'
import type { TopGoal } from '#domain/goal/said/top-goal.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import type { Who } from '#domain/plan/plan.ts'

/** Who reads what is said about goals, and in which house. */
export type GoalReader = Readonly<{
  house: HouseRecord
  me: Who
  /** false for a carer with whom the room is shared for reading only, and after a death */
  mayWrite: boolean
}>

type Answers = Readonly<{
  scores: readonly AttainmentScore[]
  topGoals: readonly TopGoal[]
  /** what is answered in open rounds could not be loaded, for example without a network */
  isPartly: boolean
}>

/** What everybody may see, and of the open rounds what the server shows to this reader. */
export function useGoalAnswers({ house }: GoalReader): Answers {
  const { data, isError } = useQuery(answeredAloneQuery(house.person))
  return {
    scores: withNewer(house.scores, data?.scores ?? []),
    topGoals: withNewer(house.topGoals, data?.topGoals ?? []),
    isPartly: isError,
  }
}

/** One of each: what the rounds say is newer. */
function withNewer<T extends { id: string }>(all: readonly T[], newer: readonly T[]): readonly T[] {
  const ids = new Set(newer.map(({ id }) => id))
  return [...all.filter(({ id }) => !ids.has(id)), ...newer]
}

export const personIn = (house: HouseRecord): Who => ({
  reference: `Patient/${house.person}`,
  name: house.name,
  voice: 'person',
})

/** Those for whom the reader may answer: themselves, and for a professional the person whose words they write down. */
export const speakersFor = ({ house, me }: GoalReader): readonly Who[] =>
  me.voice === 'professional' ? [me, personIn(house)] : [me]
