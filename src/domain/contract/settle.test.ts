import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { figuresFault, termsFault } from './contract-faults.ts'
import { type ContractTerms, termsParameters } from './contract-terms.ts'
import { rateIn, splitBy } from './part-of.ts'
import { contractPresets, presetOf } from './presets/contract-presets.ts'
import { type MsspTrack, msspPreset, msspTracks } from './presets/mssp-preset.ts'
import {
  alternativeQualityContract,
  pooledBudget,
  sharedCostGrowth,
} from './presets/pooled-budget.ts'
import { lossRateByQuality, settle } from './settle.ts'
import { settlementParameters, settleYearRequest, type YearFigures } from './settle-parameters.ts'
import { minimumRateFor } from './size-table.ts'

const pounds = (amount: number) => Math.round(amount * 100)
const year = (change: Partial<YearFigures>): YearFigures => ({
  ...{ on: '2026-06-30', lowRevenue: false, verdicts: [], people: 10_000, standard: 'met' },
  ...{ budget: pounds(100_000_000), quality: 800_000, ...change },
})
const result = (terms: ContractTerms, change: Partial<YearFigures>) => {
  const figures = year(change)
  expect(termsFault(terms)).toBeUndefined()
  expect(figuresFault(terms, figures)).toBeUndefined()
  return settle(terms, figures)
}

describe('The least savings by size (42 CFR 425.604(b))', () => {
  test.each([
    [499, undefined],
    [500, 122_000],
    [999, 87_000],
    [1_000, 87_000],
    [2_999, 50_000],
    [3_000, 50_000],
    [4_999, 39_000],
    [5_000, 39_000],
    [5_999, 36_000],
    [6_000, 36_000],
    [7_000, 34_000],
    [8_000, 32_000],
    [9_000, 31_000],
    [10_000, 30_000],
    [14_999, 27_000],
    [15_000, 27_000],
    [20_000, 25_000],
    [49_999, 22_000],
    [50_000, 22_000],
    [59_999, 20_000],
    [60_000, 20_000],
    [1_000_000, 20_000],
    // half of the way from 2.5% to 2.2%: 35,000 is 15,000 of 29,999 steps into the band
    [35_000, 23_500],
  ])('%d people: %s millionths', (people, rate) => expect(minimumRateFor(people)).toBe(rate))

  test('it never rises with size', () =>
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 80_000 }), (people) => {
        expect(minimumRateFor(people + 1) ?? 1).toBeLessThanOrEqual(minimumRateFor(people) ?? 0)
      }),
    ))
})

