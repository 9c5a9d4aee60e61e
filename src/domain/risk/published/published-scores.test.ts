import type { Condition, Encounter, Observation, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { hospitalFrailtyBand } from './hospital-frailty.ts'
import { hospitalBand, hospitalPointsForStays } from './hospital-score.ts'
import {
  laceBand,
  lacePointsForComorbidity,
  lacePointsForDays,
  lacePointsForVisits,
} from './lace.ts'
import { parrDeprivation } from './parr30.ts'
import { publishedScores, recordsOn } from './score-of-record.ts'

const on = { day: '2026-03-02', zone: 'Europe/London' }
const icd10 = 'http://hl7.org/fhir/sid/icd-10'
const subject = { reference: 'Patient/p' }

const patient = (birthDate = '1940-01-01', imd?: number): Resource => ({
  ...{ resourceType: 'Patient', id: 'p', birthDate },
  ...(imd === undefined
    ? {}
    : { extension: [{ url: 'https://gable.example/fhir/imd-score', valueDecimal: imd }] }),
})

const condition = (code: string, more: Partial<Condition> = {}): Condition => ({
  ...{ resourceType: 'Condition', id: `c-${code}`, subject },
  code: { coding: [{ system: icd10, code }] },
  ...more,
})

const encounter = (id: string, code: string, period: object, more: Partial<Encounter> = {}) =>
  ({
    ...{ resourceType: 'Encounter', id, status: 'finished', subject },
    ...{ class: { code }, period, ...more },
  }) as Encounter

const stay = (id: string, start: string, end?: string, more: Partial<Encounter> = {}) =>
  encounter(id, 'IMP', { start, ...(end ? { end } : {}) }, more)

const measured = (code: string, value: number, unit: string, at: string): Observation => ({
  ...{ resourceType: 'Observation', id: `o-${code}`, status: 'final', subject },
  code: { coding: [{ system: 'http://loinc.org', code }] },
  effectiveDateTime: at,
  valueQuantity: { value, code: unit },
})

const score = (records: readonly Resource[], day = on.day) =>
  publishedScores(records, { ...on, day })

describe('the score of Elixhauser groups', () => {
  test('give the points of van Walraven, below zero too, and a graver form stands for the milder', () => {
    const found = score([
      ...['I50.9', 'C78.0', 'C50.9', 'E66.9', 'F32.9'].map((code) => condition(code)),
    ])['elixhauser-van-walraven']
    expect(found.score).toBe(7 + 12 - 4 - 3)
    expect(found.parts.find(({ code }) => code === 'solidtum')).toMatchObject({
      ...{ points: 0, overruledBy: 'metacanc' },
    })
  })
})

describe('Charlson with the weights of 2011', () => {
  test.each([
    [['I21.0', 'K25.0', 'I70.0', 'I63.0', 'E11.9'], 0],
    [['F00.1', 'I50.0', 'J44.9'], 5],
    [['K70.4', 'K73.0'], 4],
    [['E11.9', 'E11.2'], 1],
    [['B24'], 4],
  ])('counts %j as %i', (codes, points) => {
    expect(score(codes.map((code) => condition(code)))['charlson-quan-2011'].score).toBe(points)
  })

  test('has no score where no condition is recorded', () => {
    const found = score([patient()])
    expect(found['charlson-quan-2011']).toMatchObject({ missing: ['conditions'] })
    expect(found['charlson-quan-2011'].score).toBeUndefined()
    expect(found['elixhauser-van-walraven'].score).toBeUndefined()
  })

  test('counts what it cannot read', () => {
    const unread = condition('x', { code: { coding: [{ system: 'urn:own', code: 'x' }] } })
    expect(score([condition('I50'), unread])['charlson-quan-2011']).toMatchObject({
      ...{ score: 2, unmapped: 1 },
    })
  })
})

describe('the Hospital Frailty Risk Score', () => {
  test.each([
    [4.9, 'low'],
    [5, 'intermediate'],
    [15, 'intermediate'],
    [15.1, 'high'],
  ])('of %d is %s', (points, band) => {
    expect(hospitalFrailtyBand(points)).toBe(band)
  })

  test('counts each category of the stays of two years once', () => {
    const inStay = { encounter: { reference: 'Encounter/s' } }
    const old = { encounter: { reference: 'Encounter/old' } }
    const found = score([
      ...[
        patient(),
        stay('old', '2023-12-01', '2023-12-05'),
        stay('s', '2026-01-01', '2026-01-08'),
      ],
      ...[condition('F00.1', inStay), condition('F00.9', inStay), condition('G30.0', old)],
      condition('R31', {}),
    ])['hospital-frailty']
    expect(found).toMatchObject({ score: 7.1, band: 'intermediate' })
  })

  test('is not zero for somebody who was not in hospital', () => {
    const found = score([patient(), condition('F00.1')])['hospital-frailty']
    expect(found.missing).toEqual(['hospital-stay'])
    expect(found.score).toBeUndefined()
  })

  test('says that it was published for older people', () => {
    const found = score([
      patient('1980-01-01'),
      stay('s', '2026-01-01', '2026-01-08'),
      condition('N39.0', { encounter: { reference: 'Encounter/s' } }),
    ])['hospital-frailty']
    expect(found).toMatchObject({ score: 3.2, caveats: ['under-75'] })
  })
})

describe('LACE', () => {
  test.each([
    ...[0, 1, 2, 3, 4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 7].map((points, days) => [days, points] as const),
    [200, 7] as const,
  ])('gives %i days %i points', (days, points) => {
    expect(lacePointsForDays(days)).toBe(points)
  })

  test.each([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 5],
    [12, 5],
  ])('gives a comorbidity total of %i %i points', (total, points) => {
    expect(lacePointsForComorbidity(total)).toBe(points)
  })

  test.each([0, 1, 2, 3, 4, 5])('gives %i visits at most four points', (visits) => {
    expect(lacePointsForVisits(visits)).toBe(Math.min(visits, 4))
  })

  test.each(Array.from({ length: 20 }, (_, points) => points))('has a band for %i', (points) => {
    expect(laceBand(points)).toBe(points >= 10 ? 'high' : points >= 5 ? 'moderate' : 'low')
  })

  const visit = (id: string, start: string, end = start) => encounter(id, 'EMER', { start, end })

  test('adds up a published example: five days, acute, four or more, two visits', () => {
    const found = score([
      ...[patient(), stay('s', '2026-02-10', '2026-02-15'), condition('F00.1'), condition('I50')],
      ...[visit('a', '2025-09-01'), visit('b', '2025-08-10'), visit('c', '2025-08-09')],
    ]).lace
    expect(found).toMatchObject({ score: 14, band: 'high', asOf: '2026-02-15' })
  })

  test('adds up another: two days, planned, no illness, no visit', () => {
    const planned = { priority: { coding: [{ code: 'EL' }] } }
    const found = score([
      ...[patient(), stay('s', '2026-02-10', '2026-02-12', planned)],
      condition('I10'),
    ]).lace
    expect(found).toMatchObject({ score: 2, band: 'low', caveats: [] })
  })

  test('leaves out the visit that led to the stay', () => {
    const records = [patient(), stay('s', '2026-02-10T02:00:00Z', '2026-02-12')]
    const led = visit('a', '2026-02-09T20:00:00Z', '2026-02-10T02:00:00Z')
    expect(score([...records, led]).lace.score).toBe(2 + 3)
  })

  test('belongs to the last discharge by the day that is asked for', () => {
    const records = [
      stay('one', '2025-01-01', '2025-01-02'),
      stay('two', '2026-01-01', '2026-02-01'),
    ]
    expect(score(records).lace.asOf).toBe('2026-02-01')
    expect(score(records, '2026-01-31').lace.asOf).toBe('2025-01-02')
    expect(score(records, '2024-12-31').lace).toMatchObject({ missing: ['discharge'] })
  })

  test('takes a stay that the record does not call planned for an emergency, and says so', () => {
    const found = score([stay('s', '2026-02-10', '2026-02-10')]).lace
    expect(found).toMatchObject({ score: 3, caveats: ['admission-kind-assumed-emergency'] })
  })
})

