import { expect, test } from 'vitest'
import { applyJsonPatch } from './json-patch.ts'

const record = { resourceType: 'Goal', id: 'g', note: [{ text: 'x'.repeat(100) }] }

test.each([
  [
    'copies of copies',
    Array.from({ length: 30 }, (_, at) => ({ op: 'copy', from: '', path: `/k${at}` })),
  ],
  [
    'a list added to itself',
    Array.from({ length: 30 }, () => ({ op: 'copy', from: '/note', path: '/note/-' })),
  ],
  [
    'ever deeper copies',
    Array.from({ length: 250 }, () => ({ op: 'copy', from: '', path: '/id' })),
  ],
  ['thousands of steps', Array(1_001).fill({ op: 'test', path: '/id', value: 'g' })],
])('A patch of %s is refused while it is small', (_what, patch) => {
  expect(() => applyJsonPatch(record, patch)).toThrow(/copies too much|at most 1000 steps/)
})

test('A patch copies and moves within its size limit', () => {
  const patch = [
    { op: 'copy', from: '/note/0', path: '/note/1' },
    { op: 'move', from: '/note/0', path: '/kept' },
  ]
  const [note] = record.note
  expect(applyJsonPatch(record, patch)).toEqual({ ...record, note: [note], kept: note })
  expect(record.note).toHaveLength(1)
})

test.each([
  { op: 'remove', path: '/note/length' },
  { op: 'replace', path: '/note/length', value: 0 },
  { op: 'remove', path: '/note/constructor' },
  { op: 'replace', path: '/note/-', value: {} },
  { op: 'replace', path: '/note/01', value: {} },
  { op: 'replace', path: '/note/-1', value: {} },
  { op: 'copy', from: '/toString', path: '/id' },
  { op: 'test', path: '/note/length', value: 1 },
  { op: 'add', path: '/constructor/polluted', value: 1 },
])('A path that is not in the record is refused: $op $path', (step) => {
  expect(() => applyJsonPatch(record, [step])).toThrow(/Step 0 of the patch cannot be applied/)
})

test('A patch cannot write to a prototype', () => {
  for (const path of ['/__proto__', '/__proto__/polluted', '/note/0/__proto__/polluted'])
    for (const step of [
      { op: 'add', path, value: 1 },
      { op: 'copy', from: '/id', path },
      { op: 'move', from: '/note', path },
    ])
      expect(() => applyJsonPatch(record, [step])).toThrow(/Step 0 of the patch is malformed/)
  expect(Object.keys(Object.prototype)).toEqual([])
})
