import type { Observation, Resource } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

/**
 * What somebody says about a goal in a number or by choosing: an Observation under one of our codes. `top-goal` is
 * about all goals together.
 */
export type GoalObservationCode =
  | 'goal-importance'
  | 'goal-confidence'
  | 'goal-attainment-score'
  | 'top-goal'

export const goalObservationCodes: readonly GoalObservationCode[] = [
  'goal-importance',
  'goal-confidence',
  'goal-attainment-score',
  'top-goal',
]

/** The code of a record that says something about a goal; undefined for every other record. */
export function goalObservationCode(resource: Resource): GoalObservationCode | undefined {
  if (resource.resourceType !== 'Observation') return undefined
  const coding = resource.code?.coding ?? []
  return goalObservationCodes.find((code) =>
    coding.some((each) => each.system === gableCodeSystem && each.code === code),
  )
}

/** Each party answers these without seeing the others. */
const answeredAlone: readonly GoalObservationCode[] = ['goal-attainment-score', 'top-goal']

/** True for an answer that each party gives without seeing the answers of the others. */
export function isAnsweredAlone(resource: Resource): resource is Observation {
  const code = goalObservationCode(resource)
  return code !== undefined && answeredAlone.includes(code)
}

/** The label of an answer that is not shown to the others yet. Only the service sets and removes it. */
export const answeredAloneLabel = { system: gableCodeSystem, code: 'answered-alone' } as const

/** True for an answer that its round still keeps from the others. */
export const isKeptFromOthers = (resource: Resource): boolean =>
  isAnsweredAlone(resource) &&
  (resource.meta?.security?.some(
    ({ system, code }) => system === answeredAloneLabel.system && code === answeredAloneLabel.code,
  ) ??
    false)
