import type { Action } from './goal.ts'
import { openPromises, type PromiseState, promiseState } from './promise-state.ts'

/** How a promise came out, or is coming on. */
export type LedgerState = 'kept' | 'kept-late' | 'did-not-happen' | 'late' | 'to-come' | 'given-up'

export function ledgerState(action: Action, today: string): LedgerState {
  const state = promiseState(action, today)
  if (state === 'done') return isLate(action) ? 'kept-late' : 'kept'
  if (state === 'did-not-happen') return state
  if (state === 'overdue') return 'late'
  return state === 'stopped' || state === 'refused' ? 'given-up' : 'to-come'
}

const isLate = ({ doneOn, dueOn }: Action) =>
  doneOn !== undefined && dueOn !== undefined && doneOn > dueOn

/** What others promised the person; what the person promised themselves is not in it. */
export const promisesToPerson = (actions: readonly Action[], person: string): readonly Action[] =>
  actions
    .filter(({ owner }) => owner !== undefined && owner.reference !== `Patient/${person}`)
    .toSorted((one, other) => (other.dueOn ?? '').localeCompare(one.dueOn ?? ''))

/** What is open: how many are still to come, how many are overdue and how many the person says did not happen. */
export function openCounts(actions: readonly Action[], today: string) {
  const states = openPromises(actions, today).map((each) => promiseState(each, today))
  const count = (state: PromiseState) => states.filter((each) => each === state).length
  const [overdue, failed] = [count('overdue'), count('did-not-happen')]
  return { toCome: states.length - overdue - failed - count('refused'), overdue, failed }
}

/** How many were kept, in time or late. */
export const keptPromises = (actions: readonly Action[], today: string): number =>
  actions.filter((action) => ['kept', 'kept-late'].includes(ledgerState(action, today))).length
