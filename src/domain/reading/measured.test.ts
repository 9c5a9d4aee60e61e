import type { CarePlan, Observation, Parameters } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { openAlerts } from '#domain/alert/open-alerts.ts'
import { digitsAt, exactJson, readExactly } from '#domain/decimal/digits.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
import {
  limitsFrom,
  readingFromFhir,
  readingToFhir,
  uncomparedFromFhir,
  withLimit,
} from './fhir.ts'
import { everyOutside, standingSince } from './limits.ts'
import { numbersTyped } from './reading.ts'

const measured = (code: string, value: number, unit: string, more: object = {}): Observation => ({
  ...{ resourceType: 'Observation', id: 'o', status: 'final', subject: { reference: 'Patient/p' } },
  code: { coding: [{ system: 'http://loinc.org', code }] },
  effectiveDateTime: '2026-03-01T07:00:00Z',
  valueQuantity: { value, unit },
  ...more,
})
const [weight, oxygen, glucose] = ['29463-7', '59408-5', '15074-8']

describe('The digits of a value', () => {
  const sent = (value: string, unit: string, more = '') =>
    readExactly(
      `{"resourceType":"Observation","id":"o","status":"final","subject":{"reference":"Patient/p"},
       "code":{"coding":[{"code":"${weight}"}]},"effectiveDateTime":"2026-03-01T07:00:00Z",
       "valueQuantity":{"value":${value},"unit":"${unit}"${more}}}`,
    ) as Observation

  test.each([
    ['keep a zero at the end', '70.0', '70.0'],
    ['are not kept separately when the number shows them', '70.5', undefined],
  ])('%s', (_title, value, digits) => {
    const reading = readingFromFhir(sent(value, 'kg'))
    expect(reading).toMatchObject({ value: Number(value) })
    expect(reading && digitsAt(reading, 'value')).toBe(digits)
    const kept = exactJson(reading && readingToFhir(reading))
    expect(kept).toContain(`"value":${value},`)
  })

  test('are dropped from a converted value and kept in one that cannot be compared', () => {
    const pounds = readingFromFhir(sent('185.0', 'lb'))
    expect(pounds && digitsAt(pounds, 'value')).toBeUndefined()
    expect(uncomparedFromFhir(sent('12.50', 'cm'))?.written).toBe('12.50 cm')
  })

  test.each([
    ['70.0', '70.0'],
    [' 70,50 ', '70.50'],
    ['70.5', undefined],
    ['070.0', '70.0'],
    ['007', undefined],
    ['seventy', undefined],
  ])('typed as "%s" are kept as %s', (typed, digits) => {
    expect(digitsAt(numbersTyped({ value: typed }), 'value')).toBe(digits)
  })

  test('are kept in both numbers of a blood pressure', () => {
    const typed = numbersTyped({ value: '120.0', second: '80.0' })
    const pair = {
      id: 'o',
      person: 'p',
      kind: 'blood-pressure' as const,
      at: '2026-03-01',
      value: 0,
    }
    const written = exactJson(readingToFhir({ ...pair, ...typed }))
    expect(written).toMatch(/"value":120\.0,.*"value":80\.0,/)
    const read = readingFromFhir(readExactly(written) as Observation)
    expect(read && [digitsAt(read, 'value'), digitsAt(read, 'second')]).toEqual(['120.0', '80.0'])
  })

  test('are kept in an agreed limit, and both are shown on Today', () => {
    const limit = {
      ...{ kind: 'oxygen' as const, since: '2026-02-01T08:00:00Z' },
      ...numbersTyped({ low: '88.0', high: '96,0', riseOver: '2.50', riseDays: '' }),
    }
    const plan: CarePlan = {
      resourceType: 'CarePlan',
      status: 'active',
      intent: 'plan',
      subject: {},
    }
    const kept = exactJson(withLimit(plan, limit))
    expect(kept).toContain('"valueDecimal":88.0}')
    const limits = limitsFrom(readExactly(kept) as CarePlan)
    expect(limits).toMatchObject([{ low: 88, high: 96, riseOver: 2.5, riseDays: 3 }])
    const readings = ['87.0', '97.00', '89.0'].map((value, place) => ({
      ...{ id: `o${place}`, person: 'p', kind: 'oxygen' as const, value: 0 },
      ...{ ...numbersTyped({ value }), at: `2026-03-0${place + 1}T07:00:00Z` },
    }))
    const [alert] = openAlerts({
      readings,
      limits: standingSince(limits, '2026-01-01'),
      closed: [],
    })
    if (!alert) throw new Error('no alert')
    const item = {
      kind: 'reading',
      person: 'p',
      reference: 'Observation/o1',
      due: '',
      text: '',
    } as const
    const today = { people: [], plans: 1, unmet: 0, items: [{ ...item, reading: alert }] }
    const sent = exactJson(todayParameters.write(today))
    const shown = todayParameters.read(readExactly(sent) as Parameters).items[0]?.reading
    const { limit: agreed = {}, points = [], latest = {} } = shown ?? {}
    expect([
      digitsAt(agreed, 'low'),
      digitsAt(agreed, 'high'),
      digitsAt(agreed, 'riseOver'),
    ]).toEqual([...['88.0', '96.0', '2.50']])
    expect(points.map((point) => digitsAt(point, 'value'))).toEqual(['87.0', '97.00'])
    expect(digitsAt(latest, 'value')).toBe('89.0')
  })
})

