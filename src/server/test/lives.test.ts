import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { addDays } from '#domain/calendar/days.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { scoreParameters } from '#domain/risk/score-parameters.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

/**
 * Three lives of full density, each with its scores on several days, worked out by hand from the published rules: the
 * sums stand beside what is expected.
 */

const subject = { reference: 'Patient/p' }
const snomed = (code: string) => ({ coding: [{ system: 'http://snomed.info/sct', code }] })
const icd10 = (code: string) => ({ coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] })
const gable = (code: string) => ({ coding: [{ system: 'https://gable.example/codes', code }] })

type Made = Readonly<Record<string, unknown>>

const person = (birthDate: string, imd?: number): Made => ({
  ...{ resourceType: 'Patient', id: 'p', birthDate },
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...(imd === undefined
    ? {}
    : { extension: [{ url: 'https://gable.example/fhir/imd-score', valueDecimal: imd }] }),
})

const condition = (id: string, code: object, from: string, until?: string): Made => ({
  ...{ resourceType: 'Condition', id, subject, code, onsetDateTime: from },
  ...(until
    ? { clinicalStatus: { coding: [{ code: 'resolved' }] }, abatementDateTime: until }
    : { clinicalStatus: { coding: [{ code: 'active' }] } }),
})

const encounter = (id: string, kind: string, [start, end]: readonly [string, string]): Made => ({
  ...{ resourceType: 'Encounter', id, subject, status: 'finished' },
  ...{ class: { code: kind }, period: { start: `${start}T12:00:00Z`, end: `${end}T12:00:00Z` } },
})

const emergencyStay = (
  id: string,
  days: readonly [string, string],
  reasons: readonly string[],
): Made => ({
  ...encounter(id, 'IMP', days),
  ...{ priority: gable('emergency'), reasonCode: reasons.map(icd10) },
})

const reading = (
  id: string,
  loinc: string,
  [value, unit, day]: readonly [number, string, string],
) => ({
  ...{ resourceType: 'Observation', id, subject, status: 'final' },
  ...{ code: { coding: [{ system: 'http://loinc.org', code: loinc }] } },
  ...{ effectiveDateTime: `${day}T08:00:00Z`, valueQuantity: { value, code: unit } },
})

const medicine = (id: string, text: string, day: string): Made => ({
  ...{ resourceType: 'MedicationRequest', id, subject, status: 'active', intent: 'order' },
  ...{ medicationCodeableConcept: { text }, authoredOn: day },
})

/** What else a practice writes down in sixteen years, and no score reads: a thousand records. */
const everydayRecords: readonly Made[] = Array.from({ length: 340 }, (_, at) => {
  const day = addDays('2010-01-04', at * 17)
  return [
    encounter(`visit-${at}`, 'AMB', [day, day]),
    reading(`weight-${at}`, '29463-7', [60 + (at % 9), 'kg', day]),
    { ...medicine(`issue-${at}`, 'Paracetamol 500 mg tablets', day), status: 'completed' },
  ]
}).flat()

/** Edith, born on 10 June 1944, in streets with a deprivation score of 30. */
const edith: readonly Made[] = [
  person('1944-06-10', 30),
  condition('pressure', snomed('59621000'), '2010-01-01'),
  condition('diabetes', snomed('44054006'), '2012-05-01'),
  condition('depression', snomed('35489007'), '2015-03-01', '2018-12-31'),
  condition('kidneys', snomed('127013003'), '2019-03-01'),
  condition('heart', snomed('84114007'), '2022-09-01'),
  condition('falls', snomed('161898004'), '2024-02-10'),
  condition('lungs', snomed('13645005'), '2024-06-01'),
  encounter('door-1', 'EMER', ['2023-12-19', '2023-12-19']),
  encounter('door-2', 'EMER', ['2024-01-05', '2024-01-05']),
  // the one that led to the second stay
  encounter('door-3', 'EMER', ['2024-06-20', '2024-06-20']),
  emergencyStay('stay-1', ['2024-02-08', '2024-02-17'], ['R296', 'N390']),
  emergencyStay('stay-2', ['2024-06-20', '2024-06-24'], ['J441']),
  reading('blood-1', '718-7', [125, 'g/L', '2024-02-09']),
  reading('salt-1', '2951-2', [131, 'mmol/L', '2024-02-16']),
  reading('blood-2', '718-7', [110, 'g/L', '2024-06-23']),
  reading('salt-2', '2951-2', [138, 'mmol/L', '2024-06-23']),
]