describe('MSSP, worked out by hand: a benchmark of 100 million for 10,000 people, least savings 3%', () => {
  test.each([
    ['A', 97_000_001, 0, 'a dollar short of 3%: nothing'],
    ['A', 97_000_000, 1_200_000, 'exactly 3%: 40% of 3 million, from the first dollar'],
    ['B', 95_000_000, 2_000_000, '5 million saved: 40%'],
    ['C', 95_000_000, 2_500_000, '5 million saved: 50%'],
    ['E', 70_000_000, 10_000_000, '30 million saved: half is 15, the cap is 10% of the benchmark'],
    ['ENHANCED', 95_000_000, 3_750_000, '5 million saved: 75%'],
    ['ENHANCED', 60_000_000, 20_000_000, '40 million saved: 30, the cap is 20% of the benchmark'],
  ] as const)('%s, spent %d: gets %d (%s)', (track, spent, gets, _why) => {
    const { gets: got, owes } = result(msspPreset(track), { spent: pounds(spent) })
    expect([got, owes]).toEqual([pounds(gets), 0])
  })

  test.each([
    ['A', 110_000_000, {}, 0, 'one-sided'],
    ['B', 110_000_000, {}, 0, 'one-sided'],
    ['C', 102_999_999, {}, 0, 'below 3%'],
    ['C', 103_000_000, {}, 900_000, '30% of 3 million'],
    ['C', 110_000_000, {}, 1_000_000, '3 million, and the limit is 1% of the benchmark'],
    ['C', 110_000_000, { revenue: pounds(40_000_000) }, 800_000, 'the limit is 2% of revenue'],
    [
      'D',
      110_000_000,
      { revenue: pounds(90_000_000) },
      2_000_000,
      '2% of the benchmark is below 4% of revenue',
    ],
    ['E', 110_000_000, { revenue: pounds(30_000_000) }, 2_400_000, '8% of revenue'],
    ['E', 110_000_000, {}, 3_000_000, '30% of 10 million, below 4% of the benchmark'],
    ['ENHANCED', 110_000_000, { quality: 800_000 }, 4_000_000, '1 − 0.75 × 0.80 = 0.40'],
    ['ENHANCED', 110_000_000, { quality: 600_000 }, 5_500_000, '1 − 0.75 × 0.60 = 0.55'],
    ['ENHANCED', 110_000_000, { standard: 'not-met' }, 7_500_000, 'neither standard: 0.75'],
    ['ENHANCED', 160_000_000, { quality: 400_000 }, 15_000_000, '42 million, the limit is 15%'],
  ] as const)('%s, spent %d, %o: owes %d (%s)', (track, spent, more, owes, _why) => {
    const { owes: owed, gets } = result(msspPreset(track), { spent: pounds(spent), ...more })
    expect([owed, gets]).toEqual([pounds(owes), 0])
  })

  test('a limit that cannot be worked out without the revenue is said, not passed over', () => {
    const notes = (more: object) =>
      result(msspPreset('C'), { spent: pounds(110_000_000), ...more }).lines.filter(({ words }) =>
        words?.includes('their revenue was not said'),
      ).length
    expect([notes({}), notes({ revenue: pounds(40_000_000) })]).toEqual([1, 0])
  })

  test.each([
    [800_000, 400_000],
    [738_500, 446_125],
    [600_000, 550_000],
    [400_000, 700_000],
    [333_333, 750_000],
    [1_000_000, 400_000],
  ])('quality %d: the part of losses is %d millionths', (quality, rate) =>
    expect(lossRateByQuality(quality, true)).toBe(rate),
  )

  test('the alternative standard multiplies the rate by quality; neither pays nothing', () => {
    const spent = pounds(95_000_000)
    const gets = (standard: 'alternative' | 'not-met') =>
      result(msspPreset('C'), { spent, standard, quality: 700_000 }).gets
    // 5 million × 50% × 0.70
    expect(gets('alternative')).toBe(pounds(1_750_000))
    expect(gets('not-met')).toBe(0)
  })

  test('low revenue, 5,000 people or more: half the rate below the threshold, and only in BASIC', () => {
    const spent = pounds(99_000_000)
    const gets = (track: MsspTrack, more: Partial<YearFigures>) =>
      result(msspPreset(track), { spent, lowRevenue: true, ...more }).gets
    expect(gets('A', {})).toBe(pounds(200_000))
    expect(gets('E', {})).toBe(pounds(250_000))
    expect(gets('A', { people: 4_999 })).toBe(0)
    expect(gets('ENHANCED', {})).toBe(0)
    expect(gets('A', { lowRevenue: false })).toBe(0)
  })

  test('a two-sided track may choose a flat threshold, the same both ways', () => {
    const terms = msspPreset('E', { elected: 5_000 })
    expect(result(terms, { spent: pounds(99_500_000) }).gets).toBe(pounds(250_000))
    expect(result(terms, { spent: pounds(100_500_000) }).owes).toBe(pounds(150_000))
    expect(result(terms, { spent: pounds(99_500_001) }).gets).toBe(0)
  })

  test('below 500 people nothing is settled, and the words say why', () => {
    expect(figuresFault(msspPreset('A'), year({ people: 499, spent: 1 }))).toBe(
      'With fewer than 500 people there is no least savings rate, and no settlement',
    )
  })
})

