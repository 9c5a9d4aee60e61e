import { describe, expect, test } from 'vitest'
import type { Measure } from '#domain/case/measures.ts'
import { carriedBy } from './carried-by.ts'
import { compared } from './compared.ts'
import { comparedShown, isComparedLine } from './compared-shown.ts'
import { type AlikeThen, calibration, foreseen } from './foreseen.ts'
import { partlyShown } from './partly-shown.ts'
import { lastPlace, pyramidBands } from './pyramid.ts'
import {
  lastRoundedPlace,
  middleOf,
  notShown,
  roundedMeasure,
  shownPlaces,
  shownShare,
} from './shown-counts.ts'
import { stillHigh, type TwoYears } from './still-high.ts'

describe('what the first people of an order carry', () => {
  const groups = [
    { people: 2, weight: 10 },
    { people: 4, weight: 8 },
    { people: 4, weight: 0 },
  ]
  test.each([
    [0, 0],
    [1, 5],
    [2, 10],
    [3, 12],
    [6, 18],
    [10, 18],
    [99, 18],
  ])('of the first %i people is %i: among equals a proportional part', (first, carried) => {
    expect(carriedBy(groups, first)).toBe(carried)
  })
})

test.each([
  [50_214, [251, 2511, 10_043, 50_214]],
  [200, [1, 10, 40, 200]],
  [3, [0, 0, 1, 3]],
])('the bands of the pyramid end at these places of %i people', (people, ends) => {
  expect(pyramidBands.map((band) => lastPlace(band, people))).toEqual(ends)
})

describe('who is still among those with the most nights', () => {
  const years = (nightsBefore: number, nights: number, people: number): TwoYears => ({
    ...{ nightsBefore, nights, people },
    staysBefore: Number(nightsBefore > 0),
    stays: Number(nights > 0),
  })
  test('counts everybody who is there twice', () => {
    expect(stillHigh([years(9, 9, 5), years(0, 0, 95)], 5)).toBe(5)
    expect(stillHigh([years(9, 0, 5), years(0, 9, 5), years(0, 0, 90)], 5)).toBe(0)
  })
  test('counts those with equal use at the edge in part, so that no order of names decides', () => {
    expect(stillHigh([years(3, 3, 10), years(0, 0, 90)], 5)).toBe(2.5)
  })
})

describe('the chance that people would have been given', () => {
  const alike = (half: number, people: number, stayed: number): AlikeThen => ({
    ...{ likeness: '0/fit/65', half, people, stayed, nights: stayed * 3 },
  })
  test('is counted in the other half', () => {
    const groups = foreseen([alike(0, 100, 10), alike(1, 100, 30)])
    expect(groups.map(({ per100, stayed }) => [per100, stayed])).toEqual([
      [30, 10],
      [10, 30],
    ])
  })
  test('is none where too few were alike, and those come last', () => {
    const groups = foreseen([
      { likeness: null, half: 0, people: 7, stayed: 1, nights: 2 },
      alike(0, 20, 10),
      alike(1, 60, 6),
    ])
    expect(groups.map(({ per100 }) => per100)).toEqual([10, undefined, undefined])
  })
  test('is compared with what came, in bands of ten', () => {
    const groups = foreseen([alike(0, 100, 10), alike(1, 100, 30)])
    expect(calibration(groups)).toEqual([
      { from: 10, to: 19, people: 100, expected: 10, observed: 30 },
      { from: 30, to: 39, people: 100, expected: 30, observed: 10 },
    ])
  })
})

