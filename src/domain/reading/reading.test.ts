import type { CarePlan } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import type { WhatIf } from '#domain/plan/plan.ts'
import { planForNow, readingStandingOf } from './advice.ts'
import { limitsFrom, readingFromFhir, readingToFhir, withLimit } from './fhir.ts'
import { everyOutside, problemWithLimit } from './limits.ts'
import { isUnusual, numberFrom, problemWith, type Reading } from './reading.ts'

const now = '2026-03-02T09:00:00Z'
const weight = (value: number, day: string): Reading => ({
  ...{ id: `w-${day}`, person: 'p', kind: 'weight', value, at: `2026-03-${day}T07:30:00Z` },
})

describe('What is accepted as a reading', () => {
  test.each([
    ['a weight of 840 kg is a typing mistake', 'weight', 840, undefined, 'too-high'],
    ['a weight of 8.4 kg is a typing mistake', 'weight', 8.4, undefined, 'too-low'],
    ['84.2 kg is a weight', 'weight', 84.2, undefined, undefined],
    ['oxygen cannot be above 100 %', 'oxygen', 101, undefined, 'too-high'],
    ['a blood pressure needs its lower number', 'blood-pressure', 140, undefined, 'lower-number'],
    ['the lower number is below the upper', 'blood-pressure', 80, 120, 'lower-number'],
    ['140 over 80 is a blood pressure', 'blood-pressure', 140, 80, undefined],
    ['glucose in mg/dl is not taken for mmol/L', 'glucose', 110, undefined, 'too-high'],
    ['a text is not a number', 'pulse', Number.NaN, undefined, 'not-a-number'],
  ] as const)('%s', (_title, kind, value, second, problem) => {
    const pair = second === undefined ? {} : { second }
    expect(problemWith({ kind, value, ...pair, at: now }, now)).toBe(problem)
  })

  test.each([
    ['be from tomorrow', '2026-03-03T09:00:00Z', 'in-the-future'],
    ['be without a date', 'T07:30', 'no-day'],
    ['be from the year 26', '0026-03-01', 'long-ago'],
  ])('a reading cannot %s', (_title, at, problem) => {
    expect(problemWith({ kind: 'weight', value: 80, at }, now)).toBe(problem)
  })

  test('a reading may be from this morning, or from yesterday without an hour', () => {
    for (const at of ['2026-03-02T07:30:00Z', '2026-03-01'])
      expect(problemWith({ kind: 'weight', value: 80, at }, now)).toBeUndefined()
  })

  test('an unusual value is asked about, a usual one is not', () => {
    expect(isUnusual({ kind: 'weight', value: 240 })).toBe(true)
    expect(isUnusual({ kind: 'weight', value: 84 })).toBe(false)
  })

  test('a decimal comma is accepted like a point', () => {
    expect(numberFrom(' 84,2 ')).toBe(84.2)
    expect(numberFrom('84 kg')).toBeNaN()
    expect(numberFrom('1e3')).toBeNaN()
  })
})

describe('Readings outside agreed limits', () => {
  const rise = { kind: 'weight', riseOver: 2, riseDays: 3 } as const
  test.each([
    ['a rise of 2.4 kg in 3 days is over 2 kg', [82.5, 82.8, 83.6, 84.9], 'rise'],
    ['exactly 2 kg is not over 2 kg', [82.5, 82.8, 83.6, 84.5], undefined],
    ['a fall is not a rise', [84.9, 83.6, 82.8, 82.5], undefined],
    ['one reading alone is not a rise', [84.9], undefined],
  ] as const)('%s', (_title, values, why) => {
    const readings = values.map((value, place) => weight(value, `0${place + 1}`))
    expect(everyOutside(readings, [rise]).at(-1)?.why).toBe(why)
  })

  test('a rise spread over more days than agreed does not count', () => {
    const slow = [weight(82, '01'), weight(83.5, '05'), weight(84.5, '08')]
    expect(everyOutside(slow, [rise])).toEqual([])
  })

  test.each([
    ['America/Los_Angeles', ['later']],
    ['Europe/London', []],
    ['Pacific/Auckland', ['later']],
  ])('a rise counts days in the zone of the service: %s', (zone, outside) => {
    const of = (id: string, value: number, at: string) => ({ ...weight(value, '01'), id, at })
    // 14:30 and, three days later, 16:30 in Los Angeles; by the clock in London it is four calendar days
    const readings = [
      of('first', 82, '2026-03-01T22:30:00Z'),
      of('later', 85, '2026-03-05T00:30:00Z'),
    ]
    const found = everyOutside(readings, [rise], zone)
    expect(found.map(({ reading }) => reading.id)).toEqual(outside)
  })

  test('a value at the limit is within it, values below and above are not', () => {
    const limit = { kind: 'weight', low: 80, high: 90 } as const
    expect(everyOutside([weight(80, '01')], [limit])).toEqual([])
    expect(everyOutside([weight(79.9, '01')], [limit])[0]?.why).toBe('low')
    expect(everyOutside([weight(90.1, '01')], [limit])[0]?.why).toBe('high')
  })

  test('each reading counts by itself, whatever their order', () => {
    const limit = { kind: 'weight', high: 90 } as const
    const readings = [weight(85, '03'), weight(95, '01')]
    expect(everyOutside(readings, [limit]).map(({ reading }) => reading.id)).toEqual(['w-01'])
  })

  test('a limit that contradicts itself is refused', () => {
    expect(problemWithLimit({ kind: 'weight', low: 90, high: 80 })).toBe('crossed')
    expect(problemWithLimit({ kind: 'weight' })).toBe('empty')
    expect(problemWithLimit({ kind: 'weight', high: 900 })).toBe('not-possible')
    expect(problemWithLimit(rise)).toBeUndefined()
    expect(problemWithLimit({ kind: 'weight', riseDays: 3 })).toBe('rise')
    for (const riseDays of [0, 2.5, 15, Number.NaN])
      expect(problemWithLimit({ ...rise, riseDays })).toBe('days')
  })
})