/** Omar, born on 15 March 1958. */
const omar: readonly Made[] = [
  person('1958-03-15'),
  condition('attack', icd10('I21.9'), '2009-07-01'),
  condition('bowel', icd10('C18.7'), '2016-04-01'),
  condition('liver', icd10('K70.3'), '2017-01-01'),
  condition('varices', icd10('I85.0'), '2017-12-01'),
  condition('spread', icd10('C78.7'), '2018-03-15'),
]

/** Wanda, born on 30 November 1936. */
const wanda: readonly Made[] = [
  person('1936-11-30'),
  condition('pressure', snomed('59621000'), '2001-01-01'),
  condition('joints', snomed('396275006'), '2005-01-01'),
  condition('hearing', snomed('15188001'), '2011-01-01'),
  condition('bladder', snomed('165232002'), '2014-01-01'),
  ...['Amlodipine', 'Ramipril', 'Omeprazole', 'Sertraline'].map((name, at) =>
    medicine(`taken-${at}`, name, '2016-01-10'),
  ),
  medicine('taken-5', 'Alendronic acid', '2020-03-01'),
  condition('housebound', snomed('160689007'), '2021-05-01'),
  condition('falls', snomed('161898004'), '2023-01-05'),
  condition('memory', snomed('52448006'), '2023-02-01'),
  condition('weight', snomed('89362005'), '2023-03-01'),
]

