import { expect, test } from 'vitest'
import type { Action } from './goal.ts'
import { keptPromises, ledgerState, openCounts, promisesToPerson } from './promise-ledger.ts'

const today = '2026-11-22'
const tom = { reference: 'Practitioner/tom', name: 'Tom', voice: 'professional' } as const
const grace = { reference: 'Patient/p', name: 'Grace', voice: 'person' } as const
const action = (facts: Partial<Action>): Action => ({
  ...{ id: 'a', person: 'p', what: 'Fit the rail', note: '', state: 'accepted', owner: tom },
  ...facts,
})
const done = { state: 'done', dueOn: '2026-11-20' } as const

test.each([
  ['done in time is kept', { ...done, doneOn: '2026-11-20' }, 'kept'],
  ['done after its day is kept late', { ...done, doneOn: '2026-11-21' }, 'kept-late'],
  ['done without a date is kept', { state: 'done' }, 'kept'],
  ['whose day has passed is late', { dueOn: '2026-11-21' }, 'late'],
  ['with a day ahead is to come', { dueOn: '2026-11-23' }, 'to-come'],
  ['that was declined is given up', { state: 'refused' }, 'given-up'],
] as const)('a promise %s', (_title, facts, expected) => {
  expect(ledgerState(action(facts), today)).toBe(expected)
})

test('what the person says did not happen was not kept, even when ticked', () => {
  const no = {
    ...{ id: 'x', action: 'a', person: 'p', happened: false, words: '', by: grace },
    at: '2026-11-21T10:00:00Z',
  }
  expect(keptPromises([action({ ...done, answer: no }), action(done)], today)).toBe(1)
})

test('what the person promised themselves is no promise to them', () => {
  const own = action({ id: 'own', owner: grace })
  expect(promisesToPerson([own, action({})], 'p').map(({ id }) => id)).toEqual(['a'])
})

test('what is overdue or did not happen is not counted as to come', () => {
  const no = {
    ...{ id: 'x', action: 'a', person: 'p', happened: false, words: '', by: grace },
    at: '2026-11-21T10:00:00Z',
  }
  const late = { dueOn: '2026-11-21' }
  const days = [late, { ...late, answer: no }, { dueOn: today }, {}, { state: 'refused' as const }]
  const all = [...days, done].map(action)
  expect(openCounts(all, today)).toEqual({ toCome: 2, overdue: 1, failed: 1 })
})
