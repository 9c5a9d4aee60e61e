import { describe, expect, test } from 'vitest'
import {
  type CarePackage,
  type CarePackageToKeep,
  carePackageFaults,
  carePackageFromFhir,
  carePackageToFhir,
  costOfWeek,
  minutesOfWeek,
  visitsOn,
  weekOfCare,
} from './care-package.ts'

const by = { reference: 'Practitioner/k', name: 'Karen Lee', voice: 'professional' as const }
const mornings = {
  ...{ id: 'v1', days: ['mon', 'wed', 'fri'], at: '09:15', minutes: 45, workers: 1, tasks: 'Bath' },
}
const evening = { ...mornings, id: 'v2', days: ['sun'], minutes: 30, workers: 2 }
const asked: CarePackageToKeep = {
  ...{ package: 'c', version: 0, reason: '', provider: 'Kind Hands' },
  ...{ startsOn: '2026-03-02', endsOn: '', visits: [mornings, evening] },
  cost: { amount: 2_400, per: 'hour', currency: 'GBP' },
}
const { package: id, version: _v, reason: _r, ...content } = asked
const one: CarePackage = {
  ...{ ...content, id, person: 'p', version: 1, changes: [], missed: [] },
  written: { by, at: '2026-03-01T09:00:00Z' },
}
const budget = {
  ...{ amount: 10_000, per: 'week' as const, currency: 'GBP', share: 0 },
  ...{ agreedOn: '', agreedBy: '' },
}

test('a package of care stays the same in its record', () => {
  const missed = {
    id: 'm',
    visit: 'v1',
    on: '2026-03-04',
    words: 'Nobody came',
    by,
    at: '2026-03-04T10:00:00Z',
  }
  const settled = { words: 'They come tomorrow', by: 'Karen Lee', at: '2026-03-04T11:00:00Z' }
  const whole = {
    ...one,
    missed: [{ ...missed, by: { reference: 'Patient/p', name: 'Grace' }, settled }],
  }
  const record = carePackageToFhir(whole)
  expect(carePackageFromFhir({ ...record, meta: { versionId: '1' } })).toEqual(whole)
})

test('hours and cost of a week are added up: each day, each worker', () => {
  expect(minutesOfWeek(one)).toBe(3 * 45 + 60)
  expect(costOfWeek(one)).toBe(7_800)
  expect(costOfWeek({ ...one, cost: { amount: 9_900, per: 'week', currency: 'GBP' } })).toBe(9_900)
})

describe('the week of care beside the budget', () => {
  const { cost: _cost, ...unpriced } = { ...one, id: 'd', provider: 'Brook Day Centre' }
  const euros = { ...one, id: 'e', cost: { amount: 100, per: 'week' as const, currency: 'EUR' } }
  const on = '2026-03-10'
  test('is compared with the budget if every price is known', () => {
    expect(weekOfCare([one], { on, budget })).toEqual({
      ...{ minutes: 195, unpriced: [], left: 2_200, cost: { amount: 7_800, currency: 'GBP' } },
    })
    expect(weekOfCare([one, { ...one, id: 'x' }], { on, budget }).left).toBe(-5_600)
  })
  test('says no cost if one price is not known, and names whose', () => {
    expect(weekOfCare([one, unpriced], { on, budget })).toEqual({
      ...{ minutes: 390, unpriced: ['Brook Day Centre'] },
    })
  })
  test('adds no currencies together, and compares none with another', () => {
    expect(weekOfCare([one, euros], { on, budget })).toEqual({ minutes: 390, unpriced: [] })
    expect(weekOfCare([euros], { on, budget }).left).toBeUndefined()
    expect(weekOfCare([one], { on, budget: undefined }).left).toBeUndefined()
  })
  test('counts only what runs on that day', () => {
    const ended = { ...one, endsOn: '2026-03-09' }
    expect(weekOfCare([ended], { on, budget })).toEqual({ minutes: 0, unpriced: [] })
    expect(weekOfCare([ended], { on: '2026-03-09', budget }).minutes).toBe(195)
    expect(weekOfCare([one], { on: '2026-03-01', budget }).minutes).toBe(0)
  })
})

test('the visits of a day are those of its weekday, while the package runs', () => {
  const ids = (on: string) => visitsOn(one, on).map((visit) => visit.id)
  expect(ids('2026-03-04'), 'a Wednesday').toEqual(['v1'])
  expect(ids('2026-03-08'), 'a Sunday').toEqual(['v2'])
  expect(ids('2026-03-05')).toEqual([])
  expect(ids('2026-02-25'), 'before it starts').toEqual([])
})

test.each<[string, Partial<CarePackageToKeep>, readonly string[]]>([
  ['everything is said', {}, []],
  ['no provider', { provider: ' ' }, ['provider']],
  ['it ends before it starts', { endsOn: '2026-03-01' }, ['ends-on']],
  ['no visit', { visits: [] }, ['visits']],
  ['a visit on no day', { visits: [{ ...mornings, days: [] }] }, ['visits']],
  ['a visit at 24:10', { visits: [{ ...mornings, at: '24:10' }] }, ['visits']],
  ['a visit of nothing', { visits: [{ ...mornings, minutes: 0 }] }, ['visits']],
  ['a price of nothing', { cost: { amount: 0, per: 'week', currency: 'GBP' } }, ['cost']],
  ['a change without a reason', { version: 2 }, ['reason']],
  ['a change with one', { version: 2, reason: 'More help' }, []],
])('what is wrong with a package of care: %s', (_title, more, faults) => {
  expect(carePackageFaults({ ...asked, ...more })).toEqual(faults)
})
