/** What makes somebody more work than others, as the record says it. */
export const weightInputs = ['new', 'no-plan', 'in-hospital', 'alert', 'review-overdue'] as const
export type WeightInput = (typeof weightInputs)[number]

/**
 * How much each counts, beside one for everybody: our own choice.
 * @unverified caseload-weight
 */
export const inputWeights: Readonly<Record<WeightInput, number>> = {
  ...{ new: 1, 'no-plan': 1, 'in-hospital': 1, alert: 1, 'review-overdue': 1 },
}

/** So many days after somebody was taken on, they count as new. */
export const daysNew = 30

/** One for the person, and what each input adds: a plain sum. */
export const weightOf = (inputs: readonly WeightInput[]): number =>
  inputs.reduce((sum, each) => sum + inputWeights[each], 1)

/** A caseload: how many people, and their weights together. */
export type Caseload = Readonly<{ who: string; people: number; weight: number }>

type Move = Readonly<{ from: string; to: string; weight: number }>

/** The caseloads as they would be after these moves; everybody named has one, also of nobody. */
export function caseloadsAfter(
  before: readonly Caseload[],
  moves: readonly Move[],
): readonly Caseload[] {
  return before.map(({ who, people, weight }) => {
    const came = moves.filter(({ to, from }) => to === who && from !== who)
    const went = moves.filter(({ to, from }) => from === who && to !== who)
    const sum = (all: readonly Move[]) => all.reduce((total, each) => total + each.weight, 0)
    return {
      ...{ who, people: people + came.length - went.length },
      weight: weight + sum(came) - sum(went),
    }
  })
}