describe('HOSPITAL', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 2],
    [5, 2],
    [6, 5],
  ])('gives %i earlier stays %i points', (stays, points) => {
    expect(hospitalPointsForStays(stays)).toBe(points)
  })

  test.each(Array.from({ length: 14 }, (_, points) => points))('has a band for %i', (points) => {
    expect(hospitalBand(points)).toBe(points >= 7 ? 'high' : points >= 5 ? 'intermediate' : 'low')
  })

  const oncology = { serviceType: { coding: [{ code: '394593009' }] } }
  const bloods = (haemoglobin: number, sodium: number) => [
    measured('718-7', haemoglobin, 'g/L', '2026-02-11'),
    measured('2951-2', sodium, 'mmol/L', '2026-02-11'),
  ]

  test('adds up what the stay shows', () => {
    const found = score([
      ...[stay('s', '2026-02-10', '2026-02-15', oncology), ...bloods(119, 134)],
      ...[stay('a', '2025-04-01', '2025-04-02'), stay('b', '2025-05-01', '2025-05-02')],
      {
        ...{ resourceType: 'Procedure', id: 'x', status: 'completed', subject },
        performedDateTime: '2026-02-12',
      },
    ]).hospital
    expect(found).toMatchObject({ score: 1 + 2 + 1 + 1 + 1 + 2 + 2, band: 'high', missing: [] })
  })

  test('takes a level on the line for normal', () => {
    const found = score([stay('s', '2026-02-10', '2026-02-14'), ...bloods(120, 135)]).hospital
    expect(found).toMatchObject({ score: 1, band: 'low' })
  })

  test('without blood results names the range that is possible, and the band only if it is one', () => {
    const short = score([stay('s', '2026-02-10', '2026-02-14')]).hospital
    expect(short).toMatchObject({ lowest: 1, highest: 3, band: 'low' })
    expect(short.score).toBeUndefined()
    expect(short.missing).toEqual(['haemoglobin', 'sodium'])
    const long = score([stay('s', '2026-02-10', '2026-02-20', oncology)]).hospital
    expect(long).toMatchObject({ lowest: 5, highest: 7 })
    expect(long.band).toBeUndefined()
  })

  test('does not guess a unit', () => {
    const found = score([
      stay('s', '2026-02-10', '2026-02-14'),
      measured('718-7', 11, '', '2026-02-11'),
    ]).hospital
    expect(found.missing).toContain('haemoglobin')
  })
})

