import type { Action, Goal } from '#domain/goal/goal.ts'
import type { ReviewDecision } from './held-review.ts'

/** An open goal or promise that a review has to decide. */
export type ToDecide = Readonly<{ about: string; what: string }>

const openStates: readonly Action['state'][] = ['planned', 'accepted', 'doing', 'refused']

/** Every open goal, step and promise. */
export function toDecide(goals: readonly Goal[], actions: readonly Action[]): readonly ToDecide[] {
  return [
    ...goals
      .filter(({ state }) => state === 'active' || state === 'proposed')
      .map(({ id, words }) => ({ about: `Goal/${id}`, what: words })),
    ...actions
      .filter(({ state }) => openStates.includes(state))
      .map(({ id, what }) => ({ about: `Task/${id}`, what })),
  ]
}

/** What nobody has decided yet; a change or an end without words counts as undecided. */
export function undecided(
  open: readonly ToDecide[],
  decisions: readonly Omit<ReviewDecision, 'what'>[],
): readonly ToDecide[] {
  return open.filter(({ about }) => {
    const made = decisions.find((each) => each.about === about)
    return !made || (made.decision !== 'goes-on' && made.words.trim() === '')
  })
}
