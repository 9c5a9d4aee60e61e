import type { Goal as FhirGoal, GoalTarget } from '@medplum/fhirtypes'
import { ucumSystem } from '#domain/fhir/codes.ts'
import { extensionOf, given, withExtensions } from '#domain/fhir/references-and-extensions.ts'

/** How we will know: what is looked at, how far it should come, and by when. */
export type TargetOfGoal = Readonly<{
  /** what is looked at, in words */
  measure?: string
  /** how far, in words */
  target?: string
  /** how far as a number, with its UCUM unit, where it can be measured */
  targetValue?: string
  targetUnit?: string
  /** `YYYY-MM-DD` */
  targetOn?: string
}>

/** UCUM units that a target can be measured in, as they are written in a record. */
export const targetUnits = {
  kg: 'kg',
  m: 'm',
  min: 'min',
  h: 'h',
  '{steps}': 'steps',
  '/wk': 'times a week',
  '/mo': 'times a month',
  '{score}': 'points',
} as const
export type TargetUnit = keyof typeof targetUnits
export const isTargetUnit = (unit: string | undefined): unit is TargetUnit =>
  unit !== undefined && unit in targetUnits

/** The first target of a goal; a record from elsewhere may have others, which stay as they are. */
export function targetFromFhir({ target }: FhirGoal): TargetOfGoal {
  const [first] = target ?? []
  if (!first) return {}
  const { detailQuantity, detailString, detailCodeableConcept, measure, dueDate } = first
  const words =
    extensionOf(first, 'target-words')?.valueString ?? detailString ?? detailCodeableConcept?.text
  return {
    ...given('measure', measure?.text ?? measure?.coding?.[0]?.display),
    ...given('target', words),
    ...given('targetValue', detailQuantity?.value?.toString()),
    ...given('targetUnit', detailQuantity?.code ?? detailQuantity?.unit),
    ...given('targetOn', dueDate),
  }
}

const parts = ['measure', 'target', 'targetValue', 'targetUnit', 'targetOn'] as const
const isSame = (one: TargetOfGoal, other: TargetOfGoal) =>
  parts.every((part) => (one[part] ?? '') === (other[part] ?? ''))

/** The targets with the first one replaced; as they came if it says the same. */
export function targetToFhir(
  goal: TargetOfGoal,
  onto: FhirGoal | undefined,
): readonly GoalTarget[] | undefined {
  const before = onto?.target ?? []
  if (onto && isSame(goal, targetFromFhir(onto))) return onto.target
  const [first, ...others] = before
  const all = isSame(goal, {}) ? others : [targetOf(goal, first), ...others]
  return all.length > 0 ? all : undefined
}

function targetOf(goal: TargetOfGoal, first: GoalTarget | undefined): GoalTarget {
  const { measure, target, targetOn } = goal
  const quantity = quantityOf(goal)
  // a target says what is measured whenever it says how far (R4, gol-1)
  const measured = measure || target || goal.targetValue
  return {
    ...given('id', first?.id),
    ...(measured ? { measure: { text: measured } } : {}),
    ...(quantity ? { detailQuantity: quantity } : given('detailString', target)),
    ...given('dueDate', targetOn),
    ...withExtensions(first, {
      'target-words': quantity && target ? [{ valueString: target }] : [],
    }),
  }
}

function quantityOf({ targetValue, targetUnit }: TargetOfGoal): GoalTarget['detailQuantity'] {
  if (!targetValue || !Number.isFinite(Number(targetValue))) return undefined
  const value = Number(targetValue)
  if (!targetUnit) return { value }
  return isTargetUnit(targetUnit)
    ? { value, unit: targetUnits[targetUnit], system: ucumSystem, code: targetUnit }
    : { value, unit: targetUnit }
}