describe('PARR-30', () => {
  test.each([
    [0, 0],
    [9.99, 0],
    [10, 0.0209],
    [15, 0.0239],
    [25, 0.0661],
    [40, 0.1017],
    [50, 0.0982],
  ])('takes a deprivation of %d for %d', (imd, points) => {
    expect(parrDeprivation(imd)).toBe(points)
  })

  const records = [
    ...[stay('s', '2026-02-10', '2026-02-15'), stay('a', '2026-01-15', '2026-01-20')],
    condition('I50', { encounter: { reference: 'Encounter/s' } }),
  ]

  test('is a chance by the published formula', () => {
    const age = 86
    const logit = -2.91821 + 0.000060581 * age ** 2 + 0.1215 + 0.5258 + 0.5565 + 0.095 + 0.0661
    const found = score([patient('1940-01-01', 30), ...records])['parr-30']
    expect(found.score).toBe(Math.round(1000 / (1 + Math.exp(-logit))) / 1000)
    expect(found.caveats).toContain('not-adjusted-for-hospital')
  })

  test('without deprivation is a range, not a lower chance', () => {
    const found = score([patient(), ...records])['parr-30']
    expect(found.score).toBeUndefined()
    expect(found.lowest).toBeLessThan(found.highest ?? 0)
    expect(found.missing).toEqual(['deprivation'])
  })

  test('needs a stay and a birth date', () => {
    expect(score([patient()])['parr-30'].missing).toEqual(['hospital-stay'])
    expect(score(records)['parr-30'].missing).toEqual(['birth-date'])
  })
})

describe('NEWS2', () => {
  const at = '2026-03-01T10:00:00Z'
  const coded = (code: string, answer: string): Observation => ({
    ...{ resourceType: 'Observation', id: code, status: 'final', subject, effectiveDateTime: at },
    code: { coding: [{ code }] },
    valueCodeableConcept: { coding: [{ code: answer }] },
  })
  const signs = [
    ...[measured('9279-1', 21, '/min', at), measured('59408-5', 95, '%', at)],
    ...[measured('8480-6', 110, 'mm[Hg]', at), measured('8867-4', 91, '/min', at)],
    measured('8310-5', 38.1, 'Cel', at),
  ]
  const rest = [coded('1104331000000105', '722742002'), coded('1104441000000107', '248234008')]

  test('adds up a whole set', () => {
    expect(score([patient(), ...signs, ...rest]).news2).toMatchObject({
      ...{ score: 6, band: 'medium', asOf: at, missing: [] },
    })
  })

  test('without consciousness and oxygen is a range', () => {
    const found = score([patient(), ...signs]).news2
    expect(found).toMatchObject({ lowest: 6, highest: 11 })
    expect(found.band).toBeUndefined()
    expect(found.missing).toEqual(['air-or-oxygen', 'consciousness'])
  })

  test('from a temperature alone says what is missing, and is never a low score', () => {
    const found = score([patient(), measured('8310-5', 37, 'Cel', at)]).news2
    expect(found.score).toBeUndefined()
    expect(found.band).toBeUndefined()
    expect(found).toMatchObject({ lowest: 0, highest: 17 })
    expect(found.missing.toSorted()).toEqual([
      ...['air-or-oxygen', 'breathing', 'consciousness', 'oxygen', 'pressure', 'pulse'],
    ])
  })

  test('is not worked out for children, and not without vital signs', () => {
    expect(score([patient('2015-01-01'), ...signs, ...rest]).news2).toMatchObject({
      ...{ caveats: ['not-under-16'], parts: [] },
    })
    expect(score([patient()]).news2).toMatchObject({ missing: ['vital-signs'] })
  })

  test('converts a temperature in Fahrenheit', () => {
    const warm = signs.map((each) =>
      each.id === 'o-8310-5' ? measured('8310-5', 100.6, '[degF]', at) : each,
    )
    expect(score([patient(), ...warm, ...rest]).news2.score).toBe(6)
  })
})

describe('the record on a day in the past', () => {
  const ended = condition('I50', {
    onsetDateTime: '2020-01-01',
    abatementDateTime: '2025-06-01',
    clinicalStatus: { coding: [{ code: 'resolved' }] },
  })

  test.each([
    ['2019-12-31', undefined],
    ['2020-01-01', 2],
    ['2025-05-31', 2],
    ['2025-06-01', 0],
  ])('counts a condition only while it lasted (%s)', (day, points) => {
    const records = recordsOn([ended], { ...on, day })
    expect(score(records, day)['charlson-quan-2011'].score).toBe(points)
  })
})