describe('A value in another unit', () => {
  test.each([
    ['pounds become kilograms', weight, 185, 'lb', 83.91],
    ['stones become kilograms', weight, 13, '[stone_av]', 82.55],
    ['grams become kilograms', weight, 84_200, 'g', 84.2],
    ['mg/dL of glucose become mmol/L', glucose, 180, 'mg/dL', 9.99],
    ['a value in the usual unit stays the same', oxygen, 87.5, '%', 87.5],
  ])('%s', (_title, code, value, unit, ours) => {
    expect(readingFromFhir(measured(code, value, unit))?.value).toBe(ours)
    expect(uncomparedFromFhir(measured(code, value, unit))).toBeUndefined()
  })

  test.each([
    ['an unknown unit', measured(oxygen, 82, '%O2'), '82 %O2'],
    ['no unit', measured(oxygen, 82, ''), '82'],
    [
      'a comparator',
      measured(oxygen, 0, '', { valueQuantity: { value: 90, unit: '%', comparator: '<' } }),
      '<90 %',
    ],
  ])('is kept as it was written when it has %s', (_title, observation, written) => {
    expect(readingFromFhir(observation)).toBeUndefined()
    expect(uncomparedFromFhir(observation)).toMatchObject({ kind: 'oxygen', written })
  })

  test('is not made up when nothing was measured', () => {
    const { valueQuantity: _none, ...bare } = measured(oxygen, 82, '%')
    expect(uncomparedFromFhir(bare)).toBeUndefined()
  })
})