describe('The other presets, worked out by hand', () => {
  test('Alternative Quality Contract: half of what is left, and the bonus for quality', () => {
    // 2 million × 50% + 100 million × 10% × 0.80
    const saved = result(alternativeQualityContract, { spent: pounds(98_000_000) })
    expect(saved.gets).toBe(pounds(9_000_000))
    expect(saved.parties.map(({ gets }) => gets)).toEqual([pounds(6_300_000), pounds(2_700_000)])
    const over = result(alternativeQualityContract, { spent: pounds(103_000_000), quality: 0 })
    expect([over.gets, over.owes]).toEqual([0, pounds(1_500_000)])
  })

  test('Cap on cost growth: the ceiling is last year’s cost, and all of the difference is shared', () => {
    const saved = result(sharedCostGrowth, { spent: pounds(99_000_000) })
    expect(saved.parties.map(({ gets }) => gets)).toEqual([334_000, 333_000, 333_000].map(pounds))
    expect(result(sharedCostGrowth, { spent: pounds(102_000_000) }).owes).toBe(pounds(2_000_000))
  })

  const better = { verdict: 'better' as const }
  const open: Partial<YearFigures> = {
    verdicts: [
      { measure: 'live-as-wanted', ...better },
      { measure: 'promises-kept', ...better },
      { measure: 'carers-worn-out', verdict: 'same' },
    ],
  }
  test('Pooled budget, 10 million: half of 3% is shared, the first tenth goes to unmet needs', () => {
    const { gets, first, parties, gate } = result(pooledBudget, {
      spent: pounds(9_700_000),
      ...open,
    })
    expect([gate, gets, first]).toEqual(['open', pounds(150_000), pounds(15_000)])
    expect(parties.map((each) => each.gets)).toEqual([54_000, 40_500, 40_500].map(pounds))
  })

  test('Pooled budget: 1.9% is too small to count, 10% meets the cap of 3%', () => {
    expect(result(pooledBudget, { spent: pounds(9_810_000), ...open }).gets).toBe(0)
    expect(result(pooledBudget, { spent: pounds(9_000_000), ...open }).gets).toBe(pounds(300_000))
  })

  test('Pooled budget, second phase: 40% of what is above, at most 1.5% of the budget', () => {
    const owes = (spent: number) =>
      result(pooledBudget, { on: '2028-04-01', spent: pounds(spent), ...open }).owes
    expect(owes(10_300_000)).toBe(pounds(120_000))
    expect(owes(10_800_000)).toBe(pounds(150_000))
  })

  test.each([
    ['one is worse', 'worse'],
    ['one is not known', 'unknown'],
  ] as const)('Pooled budget: the gate is shut when %s, and nothing is shared', (_, verdict) => {
    const verdicts = [...(open.verdicts ?? []).slice(0, 2), { measure: 'carers-worn-out', verdict }]
    const { gate, gets } = result(pooledBudget, { spent: pounds(9_000_000), verdicts })
    expect([gate, gets]).toEqual(['shut', 0])
  })
})

describe('What holds of every preset', () => {
  const anyYear = fc.record({
    spent: fc.integer({ min: 0, max: 200_000_000_00 }),
    quality: fc.integer({ min: 0, max: 1_000_000 }),
    people: fc.integer({ min: 500, max: 90_000 }),
    standard: fc.constantFrom('met', 'alternative', 'not-met'),
    lowRevenue: fc.boolean(),
  })
  const each = test.each(contractPresets.map((terms) => [terms.title, terms] as const))

  each('%s: no more than the cap, no more than the limit', (_, terms) =>
    fc.assert(
      fc.property(anyYear, (change) => {
        const { gets, owes, lines } = settle(terms, year(change))
        const amount = (code: string) => lines.find((line) => line.code === code)?.amount
        const bonus = amount('bonus') ?? 0
        expect(gets - bonus).toBeLessThanOrEqual(amount('cap') ?? Number.MAX_SAFE_INTEGER)
        expect(owes).toBeLessThanOrEqual(amount('limit') ?? Number.MAX_SAFE_INTEGER)
        expect(gets - bonus === 0 || owes === 0).toBe(true)
      }),
    ),
  )

  each('%s: what the partners get and owe adds up to the penny', (_, terms) =>
    fc.assert(
      fc.property(anyYear, (change) => {
        const { gets, owes, first, parties } = settle(terms, year(change))
        const sum = (of: (party: (typeof parties)[number]) => number | undefined) =>
          parties.reduce((all, party) => all + (of(party) ?? 0), 0)
        expect(sum((party) => party.gets) + first).toBe(gets)
        expect(sum((party) => party.owes)).toBe(owes)
      }),
    ),
  )

  each('%s: below the threshold nothing is shared, either way', (_, terms) =>
    fc.assert(
      fc.property(anyYear, (change) => {
        const { lines, gets } = settle(terms, year({ ...change, lowRevenue: false }))
        const line = (code: string) => lines.find((one) => one.code === code)
        const isBelow = [line('least-savings'), line('least-losses')].some(
          (one) => one?.words === 'Not reached',
        )
        if (isBelow) expect(gets - (line('bonus')?.amount ?? 0)).toBe(0)
      }),
    ),
  )

  each('%s: better quality never gets less or owes more', (_, terms) =>
    fc.assert(
      fc.property(anyYear, fc.integer({ min: 0, max: 1_000_000 }), (change, more) => {
        const quality = Math.min(1_000_000, change.quality + more)
        const [low, high] = [
          settle(terms, year(change)),
          settle(terms, year({ ...change, quality })),
        ]
        expect(high.gets).toBeGreaterThanOrEqual(low.gets)
        expect(high.owes).toBeLessThanOrEqual(low.owes)
      }),
    ),
  )

  each('%s: spending more never gets more or owes less', (_, terms) =>
    fc.assert(
      fc.property(anyYear, fc.integer({ min: 0, max: 50_000_000_00 }), (change, more) => {
        const spent = change.spent + more
        const [less, plus] = [
          settle(terms, year(change)),
          settle(terms, year({ ...change, spent })),
        ]
        expect(plus.gets).toBeLessThanOrEqual(less.gets)
        expect(plus.owes).toBeGreaterThanOrEqual(less.owes)
      }),
    ),
  )

  each('%s: terms and settlement survive the wire, and each line says its source', (_, terms) => {
    const wire = JSON.parse(JSON.stringify(termsParameters.write(terms)))
    expect(termsParameters.read(wire)).toEqual(terms)
    const settlement = settle(terms, year({ spent: 9_123_456_789 }))
    expect(settlement.lines.every(({ source, label }) => source !== '' && label !== '')).toBe(true)
    expect(settlementParameters.read(settlementParameters.write(settlement))).toEqual(settlement)
  })
})

