import type { Condition, Encounter, Patient, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { personFacts } from '#domain/risk/person-facts.ts'
import { chanceTable, fewestAlike } from './chance-table.ts'
import { changeables } from './changeable.ts'
import { likenessOf, likenessParts, widerLikenesses } from './likeness.ts'
import { segmentRules, segments } from './segments.ts'
import { wilsonInterval } from './wilson-interval.ts'

const day = '2026-03-02'
const snomed = 'http://snomed.info/sct'
const icd10 = 'http://hl7.org/fhir/sid/icd-10'

const patient = (more: Partial<Patient> = {}): Patient => ({
  resourceType: 'Patient',
  id: 'p',
  birthDate: '1940-05-05',
  ...more,
})
const condition = (code: string, onset?: string, system = snomed): Condition => ({
  resourceType: 'Condition',
  id: `c-${code}`,
  subject: { reference: 'Patient/p' },
  code: { coding: [{ system, code }] },
  ...(onset ? { onsetDateTime: onset } : {}),
})
const stay = (start: string, more: Partial<Encounter> = {}): Encounter => ({
  resourceType: 'Encounter',
  id: `e-${start}`,
  status: 'finished',
  class: { code: 'IMP' },
  priority: { coding: [{ code: 'EM' }] },
  period: { start: `${start}T10:00:00Z`, end: `${start}T20:00:00Z` },
  ...more,
})
const visit = (start: string, service = 'surgery'): Encounter =>
  stay(start, {
    id: `v-${start}-${service}`,
    class: { code: 'AMB' },
    serviceProvider: { reference: `Organization/${service}` },
  })
function worked(...records: readonly Resource[]) {
  const all = records.some(({ resourceType }) => resourceType === 'Patient')
    ? records
    : [patient(), ...records]
  const facts = personFacts(all, { day, zone: 'Europe/London' }, () => undefined)
  if (!facts) throw new Error('no facts')
  return facts
}

describe('People who are alike', () => {
  test.each([
    [{ age: 17, deficits: 0, stays: 0 }, '0/fit/0'],
    [{ age: 18, deficits: 4, stays: 1 }, '1/fit/18'],
    [{ age: 64, deficits: 5, stays: 2 }, '2/mild/18'],
    [{ age: 65, deficits: 8, stays: 3 }, '2/mild/65'],
    [{ age: 79, deficits: 9, stays: 0 }, '0/moderate/65'],
    [{ age: 80, deficits: 12, stays: 0 }, '0/moderate/80'],
    [{ age: 101, deficits: 13, stays: 9 }, '2/severe/80'],
  ])('%j are %s', (facts, likeness) => {
    expect(likenessOf(facts)).toBe(likeness)
  })

  test('are compared more widely without age, then without frailty', () => {
    expect(widerLikenesses('0/mild/65')).toEqual(['0/mild/65', '0/mild', '0'])
    expect(widerLikenesses('1/mild/65')).toEqual(['1/mild/65', '1/mild', '1', '1+/mild', '1+'])
    expect(likenessParts('1/mild/65')).toEqual({ stays: 1, band: 'mild', age: 65 })
    expect(likenessParts('1')).toEqual({ stays: 1 })
    expect(likenessParts('1+/mild')).toEqual({ stays: 1, orMore: true, band: 'mild' })
  })
})

describe('The chance of an emergency stay', () => {
  test('is the share of those who were alike, with its interval', () => {
    const chance = chanceTable([{ likeness: '1/mild/65', people: 50, stayed: 10 }])('1/mild/65')
    expect(chance).toEqual({ per100: 20, low: 11, high: 33, people: 50, likeness: '1/mild/65' })
  })

  test(`comes from a wider comparison below ${fewestAlike} people, and is not given if that is too small`, () => {
    const chanceOf = chanceTable([
      { likeness: '1/mild/65', people: 49, stayed: 49 },
      { likeness: '1/mild/80', people: 51, stayed: 1 },
      { likeness: '2/fit/18', people: 49, stayed: 1 },
    ])
    expect(chanceOf('1/mild/65')).toMatchObject({ per100: 50, people: 100, likeness: '1/mild' })
    expect(chanceOf('1/severe/0')).toMatchObject({ per100: 50, people: 100, likeness: '1' })
    // too few had two stays: those with one or more
    expect(chanceOf('2/fit/18')).toMatchObject({ per100: 34, people: 149, likeness: '1+' })
    expect(chanceOf('0/fit/18')).toBeUndefined()
  })

  test('has Wilson’s interval', () => {
    // Newcombe 1998 (Stat Med 17:857), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
    const rounded = (found: number, of: number) =>
      Object.values(wilsonInterval(found, of)).map((share) => share.toFixed(4))
    expect(rounded(81, 263)).toEqual(['0.2553', '0.3662'])
    expect(rounded(15, 148)).toEqual(['0.0624', '0.1605'])
    expect(rounded(0, 20)).toEqual(['0.0000', '0.1611'])
    expect(rounded(1, 29)).toEqual(['0.0061', '0.1718'])
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })
})

describe('A year ago', () => {
  test('what was known then counts, and what came since does not', () => {
    const facts = worked(
      ...['84114007', '13645005', '44054006', '433144002'].map((code) => condition(code)),
      condition('161898004', '2025-03-03'),
      stay('2025-03-02'),
      stay('2025-03-03'),
      stay('2026-03-02'),
    )
    expect(facts.likeness).toBe('2/mild/80')
    expect(facts.likeness_before).toBe('1/fit/80')
    expect(facts.stayed_since).toBe(true)
    expect(facts.stays).toBe(2)
  })

  test.each([
    ['was not born', patient({ birthDate: '2025-06-01' }), condition('13645005')],
    ['had died', patient({ deceasedDateTime: '2025-03-01T10:00:00Z' }), condition('13645005')],
    ['died on a day that is not known', patient({ deceasedBoolean: true }), condition('13645005')],
    ['had nothing coded', patient(), condition('13645005', '2025-08-01')],
    ['has no birth date', { resourceType: 'Patient', id: 'p' } as const, condition('13645005')],
  ])('somebody who %s is not counted', (_, who, known) => {
    expect(worked(who, known)).toMatchObject({ likeness_before: null, stayed_since: null })
  })

  test('somebody who died since is counted', () => {
    const died = patient({ deceasedDateTime: '2025-09-01T10:00:00Z' })
    expect(worked(died, condition('13645005'), stay('2025-08-20'))).toMatchObject({
      likeness_before: '0/fit/80',
      stayed_since: true,
    })
  })

  test('planned stays, and visits to an emergency department, are no emergency stays', () => {
    const planned = stay('2025-09-01', { priority: { coding: [{ code: 'EL' }] } })
    const emergency = stay('2025-09-02', { class: { code: 'EMER' } })
    expect(worked(condition('13645005'), planned, emergency)).toMatchObject({
      stays: 0,
      stayed_since: false,
    })
  })

  test('without any code nothing is said, and never a low chance', () => {
    expect(worked(stay('2025-09-01'))).toMatchObject({ likeness: null, segment: 'unknown' })
  })
})

const frail = (count: number) =>
  ['84114007', '161898004', '271737000', '396275006', '44054006', '433144002', '13645005']
    .concat(['49436004', '53741008', '230690007', '64859006', '15188001', '397540003', '404640003'])
    .slice(0, count)
    .map((code) => condition(code))

describe('The segment of a person', () => {
  test.each([
    ['last-year', 'palliative', [condition('414937009'), condition('52448006')]],
    ['last-year', 'palliative', [condition('Z51.5', undefined, icd10)]],
    ['frailty-dementia', 'dementia', [condition('52448006')]],
    ['frailty-dementia', 'severe-frailty', frail(13)],
    ['frailty-dementia', 'moderate-frailty', frail(9)],
    ['organ-failure', 'kidney', [condition('433146000')]],
    ['organ-failure', 'liver', [condition('50325005')]],
    ['organ-failure', 'heart', [condition('84114007'), stay('2025-09-01')]],
    ['organ-failure', 'lung', [condition('13645005'), stay('2025-09-01'), stay('2025-10-01')]],
    ['organ-failure', 'nerves', [condition('49049000')]],
    ['incurable-cancer', 'spread', [condition('128462008')]],
    ['disability', 'learning', [condition('F70.1', undefined, icd10)]],
    ['disability', 'body', [condition('50582007')]],
    [
      'long-term',
      'four-or-more',
      ['44054006', '59621000', '195967001', '35489007'].map((code) => condition(code)),
    ],
    ['long-term', 'two-or-three', [condition('44054006'), condition('84757009')]],
    ['long-term', 'one', [condition('84114007')]],
    ['long-term', 'one', [condition('13645005'), stay('2025-09-01')]],
    ['maternal', 'pregnant', [condition('77386006')]],
    ['well', 'well', [condition('55822004')]],
  ] as const)('%s: %s', (segment, subsegment, records) => {
    expect(worked(...records)).toMatchObject({ segment, subsegment })
  })

  test('with stage 4 of kidney disease is kidney failure from the fourth emergency stay', () => {
    const stays = ['2025-04-01', '2025-06-01', '2025-08-01', '2025-10-01'].map((each) => stay(each))
    expect(worked(condition('431857002'), ...stays.slice(1)).segment).toBe('long-term')
    expect(worked(condition('431857002'), ...stays).subsegment).toBe('kidney')
  })

  test('is not frailty below 65, where the count was not made for', () => {
    expect(worked(patient({ birthDate: '1970-01-01' }), ...frail(13)).segment).toBe('long-term')
  })

  test('comes from a table in which every row can be reached, in the order of the segments', () => {
    const order = segmentRules.map(({ segment }) => segments.indexOf(segment))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
    const names = segmentRules.map(({ segment, subsegment }) => `${segment} ${subsegment}`)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('What could be changed', () => {
  const medicines = (count: number): readonly Resource[] =>
    Array.from({ length: count }, (_, place) => ({
      resourceType: 'MedicationRequest',
      id: `m${place}`,
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p' },
      medicationCodeableConcept: { text: `Medicine ${place}` },
    }))
  const heart = stay('2025-06-01', {
    reasonCode: [{ coding: [{ system: icd10, code: 'I50.9' }] }],
  })
  const seen = visit('2026-02-01')

  test.each([
    ['avoidable-stay', [condition('84114007'), seen, heart]],
    ['just-home', [condition('84114007'), stay('2026-01-31')]],
    ['many-medicines', [condition('84114007'), seen, ...medicines(10)]],
    ['falls', [condition('161898004'), seen]],
    ['not-seen', [condition('84114007'), visit('2025-03-01')]],
    ['alone', [condition('105529008'), seen]],
    [
      'many-services',
      [condition('84114007'), seen, visit('2025-10-01', 'clinic'), visit('2025-11-01', 'hospital')],
    ],
    ['comfort-first', [condition('128462008'), seen]],
  ] as const)('%s', (changeable, records) => {
    expect(changeables).toContain(changeable)
    expect(worked(...records).changeable).toEqual([changeable])
  })

  test.each([
    ['a stay for something else', [condition('84114007'), seen, stay('2025-06-01')]],
    ['home for 31 days', [condition('84114007'), stay('2026-01-30')]],
    ['nothing on record to say when', [condition('84114007')]],
    [
      'home last week, and in hospital again',
      [
        ...[condition('84114007'), stay('2026-02-20')],
        stay('2026-02-27', { status: 'in-progress', period: { start: '2026-02-27T10:00:00Z' } }),
      ],
    ],
    [
      'a stay for a hip with diabetes beside it',
      [
        ...[condition('84114007'), seen],
        stay('2025-06-01', {
          reasonCode: [
            { coding: [{ system: icd10, code: 'S72.0' }] },
            { coding: [{ system: icd10, code: 'E11.9' }] },
          ],
        }),
      ],
    ],
    ['nine medicines', [condition('84114007'), seen, ...medicines(9)]],
    ['seen a year ago', [condition('84114007'), visit('2025-03-02')]],
    ['not seen, but nothing long-term', [condition('55822004')]],
    ['two services', [condition('84114007'), seen, visit('2025-10-01', 'clinic')]],
    [
      'three services and a coordinator',
      [
        ...[condition('84114007'), seen, visit('2025-10-01', 'clinic')],
        visit('2025-11-01', 'hospital'),
        {
          resourceType: 'EpisodeOfCare',
          id: 'case-p',
          status: 'active',
          patient: { reference: 'Patient/p' },
        } satisfies Resource,
      ],
    ],
  ] as const)('is nothing for %s', (_, records) => {
    expect(worked(...records).changeable).toEqual([])
  })

  test('persistent high use is two stays in each of two years', () => {
    const stays = ['2024-04-01', '2024-12-01', '2025-04-01', '2025-12-01'].map((each) => stay(each))
    expect(worked(condition('13645005'), ...stays).persistent).toBe(true)
    expect(worked(condition('13645005'), ...stays.slice(1)).persistent).toBe(false)
  })
})

test('codes of another system are not read as ICD-10, and what cannot be read is never fit or well', () => {
  const read2 = 'http://read.info/readv2'
  expect(worked(condition('E100.', undefined, read2), visit('2026-02-01'))).toMatchObject({
    ...{ segment: 'well', changeable: [] },
  })
  const unread = Array.from({ length: 5 }, (_, place) => condition(`99${place}`))
  expect(worked(...unread)).toMatchObject({ band: 'unclear', likeness: null, segment: 'unknown' })
})

test.each([
  ['a discharge 31 days ago', [condition('84114007'), stay('2026-02-20')], '2026-03-23'],
  ['a contact a year ago', [condition('84114007'), visit('2025-03-20')], '2026-03-20'],
  ['a condition a year ago', [condition('84114007', '2025-03-10')], '2026-03-10'],
  [
    'a stay that goes on',
    [stay('2026-02-27', { status: 'in-progress', period: { start: '2026-02-27T10:00:00Z' } })],
    '2026-03-03',
  ],
  ['the 65th birthday', [patient({ birthDate: '1961-03-15' })], '2026-03-15'],
] as const)('the row is worked out again for %s', (_, records, on) => {
  expect(worked(...records).changes_on).toBe(on)
})

test('Where and who somebody is comes from their record, and what is not recorded is not known', () => {
  const known = patient({
    gender: 'female',
    communication: [{ language: { coding: [{ code: 'ur' }] }, preferred: true }],
    extension: [
      { url: 'https://gable.example/fhir/deprivation-fifth', valueInteger: 1 },
      {
        url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory',
        valueCodeableConcept: { coding: [{ code: 'J' }] },
      },
    ],
  })
  expect(worked(known, visit('2026-02-01'))).toMatchObject({
    ...{ deprivation: 1, ethnicity: 'J', language: 'ur', gender: 'female' },
    last_contact: '2026-02-01',
  })
  expect(worked(patient())).toMatchObject({
    ...{ deprivation: null, ethnicity: null, language: null, gender: null, last_contact: null },
  })
})
