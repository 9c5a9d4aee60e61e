import { expect, test } from 'vitest'
import { canWait, foldedRows } from './can-wait.ts'
import { todayKinds } from './today.ts'

const today = '2026-11-30'
const rows = (kind: (typeof todayKinds)[number], count: number, due = today) =>
  Array.from({ length: count }, () => [{ kind, due }] as const)

test('what is urgent or late is never folded away, however long the page is', () => {
  const wait = todayKinds.filter((kind) => canWait({ kind, due: '2026-11-29' }, today))
  expect(wait).toEqual(['letter', 'suggestion', 'prepared', 'access', 'silent'])
  for (const kind of todayKinds.filter((each) => !wait.includes(each)))
    expect(foldedRows(rows(kind, 40, '2026-11-29'), { today, all: 90 }).folded, kind).toEqual([])
})

test('of what is asked for by a day that is still to come, three are shown', () => {
  const late = rows('review', 5, '2026-11-29')
  const found = foldedRows([...late, ...rows('review', 4)], { today, all: 9 })
  expect(found.shown).toEqual(late)
  expect(found.folded).toHaveLength(4)
  expect(foldedRows(rows('task', 4), { today, all: 4 }).folded).toHaveLength(1)
})

test('what can wait is folded into a line once the page is long, and stands open on a short one', () => {
  expect(foldedRows(rows('silent', 2), { today, all: 8 }).folded).toEqual([])
  expect(foldedRows(rows('silent', 2), { today, all: 9 }).shown).toEqual([])
})
