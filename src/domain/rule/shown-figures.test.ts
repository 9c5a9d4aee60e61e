import { expect, test } from 'vitest'
import { roundedMeasure } from '#domain/population/shown-counts.ts'
import type { RuleFigures } from './rule-figures.ts'
import { shownChange, shownFigures } from './shown-figures.ts'

const nobody = { poor: 0, known: 0 }
const figuresOf = (found: number, left: number): RuleFigures => ({
  ...{ total: 40, found, added: found, dropped: 0, kept: 0, notJudged: 2 },
  lines: [
    { left, notJudged: 1, missed: 2, caught: 1 },
    { left: found, notJudged: 1, missed: 3, caught: 2 },
  ],
  ...{ poor: { poor: 3, known: 12 }, poorBefore: nobody, poorAmong: nobody },
  ...{ sample: ['p1', 'p2', 'p3'], milliseconds: 123 },
})

test('A manager is told neither how many were drawn by lot nor how long it took', () => {
  const shown = shownFigures(figuresOf(3, 5), 'rounded')
  expect([shown.toLookAt, shown.milliseconds]).toEqual([undefined, undefined])
  expect(JSON.stringify(shown)).not.toMatch(/"count":[1-4]\b/)
  expect(shownFigures(figuresOf(3, 5), 'exact')).toMatchObject({ toLookAt: 3, milliseconds: 123 })
})

const upTo = (most: number) => Array.from({ length: most + 1 }, (_, count) => count)

/** What each answer leaves possible for each of the counts behind it. */
function possible(
  cases: readonly (readonly number[])[],
  answerOf: (counts: readonly number[]) => unknown,
): readonly (readonly [string, readonly ReadonlySet<number>[]])[] {
  const byAnswer = Map.groupBy(cases, (counts) => JSON.stringify(answerOf(counts)))
  return [...byAnswer].map(([answer, those]) => [
    answer,
    (those[0] ?? []).map((_, at) => new Set(those.map((counts) => counts[at] ?? 0))),
  ])
}

test('How many are left after each line is not told in fives if so few are found that a difference would say it', () => {
  const cases = upTo(22).flatMap((found) => upTo(30).map((gone) => [gone, found]))
  const answers = possible(cases, ([gone = 0, found = 0]) => {
    const shown = shownFigures(figuresOf(found, found + gone), 'rounded')
    return [shown.found, shown.lines]
  })
  for (const [answer, [gone]] of answers) expect(gone?.size, answer).toBeGreaterThanOrEqual(5)
})

test('Of how many a line is not known is told in fives only if those whom it does not fit are many as well', () => {
  const one = (left: number, unknown: number) => ({
    ...figuresOf(20, left),
    ...{ total: 40, lines: [{ left, unknown, notJudged: 1, missed: 0, caught: 0 }] },
  })
  // with more left in a known whole the rest is known without it
  const cases = upTo(30).flatMap((left) =>
    upTo(40 - left).map((unknown) => [left, unknown, 40 - left - unknown]),
  )
  const answers = possible(cases, ([left = 0, unknown = 0]) => {
    const [line] = shownFigures(one(left, unknown), 'rounded').lines
    return [line?.left, line?.unknown]
  })
  for (const [answer, counts] of answers)
    for (const values of counts.filter((each) => Math.max(...each) < 5))
      expect(values.size, answer).toBeGreaterThanOrEqual(5)
  expect(shownFigures(one(5, 10), 'exact').lines[0]?.unknown).toEqual({ count: 10 })
})

test('What was added, dropped and kept is told in fives only if no sum says a count of few', () => {
  const some = upTo(12)
  const cases = some
    .flatMap((added) => some.flatMap((kept) => some.map((dropped) => [added, kept, dropped])))
    .filter(([added = 0, kept = 0, dropped = 0]) => added + kept <= 12 && kept + dropped <= 12)
  const answers = possible(cases, ([added = 0, kept = 0, dropped = 0]) => [
    shownChange({ found: added + kept, added, dropped }, 'rounded'),
    ...[added + kept, kept + dropped].map(roundedMeasure),
  ])
  for (const [answer, counts] of answers)
    for (const values of counts.filter((each) => Math.max(...each) < 5))
      expect(values.size, answer).toBeGreaterThanOrEqual(3)
})
