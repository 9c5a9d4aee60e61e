import { expect, test } from 'vitest'
import { clauseThatDecided, plainName } from './clause-that-decided.ts'

test.each([
  ['Blood pressure was measured', 'Blood pressure was measured'],
  ['HasHighBloodPressure', 'Has high blood pressure'],
  ['HasNoRecordOfHbA1c', 'Has no record of HbA1c'],
  ['HasBPReading', 'Has BP reading'],
  ['Is18To75', 'Is 18 to 75'],
  ['in_hospice', 'in hospice'],
])('the name %s is read as %s', (name, words) => {
  expect(plainName(name)).toBe(words)
})

const ref = (name: string) => ({ type: 'ExpressionRef', name })
const library = (statements: Readonly<Record<string, object>>) => ({
  statements: {
    def: Object.entries(statements).map(([name, expression]) => ({ name, expression })),
  },
})
const both = (...operand: readonly object[]) => ({ type: 'And', operand })
const either = (...operand: readonly object[]) => ({ type: 'Or', operand })

test.each([
  [
    'the first of several that all must be true',
    { N: both(ref('A'), both(ref('B'), ref('C'))) },
    { A: true, B: false, C: false },
    'B',
  ],
  ['through names alone', { N: ref('A'), A: ref('B') }, { A: false, B: false }, 'B'],
  ['what made it true', { N: either(ref('A'), ref('B')) }, { N: true, A: false, B: true }, 'B'],
  [
    'itself, if none of several would have been enough',
    { N: either(ref('A'), ref('B')) },
    { N: false },
    'N',
  ],
  ['itself, if it stands on more than names', { N: { type: 'Exists' } }, {}, 'N'],
  [
    'what is not known counts as not true',
    { N: both(ref('A'), ref('B')) },
    { A: true, B: null },
    'B',
  ],
] as const)('names %s', (_title, statements, results, name) => {
  expect(clauseThatDecided(library(statements), 'N', results)).toBe(name)
})

test('definitions in a circle end', () => {
  expect(clauseThatDecided(library({ N: ref('A'), A: ref('N') }), 'N', {})).toMatch(/^[NA]$/)
})
