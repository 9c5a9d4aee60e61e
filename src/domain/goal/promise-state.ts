import { dayOf, usualZone } from '#domain/calendar/zone.ts'
import type { Action, PromiseAnswer } from './goal.ts'

export type PromiseState =
  | 'done'
  | 'did-not-happen'
  | 'refused'
  | 'stopped'
  | 'overdue'
  | 'today'
  | 'to-come'
  | 'undated'

/**
 * By the server’s clock: the date that a client writes on an answer does not make it the last. An answer that was not
 * sent yet is the newest.
 */
const tookIn = ({ kept }: PromiseAnswer) => (kept ? Date.parse(kept) : Number.POSITIVE_INFINITY)

/** An answer counts until the promise is changed, or somebody says what was done about it: then it is asked again. */
const sinceOf = ({ written, dealtWith }: Action): string =>
  [written?.at ?? '', dealtWith?.at ?? ''].toSorted().at(-1) ?? ''

/** The last answer to a promise, unless it is asked again. */
export function withAnswer(action: Action, answers: readonly PromiseAnswer[]): Action {
  const answer = answers
    .filter((each) => each.action === action.id && each.at > sinceOf(action))
    .toSorted((one, other) => tookIn(other) - tookIn(one))[0]
  return answer ? { ...action, answer } : action
}

/** The state of a promise today (`YYYY-MM-DD`). What the person says about it outranks what its owner ticked. */
export function promiseState(action: Action, today: string): PromiseState {
  if (action.state === 'stopped') return 'stopped'
  if (action.answer && !action.answer.happened) return 'did-not-happen'
  if (action.state === 'done') return 'done'
  if (action.state === 'refused') return 'refused'
  if (!action.dueOn) return 'undated'
  if (action.dueOn === today) return 'today'
  return action.dueOn < today ? 'overdue' : 'to-come'
}

/**
 * Whether somebody has to act on it: it did not happen, or its day has passed. Once somebody has said since that day
 * what was done about it, it waits for the person’s next answer.
 */
export function needsSomebody(action: Action, today: string, zone = usualZone): boolean {
  const state = promiseState(action, today)
  if (state === 'did-not-happen') return true
  const dealtOn = action.dealtWith ? dayOf(action.dealtWith.at, zone) : ''
  return state === 'overdue' && dealtOn <= (action.dueOn ?? '')
}

const settled: readonly PromiseState[] = ['done', 'stopped']

/** Open promises, those that did not happen first, then by date; those without a date last. */
export function openPromises(actions: readonly Action[], today: string): readonly Action[] {
  const rank = (action: Action) => (promiseState(action, today) === 'did-not-happen' ? '0' : '1')
  const key = (action: Action) => `${rank(action)}${action.dueOn ?? '9999'}${action.id}`
  return actions
    .filter((action) => !settled.includes(promiseState(action, today)))
    .toSorted((one, other) => key(one).localeCompare(key(other)))
}

/**
 * What is shown as coming next: every open promise that the person has not answered, late ones too, except those that
 * they are asked about.
 */
export const promisesNext = (
  actions: readonly Action[],
  today: string,
  asked: readonly Action[],
): readonly Action[] =>
  openPromises(actions, today).filter((action) => !action.answer && !asked.includes(action))

/** Promises by somebody else that the person may answer: overdue or ticked, and not yet answered. */
export function askedDidThisHappen(
  actions: readonly Action[],
  person: string,
  today: string,
): readonly Action[] {
  return actions.filter(
    (action) =>
      action.owner !== undefined &&
      action.owner.reference !== `Patient/${person}` &&
      !action.answer &&
      ['done', 'overdue'].includes(promiseState(action, today)),
  )
}