eachStore('A life of a thousand records', (open) => {
  async function scoresOf(life: readonly Made[]) {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed([...life, ...everydayRecords] as unknown as readonly ResourceWithId[])
    const amina = await server.as('amina')
    return async (day: string) => {
      const answer = await amina(`/fhir/Patient/p/$score?date=${day}`)
      expect(answer.status).toBe(200)
      return scoreParameters.read((await answer.json()) as Parameters)
    }
  }

  test('is scored as Edith stood on five days of thirteen years', async () => {
    const on = await scoresOf(edith)

    // 66 years: 2 points of age; high blood pressure counts for frailty alone
    expect(await on('2011-01-01')).toMatchObject({
      ...{ charlson: { comorbidity: 0, agePoints: 2, score: 2 } },
      ...{ frailty: { count: 1, band: 'fit' }, 'charlson-quan-2011': { score: 0 } },
      ...{ 'elixhauser-van-walraven': { score: 0 } },
    })
    // 71 years: 3; diabetes 1 (of 2011: 0); depression, active then, takes 3 from Elixhauser
    expect(await on('2016-01-01')).toMatchObject({
      ...{ charlson: { comorbidity: 1, agePoints: 3, score: 4 } },
      ...{ frailty: { count: 2, band: 'fit' }, 'charlson-quan-2011': { score: 0 } },
      ...{ 'elixhauser-van-walraven': { score: -3 } },
    })
    // 74 years: 3; kidneys 2 instead of diabetes 1 (of 2011: 1); depression is over
    expect(await on('2019-06-01')).toMatchObject({
      ...{ charlson: { comorbidity: 2, agePoints: 3, score: 5 } },
      ...{ frailty: { count: 2, band: 'fit' }, 'charlson-quan-2011': { score: 1 } },
      ...{ 'elixhauser-van-walraven': { score: 0 }, lace: { missing: ['discharge'] } },
    })

    const afterFirst = await on('2024-03-01')
    // nine nights 5, emergency 3, kidneys 2 + heart 2 = 4 or more: 5, two visits from 8 August on: 2
    expect(afterFirst.lace).toMatchObject({
      score: 5 + 3 + 5 + 2,
      band: 'high',
      asOf: '2024-02-17',
    })
    // 125 g/L 0, 131 mmol/L 1, no oncology, no procedure, emergency 1, no stay before, nine nights 2
    expect(afterFirst.hospital).toMatchObject({ score: 4, band: 'low' })
    // R29 3.6 and N39 3.2
    expect(afterFirst['hospital-frailty']).toMatchObject({ score: 6.8, band: 'intermediate' })
    // -2.91821 + 0.000060581 * 79² + 0.5565 + 0.0661 = -1.9175; 1 / (1 + e^1.9175) = 0.1281
    expect(afterFirst['parr-30']).toMatchObject({ score: 0.128 })

    const afterSecond = await on('2024-07-01')
    // 80 years: 4; kidneys 2, heart 1, lungs 1 (of 2011: 1 + 2 + 1); Elixhauser heart 7, lungs 3
    // frailty: blood pressure, diabetes, heart, falls, breathing
    expect(afterSecond).toMatchObject({
      ...{ charlson: { comorbidity: 4, agePoints: 4, score: 8 } },
      ...{ frailty: { count: 5, band: 'mild' }, 'charlson-quan-2011': { score: 4 } },
      ...{ 'elixhauser-van-walraven': { score: 10 } },
    })
    // four nights 4, emergency 3, 2 + 2 + 2: 5; of three visits one is a day too early, and one led to the stay
    expect(afterSecond.lace).toMatchObject({
      score: 4 + 3 + 5 + 1,
      band: 'high',
      asOf: '2024-06-24',
    })
    // 110 g/L 1, 138 mmol/L 0, emergency 1, one stay before 0, four nights 0
    expect(afterSecond.hospital).toMatchObject({ score: 2, band: 'low' })
    // -2.91821 + 0.000060581 * 80² + 0.1215 + 0.5565 + 0.2243 + 0.0661 = -1.5621; 1 / (1 + e^1.5621) = 0.1734
    expect(afterSecond['parr-30']).toMatchObject({ score: 0.173 })
  })

  test('keeps the diagnoses of a stay for two years, to the day', async () => {
    const on = await scoresOf(edith)
    // the first stay ended on 17 February 2024: 730 days before 16 February 2026
    expect((await on('2026-02-16'))['hospital-frailty']).toMatchObject({ score: 6.8 })
    // of the second one J44 is no sign of frailty
    expect((await on('2026-02-17'))['hospital-frailty']).toMatchObject({ score: 0, band: 'low' })
  })

  test('is scored as Omar stood before the first diagnosis, and around his sixtieth birthday', async () => {
    const on = await scoresOf(omar)

    // nothing was coded: no score is worked out, which is not a low one
    const before = await on('2009-06-30')
    expect(before).toMatchObject({ coded: false, missing: ['conditions'] })
    expect(before['charlson-quan-2011']).toMatchObject({ missing: ['conditions'] })
    expect(before['charlson-quan-2011']?.score).toBeUndefined()

    // 58 years: 1; attack 1, cancer 2 (of 2011: 0 + 2); Elixhauser: a solid tumour 4, no group for the attack
    expect(await on('2016-12-31')).toMatchObject({
      ...{ charlson: { comorbidity: 3, agePoints: 1, score: 4 } },
      ...{ 'charlson-quan-2011': { score: 2 }, 'elixhauser-van-walraven': { score: 4 } },
    })
    // 59 years: 1; attack 1, cancer 2, grave liver disease 3 instead of mild 1 (of 2011: 0 + 2 + 4); tumour 4, liver 11
    expect(await on('2018-03-14')).toMatchObject({
      ...{ charlson: { comorbidity: 6, agePoints: 1, score: 7 } },
      ...{ 'charlson-quan-2011': { score: 6 }, 'elixhauser-van-walraven': { score: 15 } },
    })
    // 60 years: 2; spread 6 instead of cancer 2 (of 2011: 6 + 4); spread 12 instead of 4, liver 11
    expect(await on('2018-03-15')).toMatchObject({
      ...{ charlson: { comorbidity: 10, agePoints: 2, score: 12 } },
      ...{ 'charlson-quan-2011': { score: 10 }, 'elixhauser-van-walraven': { score: 23 } },
    })
  })

  test('is as frail as Wanda was on the day before and on the day of each change', async () => {
    const on = await scoresOf(wanda)
    const frailtyOn = async (day: string) => {
      const { frailty } = await on(day)
      return [frailty.count, frailty.band]
    }
    // blood pressure, joints, hearing, bladder
    expect(await frailtyOn('2015-01-01')).toEqual([4, 'fit'])
    // four medicines are not yet five
    expect(await frailtyOn('2020-02-29')).toEqual([4, 'fit'])
    expect(await frailtyOn('2020-03-01')).toEqual([5, 'mild'])
    expect(await frailtyOn('2021-05-01')).toEqual([6, 'mild'])
    // falls and memory
    expect(await frailtyOn('2023-02-28')).toEqual([8, 'mild'])
    // and weight
    expect(await frailtyOn('2023-03-01')).toEqual([9, 'moderate'])
    // 86 years: 4 points of age; dementia 1
    expect(await on('2023-03-01')).toMatchObject({ charlson: { comorbidity: 1, score: 5 } })
    // 78 years: 3
    expect(await on('2015-01-01')).toMatchObject({ charlson: { comorbidity: 0, score: 3 } })
  })
})
