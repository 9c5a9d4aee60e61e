import type { Observation } from '@medplum/fhirtypes'
import {
  given,
  helperIn,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import { goalObservationCode } from './goal-observation.ts'

export type RatingKind = 'goal-importance' | 'goal-confidence'
const ratingKinds: readonly RatingKind[] = ['goal-importance', 'goal-confidence']

/** How important a goal is to the person, or how confident they feel, from 0 to 10, on one day. */
export type Rating = Readonly<{
  id: string
  person: string
  goal: string
  kind: RatingKind
  value: number
  by: Who
  /** the professional who wrote it down for the person */
  writtenDownBy?: Who
  /** day or instant on which it was said */
  at: string
}>

export const isRatingValue = (value: number) => Number.isInteger(value) && value >= 0 && value <= 10

/** Undefined for every other record, and for a rating entered in error. */
export function ratingFromFhir(observation: Observation): Rating | undefined {
  const kind = ratingKinds.find((each) => each === goalObservationCode(observation))
  const by = whoFrom(observation.performer?.[0])
  const value = observation.valueInteger
  if (!kind || !by || value === undefined || observation.status === 'entered-in-error')
    return undefined
  return {
    id: observation.id ?? '',
    person: idIn(observation.subject?.reference),
    goal: idIn(observation.focus?.[0]?.reference),
    ...{ kind, value, by },
    ...given('writtenDownBy', helperIn(observation)),
    at: observation.effectiveDateTime ?? observation.meta?.lastUpdated ?? '',
  }
}

export function ratingToFhir(rating: Rating): Observation & { id: string } {
  return {
    resourceType: 'Observation',
    id: rating.id,
    status: 'final',
    code: ownCode(rating.kind),
    subject: { reference: `Patient/${rating.person}` },
    focus: [{ reference: `Goal/${rating.goal}` }],
    performer: [referenceTo(rating.by)],
    effectiveDateTime: rating.at,
    valueInteger: rating.value,
  }
}

/** The ratings of one goal, the newest first. Those of one day are in the order of their instants. */
export const ratingsOf = (
  ratings: readonly Rating[],
  goal: string,
  kind: RatingKind,
): readonly Rating[] =>
  ratings
    .filter((each) => each.goal === goal && each.kind === kind)
    .toSorted((one, other) => instant(other.at) - instant(one.at))

const instant = (at: string) => Date.parse(at) || 0

/** The last one before the present one that had another value: what it was before. */
export const ratingBefore = (newestFirst: readonly Rating[]): Rating | undefined => {
  const [now] = newestFirst
  return newestFirst.find((each) => each.value !== now?.value)
}