test('an amount is split to the penny', () => {
  expect(splitBy(100, [1, 1, 1])).toEqual([34, 33, 33])
  expect(splitBy(0, [1, 1])).toEqual([0, 0])
  expect(rateIn(-1, 3)).toBe(-333_333)
  expect(msspTracks.every((track) => presetOf(`mssp-${track.toLowerCase()}`))).toBe(true)
})

describe('Refused in words', () => {
  const terms = (change: Partial<ContractTerms>) => termsFault({ ...pooledBudget, ...change })
  const [first, ...rest] = pooledBudget.parties
  test.each([
    [{ title: ' ' }, 'Give the agreement a name'],
    [{ endsOn: '2026-03-31' }, 'The agreement ends before it starts'],
    [{ startsOn: '2026-02-30' }, 'Say from which day until which day it holds'],
    [{ parties: rest }, 'The shares must add up to 100%. They add up to 60%'],
    [{ parties: [] }, 'An agreement has at least two parties'],
    [
      { parties: [...pooledBudget.parties, ...(first ? [first] : [])] },
      'The same organisation is a party twice',
    ],
    [{ phases: [] }, 'Say what is shared: an agreement has at least one phase'],
    [{ phases: pooledBudget.phases.toReversed() }, 'The phases must follow one another'],
    [
      { budget: { kind: 'weighted' as const, bands: [] } },
      'The budget is missing: say what it is worked out from',
    ],
    [
      {
        budget: {
          kind: 'weighted' as const,
          perHead: 1,
          bands: [{ name: 'all', people: -1, weight: 1 }],
        },
      },
      'The number of people is negative',
    ],
    [{ measures: [] }, 'The gate asks for measures, and none is agreed'],
  ])('terms %#', (change, words) => expect(terms(change)).toBe(words))

  test.each([
    [{ people: -1, spent: 1 }, 'The number of people is negative'],
    [{ spent: -1 }, 'What was spent is negative'],
    [
      { spent: 1, quality: 1_000_001 },
      'Quality is between 0 and 100: it is a share of 1, sent in hundredths',
    ],
    [{ spent: 1, budget: 0 }, 'The benchmark is missing: say the budget of the year'],
    [{}, 'Say what was spent'],
    [{ spent: 1, on: '2025-01-01' }, 'No phase of the agreement holds on this day'],
  ])('figures %#', (change, words) =>
    expect(figuresFault(msspPreset('A'), year(change))).toBe(words),
  )

  test('an amount finer than a penny is refused', () => {
    const spent = { name: 'figures', part: [{ name: 'spent', valueDecimal: 1.005 }] }
    expect(() =>
      settleYearRequest.read({ resourceType: 'Parameters', parameter: [spent] }),
    ).toThrow('spent has more than two decimals')
  })
})

test('weights by age and need: each band by people, price and weight', () => {
  const bands = [
    { name: '65 to 84', people: 100, weight: 1_000_000 },
    { name: '85 and over', people: 10, weight: 3_500_000 },
  ]
  const terms = {
    ...pooledBudget,
    budget: { kind: 'weighted' as const, perHead: pounds(1_486), bands },
  }
  const budget = settle(terms, year({ spent: 0 })).lines.find(({ code }) => code === 'budget')
  // 100 × 1,486 + 10 × 1,486 × 3.5
  expect(budget?.amount).toBe(pounds(200_610))
})
