import type { Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { mustBeShort, mustHaveShortWords } from './short-words.ts'

const task = (words: string, reason = ''): Task => ({
  ...{ resourceType: 'Task', status: 'rejected', intent: 'order' },
  ...{ note: [{ text: words }], statusReason: { text: reason } },
})

test.each([
  ['a note of 5,000 characters', 5_000, 0, false],
  ['a note of one more', 5_001, 0, true],
  ['a reason of 2,000 characters', 0, 2_000, false],
  ['a reason of one more', 0, 2_001, true],
])('%s', (_title, note, reason, isRefused) => {
  const write = () => mustHaveShortWords(task('x'.repeat(note), 'x'.repeat(reason)), task('before'))
  if (isRefused) expect(write).toThrow('can be kept')
  else expect(write).not.toThrow()
})

test('words that came long with an import stay when something else is changed', () => {
  const long = task('x'.repeat(9_000))
  expect(() => mustHaveShortWords({ ...long, status: 'accepted' }, long)).not.toThrow()
  expect(() => mustHaveShortWords(task(`${'x'.repeat(9_000)}!`), long)).toThrow('9,001')
})

test('a text is refused whole, and never cut', () => {
  expect(mustBeShort(`  ${'x'.repeat(2_000)} `)).toHaveLength(2_000)
  expect(() => mustBeShort('x'.repeat(2_001))).toThrow('Nothing was saved')
})
