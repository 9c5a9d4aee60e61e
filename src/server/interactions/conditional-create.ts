import { FhirProblem } from '#server/problem.ts'
import { type BundleStep, type Planned, placeOfEntry } from './bundle-entry.ts'
import {
  asksIdentifiersAlone,
  type ConditionAsked,
  identifiersAsked,
  identifiersOf,
  mayBeOne,
  sameCondition,
} from './conditional-queue.ts'

/** Conditions on which a record is created. */
export function createConditionsOf(steps: readonly BundleStep[]): readonly ConditionAsked[] {
  return steps.flatMap(({ verb, type, entry, condition, resource }) => {
    const query = verb === 'POST' ? entry.request?.ifNoneExist : verb === 'PUT' && condition
    return query ? [{ type, condition: query, resource }] : []
  })
}

/** Two entries with one condition would both find nothing, and both create the record. */
export function mustAskOnce(steps: readonly BundleStep[]): void {
  const seen = new Set<string>()
  for (const step of steps)
    for (const condition of createConditionsOf([step])) {
      const name = sameCondition(condition)
      if (seen.has(name)) throw makesAnother(step)
      seen.add(name)
    }
}

const makesAnother = ({ index }: BundleStep) => {
  const text = 'Another entry creates a record on the same condition'
  return new FhirProblem(400, 'invalid', text, { expression: placeOfEntry(index) })
}

/**
 * Nor may two entries be created of which one is what the other looks for, by the number with or without its system,
 * or by another of its numbers.
 */
export function mustMakeOnce(steps: readonly Planned[]): void {
  const made = steps.filter(({ found }) => found === undefined)
  const wishes = made.flatMap((step) =>
    createConditionsOf([step]).map((condition) => ({ step, asked: condition })),
  )
  const borne = Map.groupBy(
    wishes.flatMap(({ step, asked }) =>
      (asked.resource ? identifiersOf(asked.resource) : []).map((number) => ({ step, number })),
    ),
    ({ step, number }) => `${step.type} ${number.value}`,
  )
  for (const { step, asked } of wishes.filter(({ asked }) => asksIdentifiersAlone(asked.condition)))
    for (const number of identifiersAsked(asked.condition) ?? []) {
      const others = borne.get(`${step.type} ${number.value}`) ?? []
      if (others.some((each) => each.step !== step && mayBeOne(number, each.number)))
        throw makesAnother(step)
    }
}
