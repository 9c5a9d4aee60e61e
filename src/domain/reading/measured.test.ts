import type { Observation } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { limitsFrom, readingFromFhir, uncomparedFromFhir, withLimit } from './fhir.ts'
import { everyOutside } from './limits.ts'

const measured = (code: string, value: number, unit: string, more: object = {}): Observation => ({
  ...{ resourceType: 'Observation', id: 'o', status: 'final', subject: { reference: 'Patient/p' } },
  code: { coding: [{ system: 'http://loinc.org', code }] },
  effectiveDateTime: '2026-03-01T07:00:00Z',
  valueQuantity: { value, unit },
  ...more,
})
const [weight, oxygen, glucose] = ['29463-7', '59408-5', '15074-8']

describe('A value in another unit', () => {
  test.each([
    ['pounds become kilograms', weight, 185, 'lb', 83.91],
    ['stones become kilograms', weight, 13, '[stone_av]', 82.55],
    ['grams become kilograms', weight, 84_200, 'g', 84.2],
    ['mg/dL of glucose become mmol/L', glucose, 180, 'mg/dL', 9.99],
    ['our own stays as it is', oxygen, 87.5, '%', 87.5],
  ])('%s', (_title, code, value, unit, ours) => {
    expect(readingFromFhir(measured(code, value, unit))?.value).toBe(ours)
    expect(uncomparedFromFhir(measured(code, value, unit))).toBeUndefined()
  })

  test.each([
    ['one we do not know', measured(oxygen, 82, '%O2'), '82 %O2'],
    ['none at all', measured(oxygen, 82, ''), '82'],
    [
      'a bound instead of a value',
      measured(oxygen, 0, '', { valueQuantity: { value: 90, unit: '%', comparator: '<' } }),
      '<90 %',
    ],
  ])('is kept as it is written when it is %s', (_title, observation, written) => {
    expect(readingFromFhir(observation)).toBeUndefined()
    expect(uncomparedFromFhir(observation)).toMatchObject({ kind: 'oxygen', written })
  })

  test('is not made up where nothing was measured', () => {
    const { valueQuantity: _none, ...bare } = measured(oxygen, 82, '%')
    expect(uncomparedFromFhir(bare)).toBeUndefined()
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
    ['the start of one that goes on', { effectivePeriod: { start: '2026-03-01' } }, '2026-03-01'],
  ])('may be %s', (_title, when, at) => {
    const { effectiveDateTime: _none, ...rest } = measured(oxygen, 82, '%')
    expect(readingFromFhir({ ...rest, ...when })?.at).toBe(at)
  })
})

describe('Since when a limit stands', () => {
  const reading = (value: number, at: string) =>
    ({ id: at, person: 'p', kind: 'oxygen', value, at }) as const

  test('readings before it are none of its business, in any time zone', () => {
    const limit = { kind: 'oxygen', low: 88, since: '2026-03-01T08:00:00Z' } as const
    const readings = [reading(82, '2026-03-01T09:30:00+02:00'), reading(83, '2026-03-01T08:00:00Z')]
    expect(everyOutside(readings, [limit]).map((each) => each.reading.value)).toEqual([83])
  })

  test('a reading of the same day without an hour is its business', () => {
    const limit = { kind: 'oxygen', low: 88, since: '2026-03-01T08:00:00Z' } as const
    const readings = [reading(82, '2026-02-28'), reading(83, '2026-03-01')]
    expect(everyOutside(readings, [limit]).map((each) => each.reading.value)).toEqual([83])
  })

  test('a limit that is changed stands since it was first agreed', () => {
    const plan = {
      ...{ resourceType: 'CarePlan' as const, id: 'x', status: 'active' as const },
      ...{ intent: 'plan' as const, subject: { reference: 'Patient/p' } },
    }
    const first = withLimit(plan, { kind: 'oxygen', low: 88, since: '2026-02-01' })
    const changed = withLimit(first, { kind: 'oxygen', low: 90, since: '2026-03-01' })
    expect(limitsFrom(changed)).toEqual([{ kind: 'oxygen', low: 90, since: '2026-02-01' }])
  })
})
