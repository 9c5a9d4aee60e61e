import { expect, test } from 'vitest'
import { withWhose } from './claim.ts'
import type { TodayItem } from './today.ts'

const amina = { reference: 'Practitioner/amina', name: 'Amina Yusuf' }
const tom = { reference: 'Practitioner/tom', name: 'Tom Price' }
const promise: TodayItem = {
  ...{ kind: 'promise', person: 'p', reference: 'Task/rail', due: '2026-03-01', text: 'A rail' },
  owner: tom,
}

test.each([
  ['overdue', tom],
  ['did-not-happen', amina],
] as const)('A promise that is %s is looked after by whom it should be', (detail, whose) => {
  expect(withWhose([{ ...promise, detail }], [], amina)).toMatchObject([{ whose, owner: tom }])
})

test('Where nobody coordinates, what did not happen stays with the one who promised it', () => {
  expect(withWhose([{ ...promise, detail: 'did-not-happen' }], [], undefined)).toMatchObject([
    { whose: tom },
  ])
})
