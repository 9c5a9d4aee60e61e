import { expect, test } from 'vitest'
import { tellingApart } from './telling-apart.ts'

const counts = new Map([
  ['High blood pressure', 90],
  ['Diabetes', 40],
  ['Gout', 4],
])

test('what fewest have comes first, and what more than half have last', () => {
  const conditions = ['High blood pressure', 'Diabetes', 'Gout', 'Motor neurone disease']
  expect(tellingApart(conditions, { counts, total: 100 })).toEqual([
    'Motor neurone disease',
    'Gout',
    'Diabetes',
    'High blood pressure',
  ])
})

test('with equal counts the order of the record stays', () => {
  expect(tellingApart(['B', 'A'], { counts: new Map(), total: 0 })).toEqual(['B', 'A'])
})