describe('a group above the line', () => {
  const count = (of: number): Measure => ({ count: of })
  const totals = { selected: 63, eligible: 1534 }
  test.each([
    // the pictures’ own: 19 % against 33 %, 21 % against 15 %
    ['fewer', 12, 506],
    ['expected', 13, 230],
    ['few', 5, 150],
    ['more', 30, 300],
  ] as const)(
    'has the verdict “%s”: other than expected only if the circle lies outside the bar',
    (verdict, selected, eligible) => {
      expect(
        compared({ selected: count(selected), eligible: count(eligible) }, totals).verdict,
      ).toBe(verdict)
    },
  )
  test('is found to be left out although its count may not be shown', () => {
    const few = { fewerThan: 5 }
    expect(compared({ selected: few, eligible: count(600) }, totals)).toEqual({
      ...{ selected: few, eligible: count(600), among: 39.1, verdict: 'fewer' },
    })
    expect(compared({ selected: few, eligible: count(90) }, totals).verdict).toBe('hidden')
  })
})

describe('counts as they may be shown', () => {
  test('a share is worked out from the shown counts, never from the exact ones', () => {
    expect(shownShare(roundedMeasure(7), roundedMeasure(22))).toBe(25)
    expect(shownShare(roundedMeasure(4), roundedMeasure(22))).toBeUndefined()
  })
  test('a line with rounded counts moves by whole fives', () => {
    expect([0, 4, 5, 14, 15].map((places) => shownPlaces(places, 'rounded'))).toEqual([
      0, 0, 5, 10, 15,
    ])
    expect(shownPlaces(14, 'exact')).toBe(14)
  })
  test('and ends before the last person, at a place that the shown count tells anyway', () => {
    for (let people = 0; people <= 60; people += 1) {
      const last = lastRoundedPlace(roundedMeasure(people))
      expect(last === 0 || last < people, String(people)).toBe(true)
      expect(last % 5).toBe(0)
    }
    expect([4, 7, 8, 12, 14].map((people) => lastRoundedPlace(roundedMeasure(people)))).toEqual([
      0, 0, 5, 5, 10,
    ])
  })
  test('a hidden count is reckoned with as the middle of what it can be', () => {
    expect([0, 4, 13].map((count) => middleOf(roundedMeasure(count)))).toEqual([2, 2, 15])
  })

  const vectors = (groups: number, whole: number): number[][] =>
    groups === 1
      ? [[whole]]
      : Array.from({ length: whole + 1 }, (_, first) =>
          vectors(groups - 1, whole - first).map((rest) => [first, ...rest]),
        ).flat()

  /** Every way to split each of the wholes, by what is shown of it; what is left out tells something too. */
  function possible(
    groups: number,
    wholes: readonly number[],
    toldOf: (exact: readonly number[], whole: number) => unknown,
  ) {
    const seen = new Map<string, Set<number>[]>()
    for (const whole of wholes)
      for (const exact of vectors(groups, whole)) noteSeen(seen, toldOf(exact, whole), exact)
    return seen
  }
  function noteSeen(seen: Map<string, Set<number>[]>, told: unknown, exact: readonly number[]) {
    const key = JSON.stringify(told)
    const could = seen.get(key) ?? exact.map(() => new Set<number>())
    for (const [place, each] of exact.entries()) could[place]?.add(each)
    seen.set(key, could)
  }
  const smallest = (could: readonly Set<number>[]) =>
    Math.min(...could.filter((one) => Math.min(...one) < 5).map(({ size }) => size))
  const partsOf = (exact: readonly number[], whole: number | Measure) =>
    partlyShown(exact.map(roundedMeasure), whole)
  const within = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, place) => from + place)

  test.each([
    [2, within(5, 37)],
    [3, within(5, 37)],
    [4, within(5, 27)],
    [2, within(48, 72)],
    [3, within(48, 72)],
  ])(
    'never tell a hidden count of a whole that is itself rounded, a multiple of five or not: %i groups',
    (groups, wholes) => {
      const told = possible(groups, wholes, (exact, whole) => {
        const rounded = roundedMeasure(whole)
        return [rounded, partsOf(exact, rounded)]
      })
      for (const [key, could] of told) expect(smallest(could), key).toBeGreaterThan(1)
    },
  )

  test.each([
    ...[5, 10, 15, 20, 25].flatMap((whole) => [2, 3, 4].map((groups) => [groups, whole] as const)),
    ...[50, 55, 60, 65, 70].flatMap((whole) => [2, 3].map((groups) => [groups, whole] as const)),
  ])('never tell a hidden count by subtraction: %i groups of %i people', (groups, whole) => {
    const told = possible(groups, [whole], (exact) => partsOf(exact, whole))
    for (const [key, could] of told) expect(smallest(could), key).toBeGreaterThan(1)
  })

  test.each([
    [2, within(48, 72)],
    [3, within(48, 72)],
  ])(
    'tell whoever knows which groups are large no count that leaving all of them out would not: %i groups',
    (groups, wholes) => {
      for (const show of [roundedMeasure, (whole: number) => whole]) {
        const exactWholes = wholes.filter((whole) => show === roundedMeasure || whole % 5 === 0)
        const told = possible(groups, exactWholes, (exact, whole) => [
          ...[show(whole), partsOf(exact, show(whole))],
          exact.map((each) => each >= 5),
        ])
        for (const [key, could] of told) expect(smallest(could), key).toBeGreaterThan(1)
      }
    },
  )

  /** Every way in which two lines or more can grow, five people at a time: for each line how many of each group. */
  const walks = (groups: number, from: number, more: number): number[][][] =>
    more === 0
      ? vectors(groups, from).map((exact) => [exact])
      : walks(groups, from, more - 1).flatMap((walk) =>
          vectors(groups, 5).map((by) => [
            ...walk,
            (walk.at(-1) ?? []).map((each, at) => each + (by[at] ?? 0)),
          ]),
        )

  /** The fewest numbers that a hidden count of one of the lines can be, for whoever joins what is told of all. */
  function joined(all: number[][][], from: number, isTold: (places: number) => boolean): number {
    const seen = new Map<string, Set<number>[]>()
    for (const walk of all) {
      const places = (at: number) => from + 5 * at
      const told = walk.map((exact, at) => isTold(places(at)) && partsOf(exact, places(at)))
      noteSeen(seen, told, walk.flat())
    }
    return Math.min(...[...seen.values()].map(smallest))
  }

  test('lines that are tried one after the other tell no count together, as only the line of free places is compared', () => {
    const from = 20
    const all = walks(3, from, 1)
    expect(
      joined(all, from, () => true),
      'all of them',
    ).toBe(1)
    for (const free of [from, from + 5]) {
      const isTold = (asked: number) => isComparedLine({ asked, free }, 'rounded')
      expect(joined(all, from, isTold), String(free)).toBeGreaterThan(1)
    }
    expect(isComparedLine({ asked: from, free: from + 5 }, 'exact')).toBe(true)
    expect(isComparedLine({ asked: from, free: undefined }, 'rounded')).toBe(false)
  })

  test('leave out as few as may be: the largest, and nothing where nothing is told', () => {
    const [few, women, men] = [{ fewerThan: 5 }, { count: 120 }, { count: 95 }]
    expect(partlyShown([women, { count: 90 }, few, few], { count: 210 })).toEqual([
      ...[women, { count: 90 }, few, few],
    ])
    expect(partlyShown([women, men, few, few], { count: 210 })).toEqual([
      ...[notShown, men, notShown, notShown],
    ])
    expect(partlyShown([{ count: 20 }, { count: 5 }, few, few], 25)).toEqual([
      ...[notShown, notShown, notShown, notShown],
    ])
  })

  test('a comparison shows the one side where only the other may not be shown', () => {
    const groups = [
      { group: 'female', selected: 23, eligible: 118 },
      { group: 'male', selected: 7, eligible: 92 },
      { group: 'other', selected: 0, eligible: 0 },
      { group: 'unknown', selected: 0, eligible: 0 },
    ]
    const [women, men, others] = comparedShown(groups, 30, 'rounded')
    expect(women).toEqual({
      ...{ of: 'female', selected: notShown, eligible: { count: 120 }, among: 57.1 },
      verdict: 'withheld',
    })
    expect(men).toMatchObject({ among: 42.9, verdict: 'withheld' })
    expect(others).toMatchObject({ selected: notShown, verdict: 'withheld' })
  })
})