describe('A reading under another code', () => {
  const pair = (code: string, upper: string, lower: string) => {
    const part = (each: string, value: number) => ({
      code: { coding: [{ code: each }] },
      valueQuantity: { value, unit: 'mmHg' },
    })
    const component = [part(upper, 205), part(lower, 110)]
    const { valueQuantity: _none, ...rest } = measured(code, 0, '')
    return { ...rest, component }
  }

  test.each([
    ['the oxygen of the vital-signs profile', measured('2708-6', 84, '%'), 'oxygen', 84],
    ['oxygen in SNOMED CT', measured('431314004', 84, '%'), 'oxygen', 84],
    ['a weight that was stated', measured('3142-7', 70, 'kg'), 'weight', 70],
    ['a weight in SNOMED CT', measured('27113001', 70, 'kg'), 'weight', 70],
    ['glucose by meter', measured('41653-7', 180, 'mg/dL'), 'glucose', 9.99],
    ['pulse by oximeter', measured('8889-8', 120, '/min'), 'pulse', 120],
    ['a blood pressure pair', pair('55284-4', '8480-6', '8462-4'), 'blood-pressure', 205],
    [
      'a blood pressure pair of UK Core',
      pair('75367002', '72313002', '1091811000000102'),
      'blood-pressure',
      205,
    ],
    [
      'a blood pressure pair under a local code',
      pair('bp-home', '8480-6', '8462-4'),
      'blood-pressure',
      205,
    ],
    ['an upper blood pressure alone', measured('8480-6', 205, 'mm[Hg]'), 'blood-pressure', 205],
  ])('is read: %s', (_title, observation, kind, value) => {
    expect(readingFromFhir(observation)).toMatchObject({ kind, value })
    expect(uncomparedFromFhir(observation)).toBeUndefined()
  })

  test('has both numbers of a blood pressure', () => {
    expect(readingFromFhir(pair('55284-4', '8480-6', '271650006'))?.second).toBe(110)
  })

  const vital = { category: [{ coding: [{ code: 'vital-signs' }] }] }

  test('with an unknown code is listed by its name as one that cannot be compared', () => {
    const code = { coding: [{ code: 'sat-1', display: 'Saturation' }] }
    const unknown = measured('', 84, '%', { ...vital, code })
    expect(readingFromFhir(unknown)).toBeUndefined()
    expect(uncomparedFromFhir(unknown)).toMatchObject({
      ...{ kind: 'oxygen', written: 'Saturation, sat-1: 84 %' },
    })
  })

  test.each([
    ['a breathing rate', measured('9279-1', 30, '/min', vital)],
    ['a lower blood pressure alone', measured('8462-4', 110, 'mm[Hg]', vital)],
    ['a laboratory result', measured('4548-4', 9, '%')],
    ['a depth of breath', measured('x', 500, 'mL', vital)],
    [
      'a reading entered in error',
      measured('x', 84, '%', { ...vital, status: 'entered-in-error' }),
    ],
  ])('is not read: %s', (_title, observation) => {
    expect(readingFromFhir(observation)).toBeUndefined()
    expect(uncomparedFromFhir(observation)).toBeUndefined()
  })

  test('is compared with a limit that was agreed under another code of the same kind', () => {
    const limit = { url: 'https://gable.example/fhir/reading-limit' }
    const old = { ...limit, extension: [{ url: 'code', valueCode: '2708-6' }] }
    const low = (code: string) => [
      { url: 'code', valueCode: code },
      { url: 'low', valueDecimal: 92 },
    ]
    const plan = {
      ...{ resourceType: 'CarePlan' as const, status: 'active' as const, intent: 'plan' as const },
      ...{ subject: {}, extension: [{ ...old, extension: low('2708-6') }] },
    }
    const readings = [readingFromFhir(measured('59408-5', 84, '%'))].flatMap((each) => each ?? [])
    expect(everyOutside(readings, limitsFrom(plan))).toMatchObject([{ why: 'low' }])
    const changed = withLimit(plan, { kind: 'oxygen', low: 88 })
    expect(limitsFrom(changed)).toEqual([{ kind: 'oxygen', low: 88 }])
  })
})

describe('The time of a reading', () => {
  test.each([
    ['an instant', { effectiveInstant: '2026-03-01T08:00:00Z' }, '2026-03-01T08:00:00Z'],
    [
      'the end of a period',
      { effectivePeriod: { start: '2026-03-01', end: '2026-03-02' } },
      '2026-03-02',
    ],
    [
      'the start of a period without an end',
      { effectivePeriod: { start: '2026-03-01' } },
      '2026-03-01',
    ],
  ])('may be %s', (_title, when, at) => {
    const { effectiveDateTime: _none, ...rest } = measured(oxygen, 82, '%')
    expect(readingFromFhir({ ...rest, ...when })?.at).toBe(at)
  })
})

describe('The date from which a limit applies', () => {
  const reading = (value: number, at: string) =>
    ({ id: at, person: 'p', kind: 'oxygen', value, at }) as const

  test('excludes earlier readings, in any time zone', () => {
    const limit = { kind: 'oxygen', low: 88, since: '2026-03-01T08:00:00Z' } as const
    const readings = [reading(82, '2026-03-01T09:30:00+02:00'), reading(83, '2026-03-01T08:00:00Z')]
    expect(everyOutside(readings, [limit]).map((each) => each.reading.value)).toEqual([83])
  })

  test('includes a reading of the same day without an hour', () => {
    const limit = { kind: 'oxygen', low: 88, since: '2026-03-01T08:00:00Z' } as const
    const readings = [reading(82, '2026-02-28'), reading(83, '2026-03-01')]
    expect(everyOutside(readings, [limit]).map((each) => each.reading.value)).toEqual([83])
  })

  test('stays when the limit is changed', () => {
    const plan = {
      ...{ resourceType: 'CarePlan' as const, id: 'x', status: 'active' as const },
      ...{ intent: 'plan' as const, subject: { reference: 'Patient/p' } },
    }
    const first = withLimit(plan, { kind: 'oxygen', low: 88, since: '2026-02-01' })
    const changed = withLimit(first, { kind: 'oxygen', low: 90, since: '2026-03-01' })
    expect(limitsFrom(changed)).toEqual([{ kind: 'oxygen', low: 90, since: '2026-02-01' }])
  })
})
