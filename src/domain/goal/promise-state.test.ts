import { expect, test } from 'vitest'
import type { Action } from './goal.ts'
import {
  askedDidThisHappen,
  openPromises,
  promiseState,
  promisesNext,
  withAnswer,
} from './promise-state.ts'

const today = '2026-11-22'
const tom = { reference: 'Practitioner/tom', name: 'Tom', voice: 'professional' } as const
const grace = { reference: 'Patient/p', name: 'Grace', voice: 'person' } as const
const anAction = (facts: Partial<Action> = {}): Action => ({
  ...{ id: 'a', person: 'p', what: 'Fit the rail', note: '', state: 'accepted', owner: tom },
  ...facts,
})
const no = {
  ...{ id: 'x', action: 'a', person: 'p', happened: false, words: 'Nobody came' },
  ...{ by: grace, at: '2026-11-21T10:00:00Z' },
}

test.each([
  ['with a date ahead is to come', { dueOn: '2026-11-25' }, 'to-come'],
  ['for today is for today', { dueOn: today }, 'today'],
  ['whose date has passed is overdue', { dueOn: '2026-11-20' }, 'overdue'],
  ['without a date is undated', {}, 'undated'],
  ['that is done is done, whatever its date', { dueOn: '2026-11-20', state: 'done' }, 'done'],
  [
    'that the person says did not happen counts as not done, even when ticked',
    { state: 'done', answer: no },
    'did-not-happen',
  ],
  ['that was refused is refused', { state: 'refused' }, 'refused'],
  ['that was stopped is stopped', { state: 'stopped', answer: no }, 'stopped'],
] as const)('a promise %s', (_title, facts, expected) => {
  expect(promiseState(anAction(facts), today)).toBe(expected)
})

test('an answer counts until the promise is changed', () => {
  const before = anAction({ written: { by: tom, at: '2026-11-20T10:00:00Z' } })
  const rewritten = anAction({ written: { by: tom, at: '2026-11-22T10:00:00Z' } })
  expect(withAnswer(before, [no]).answer?.words).toBe('Nobody came')
  expect(withAnswer(rewritten, [no]).answer).toBeUndefined()
})

test('the answer that the server received last counts, whatever date the client wrote', () => {
  const yes = { ...no, id: 'y', happened: true, at: '2036-01-01T10:00:00Z' }
  const early = { ...yes, kept: '2026-11-21T10:00:00Z' }
  const late = { ...no, kept: '2026-11-21T10:01:00Z' }
  expect(withAnswer(anAction(), [early, late]).answer?.happened).toBe(false)
  expect(withAnswer(anAction(), [early, no]).answer?.happened, 'not sent yet').toBe(false)
})

test('promises that did not happen come first, and done ones are left out', () => {
  const actions = [
    anAction({ id: 'later', dueOn: '2026-12-01' }),
    anAction({ id: 'done', state: 'done' }),
    anAction({ id: 'soon', dueOn: '2026-11-23' }),
    anAction({ id: 'wrong', dueOn: '2026-12-02', answer: no }),
  ]
  expect(openPromises(actions, today).map((each) => each.id)).toEqual(['wrong', 'soon', 'later'])
})

test('a person is asked once about each promise of others whose date has come', () => {
  const actions = [
    anAction({ id: 'due', dueOn: '2026-11-21' }),
    anAction({ id: 'own', dueOn: '2026-11-21', owner: grace }),
    anAction({ id: 'ahead', dueOn: '2026-11-29' }),
    anAction({ id: 'said', dueOn: '2026-11-21', answer: no }),
  ]
  expect(askedDidThisHappen(actions, 'p', today).map((each) => each.id)).toEqual(['due'])
})

test('every open promise is shown: as next, or as a question to the person', () => {
  const late = '2026-11-20'
  const actions = [
    anAction({ id: 'late', dueOn: late }),
    anAction({ id: 'hers', dueOn: late, owner: grace }),
    anAction({ id: 'soon', dueOn: '2026-11-23' }),
    anAction({ id: 'undated' }),
    anAction({ id: 'answered', dueOn: late, answer: no }),
    anAction({ id: 'done', state: 'done' }),
  ]
  const ids = (some: readonly Action[]) => some.map((each) => each.id)
  const asked = askedDidThisHappen(actions, 'p', today)
  expect(ids(asked)).toEqual(['late', 'done'])
  expect(ids(promisesNext(actions, today, asked))).toEqual(['hers', 'soon', 'undated'])
  // a carer is not asked
  expect(ids(promisesNext(actions, today, []))).toEqual(['hers', 'late', 'soon', 'undated'])
})
