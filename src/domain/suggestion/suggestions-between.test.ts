import { expect, test } from 'vitest'
import type { SuggestedChange } from './suggested-change.ts'
import { suggestionsBetween } from './suggestions-between.ts'

const karen = { reference: 'Practitioner/karen', name: 'Karen Lee', voice: 'professional' } as const
const grace = { reference: 'Patient/grace', name: 'Grace Okafor', voice: 'person' } as const

const at = (day: number) => `2026-03-${String(day).padStart(2, '0')}T10:00:00.000Z`
const suggested = (more: Partial<SuggestedChange> = {}): SuggestedChange => ({
  ...{ id: 's', person: 'grace', record: 'Goal/1', place: 'words', room: 'conversation' },
  ...{ by: karen, at: at(5), why: '', baseVersion: '1', baseWords: 'on a Sunday' },
  ...{ words: 'on a feast day', owner: grace, state: 'waiting' },
  ...more,
})
const decided = (state: SuggestedChange['state'], day: number, more: object = {}) =>
  suggested({ state, decision: { by: grace, at: at(day), way: 'self' }, ...more })

test.each([
  ['waits still', suggested(), 'waiting'],
  ['was accepted between the two', decided('taken', 8, { taken: 'on a feast day' }), 'taken'],
  ['was accepted in other words', decided('taken', 8, { taken: 'on a holiday' }), 'changed'],
  ['was declined between the two', decided('declined', 8, { reason: 'No' }), 'declined'],
  ['was withdrawn between the two', decided('withdrawn', 8), 'withdrawn'],
  ['was decided after the later one: it still waited then', decided('declined', 25), 'waiting'],
  ['came before the first, and waits', suggested({ at: at(1) }), 'waiting'],
  ['was decided before the first', decided('declined', 2, { at: at(1) }), undefined],
  ['came after the later one', suggested({ at: at(25) }), undefined],
])('a suggestion that %s', (_title, change, state) => {
  expect(suggestionsBetween([change], { from: at(3), to: at(20) })[0]?.state).toBe(state)
})

test.each([
  ['Goal/1', 'words', 'Goal/1'],
  ['Goal/1', 'why', 'Goal/1#why'],
  ['Task/1', 'what', 'Task/1'],
  ['Observation/1', 'words', 'Observation/1'],
  ['CarePlan/whatif-1', 'amber.doWhat', 'CarePlan/whatif-1#amber'],
])('the place of %s, %s, is the row %s of a comparison', (record, place, key) => {
  const [found] = suggestionsBetween([suggested({ record, place })], { from: at(3) })
  expect(found?.sentence).toBe(key)
})