test('a reading with only a date is in the future by its date, in every zone', () => {
  const onDay = { kind: 'weight', value: 70, at: '2026-03-03' } as const
  expect(problemWith(onDay, '2026-03-03T08:00:00.000+13:00')).toBeUndefined()
  expect(problemWith(onDay, '2026-03-02T20:00:00.000-08:00')).toBe('in-the-future')
})

describe('Readings in FHIR', () => {
  test('are read the same as they were written', () => {
    const pair: Reading = { ...weight(140, '01'), kind: 'blood-pressure', second: 80 }
    expect(readingFromFhir(readingToFhir(pair))).toEqual(pair)
    expect(readingFromFhir(readingToFhir(weight(84.2, '01')))).toEqual(weight(84.2, '01'))
  })

  test('have one limit of each kind, and a new one replaces the old', () => {
    const plan: CarePlan = {
      ...{ resourceType: 'CarePlan', id: 'x', status: 'active', intent: 'plan' },
      subject: { reference: 'Patient/p' },
    }
    const first = withLimit(plan, { kind: 'weight', high: 90 })
    const second = withLimit(first, { kind: 'oxygen', low: 88 })
    const third = withLimit(second, { kind: 'weight', riseOver: 2, riseDays: 3 })
    expect(limitsFrom(third)).toEqual([
      { kind: 'oxygen', low: 88 },
      { kind: 'weight', riseOver: 2, riseDays: 3 },
    ])
    expect(limitsFrom(withLimit(third, { kind: 'oxygen' }))).toHaveLength(1)
  })
})

describe('A reading that was just saved', () => {
  const limits = [{ kind: 'weight', low: 80, high: 90, riseOver: 2, riseDays: 3 }] as const
  test.each([
    ['within', weight(84, '05'), [weight(83, '04')]],
    ['outside', weight(95, '05'), [weight(94, '04')]],
    ['outside', weight(86, '05'), [weight(83, '03')]],
    // recorded late: a later reading within the limits changes nothing
    ['outside', weight(95, '03'), [weight(84, '05')]],
    ['within', weight(84, '05'), [weight(95, '03')].map((each) => ({ ...each, value: 83 }))],
    // the reading itself is in the list
    ['outside', weight(95, '05'), [weight(95, '05')]],
    ['no-limit', { ...weight(95, '05'), kind: 'pulse' as const }, []],
  ])('is shown as %s', (standing, reading, readings) => {
    expect(readingStandingOf(reading, { readings, limits })).toBe(standing)
  })

  const none = { sign: '', doWhat: '', ring: ' ' }
  const amber = { sign: '2 kg up', doWhat: 'Ring Amina the same day', ring: '01632 960100' }
  const red = { sign: 'Cannot finish a sentence', doWhat: 'Ring 999', ring: '' }
  const plan = (more: Partial<WhatIf>): WhatIf => ({
    ...{ id: 'w', person: 'p', caseId: 'c', green: red, amber: none, red: none, ...more },
  })
  test.each<[string, WhatIf | undefined, readonly string[], readonly string[]]>([
    ['both levels of the plan', plan({ amber, red }), ['amber', 'red'], []],
    ['the red level, and that amber is empty', plan({ red }), ['red'], ['amber']],
    ['the amber level, and that red is empty', plan({ amber }), ['amber'], ['red']],
    ['that both levels of the plan are empty', plan({}), [], ['amber', 'red']],
    ['that there is no plan', undefined, [], ['amber', 'red']],
  ])('is answered by %s', (_title, whatIf, said, silent) => {
    const { steps, ...rest } = planForNow(whatIf)
    expect(steps.map(({ level }) => level)).toEqual(said)
    expect(rest.silent).toEqual(silent)
    expect(steps.every(({ level, step }) => step === (level === 'amber' ? amber : red))).toBe(true)
  })
})
