import type { CarePlan, Goal } from '@medplum/fhirtypes'
import { given, idIn } from '#domain/fhir/references-and-extensions.ts'
import { isEnded, isPlan, planFromFhir } from './fhir.ts'
import { planIdFor } from './plan.ts'

/** A plan of a person beside the one that the house is drawn from. */
export type OtherPlan = Readonly<{
  id: string
  title: string
  ended: boolean
  /** `YYYY-MM-DD`, or a year */
  since?: string
  until?: string
  /** text of its goals, as far as this reader may see them */
  goals: readonly string[]
}>

const namesCase = (carePlan: CarePlan, caseId: string) =>
  carePlan.supportingInfo?.some((each) => idIn(each.reference) === caseId) ?? false

/** The higher, the more likely it is the current plan. */
function rankOf(carePlan: CarePlan): readonly string[] {
  const isRunning = carePlan.status === 'active' ? '2' : isEnded(carePlan) ? '0' : '1'
  const hasGoals = (carePlan.goal ?? []).length > 0 ? '1' : '0'
  return [
    isRunning,
    hasGoals,
    carePlan.period?.start ?? '',
    carePlan.meta?.lastUpdated ?? '',
    carePlan.id ?? '',
  ]
}

function byRank(one: CarePlan, other: CarePlan): number {
  const mine = rankOf(one)
  const differing = rankOf(other).findIndex((each, at) => each !== mine[at])
  if (differing < 0) return 0
  return (rankOf(other)[differing] ?? '') > (mine[differing] ?? '') ? 1 : -1
}

/**
 * The current plan: that of the open case. Without an open case, of those that have not ended one with goals, and of
 * these the newest. Every reader and the server choose alike, in whatever order the records come.
 */
export function livingPlan(
  carePlans: readonly CarePlan[],
  caseId: string | undefined,
): CarePlan | undefined {
  const plans = carePlans.filter(isPlan)
  if (caseId === undefined) return plans.toSorted(byRank)[0]
  const own = plans.find((each) => each.id === planIdFor(caseId))
  return own ?? plans.filter((each) => namesCase(each, caseId)).toSorted(byRank)[0]
}

/** Every plan but the current one, those that have not ended first. What was entered in error is left out. */
export function otherPlans(
  carePlans: readonly CarePlan[],
  living: CarePlan | undefined,
  goals: readonly Goal[],
): readonly OtherPlan[] {
  const words = new Map(goals.map((goal) => [goal.id, goal.description?.text ?? '']))
  return carePlans
    .filter((each) => isPlan(each) && each.status !== 'entered-in-error' && each.id !== living?.id)
    .toSorted(byRank)
    .map((carePlan) => ({
      id: carePlan.id ?? '',
      title: planTitle(carePlan),
      ended: isEnded(carePlan),
      ...given('since', carePlan.period?.start),
      ...given('until', carePlan.period?.end),
      goals: planFromFhir(carePlan).goals.flatMap((id) => words.get(id) || []),
    }))
}

export function planTitle({ title, category, description }: CarePlan): string {
  const named = (category ?? []).map((each) => each.text ?? each.coding?.[0]?.display ?? '')
  return title ?? (named.filter(Boolean).join(', ') || (description ?? ''))
}
