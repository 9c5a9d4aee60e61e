import { expect, test } from 'vitest'
import { differsFromAnswers } from './carer-assessment.ts'

test.each([
  ['meets', true, false],
  ['meets', false, true],
  ['does-not-meet', false, false],
  ['does-not-meet', true, true],
  ['cannot-say', false, true],
  ['cannot-say', true, true],
  [undefined, true, false],
] as const)(
  'answers that come to %s, and a decision of %s: it says that it differs: %s',
  (workedOut, isEligible, differs) => {
    expect(differsFromAnswers({ isEligible, ...(workedOut ? { workedOut } : {}) })).toBe(differs)
  },
)
