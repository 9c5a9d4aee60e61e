import type { Observation } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { roundOf } from '#domain/goal/said/attainment-score.ts'
import { type GoalObservationCode, isKeptFromOthers } from '#domain/goal/said/goal-observation.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'

/** What an answer is about: a score is about one goal, the choice of the top goal about all of them. */
export type Question = Readonly<{ person: string; code: GoalObservationCode; goal?: string }>

export const questionOf = (observation: Observation, code: GoalObservationCode): Question => {
  const goal = idIn(observation.focus?.[0]?.reference)
  const person = idIn(observation.subject?.reference)
  return { person, code, ...(code === 'top-goal' || !goal ? {} : { goal }) }
}

/** All answers to one question that were not entered in error, for the service: those kept from others too. */
export async function answersTo(
  { service }: RequestContext,
  { person, code, goal }: Question,
): Promise<readonly (Observation & { id: string })[]> {
  const query = new URLSearchParams({
    ...{ patient: `Patient/${person}`, code: `${gableCodeSystem}|${code}` },
    ...{ _count: '200', _sort: '-date' },
  })
  const { matches } = await service.store.search('Observation', query, everyone)
  return (matches as (Observation & { id: string })[]).filter(
    (each) =>
      each.status !== 'entered-in-error' &&
      (goal === undefined || each.focus?.[0]?.reference === `Goal/${goal}`),
  )
}

/** The round that is open, with its answers; without one the number that the next gets. */
export function roundNow(
  answers: readonly (Observation & { id: string })[],
): Readonly<{ round: number; given: readonly (Observation & { id: string })[] }> {
  const [open] = answers.filter(isKeptFromOthers)
  if (!open) return { round: Math.max(0, ...answers.map(roundOf)) + 1, given: [] }
  const round = roundOf(open)
  return { round, given: answers.filter((each) => roundOf(each) === round) }
}
