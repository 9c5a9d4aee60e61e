import { expect, test } from 'vitest'
import { mayAnswer } from './may-answer.ts'

const ruth = { role: 'manager', organisation: 'brook' } as const

test.each([
  ['', '', true],
  ['brook', '', true],
  ['', 'brook', true],
  ['far', 'far', true],
  ['far', '', false],
  ['', 'far', false],
  ['brook', 'far', false],
] as const)(
  'a manager of Brook turns a service to “%s” where “%s” answered: %s',
  (after, before, may) => {
    expect(mayAnswer(after, before, ruth)).toBe(may)
    expect(mayAnswer(after, before, { ...ruth, role: 'admin' })).toBe(true)
  },
)
