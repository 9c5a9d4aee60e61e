import type { OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { publishedScoreCodes } from '#domain/risk/published/published-score.ts'
import { scoreParameters } from '#domain/risk/score-parameters.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')
const subject = { reference: 'Patient/p' }
const icd10 = 'http://hl7.org/fhir/sid/icd-10'

const records = [
  {
    ...{ resourceType: 'Patient', id: 'p', birthDate: '1936-03-02' },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    ...{ resourceType: 'Condition', id: 'heart', subject, onsetDateTime: '2024-05-01' },
    code: { coding: [{ system: icd10, code: 'I50.9' }] },
    encounter: { reference: 'Encounter/stay' },
  },
  {
    ...{ resourceType: 'Condition', id: 'falls', subject, onsetDateTime: '2025-06-01' },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '161898004' }] },
  },
  {
    ...{ resourceType: 'Encounter', id: 'stay', subject, status: 'finished' },
    ...{ class: { code: 'IMP' }, period: { start: '2026-02-01', end: '2026-02-09' } },
  },
  {
    ...{ resourceType: 'Observation', id: 'sodium', subject, status: 'final' },
    ...{ effectiveDateTime: '2026-02-08', valueQuantity: { value: 130, code: 'mmol/L' } },
    code: { coding: [{ system: 'http://loinc.org', code: '2951-2' }] },
  },
] as unknown as readonly ResourceWithId[]

eachStore('The scores of a person', (open) => {
  async function started() {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed(records)
    return await server.as('amina')
  }

  test('are each worked out as published, with what is missing, and are those of the day that is asked for', async () => {
    const amina = await started()
    const scores = async (query = '') =>
      scoreParameters.read(
        (await (await amina(`/fhir/Patient/p/$score${query}`)).json()) as Parameters,
      )
    const today = await scores()
    expect(Object.keys(today)).toEqual(expect.arrayContaining([...publishedScoreCodes]))
    expect(today).toMatchObject({
      ...{ date: '2026-03-02', charlson: { score: 5 }, frailty: { count: 2 } },
      'charlson-quan-2011': { score: 2 },
      'elixhauser-van-walraven': { score: 7 },
      lace: { score: 5 + 3 + 2, band: 'high', asOf: '2026-02-09' },
      hospital: { lowest: 4, highest: 5, missing: ['haemoglobin'] },
      'parr-30': { missing: ['deprivation'] },
      news2: { missing: ['vital-signs'] },
    })
    const before = await scores('?date=2025-05-31')
    expect(before).toMatchObject({
      ...{ date: '2025-05-31', charlson: { score: 5, age: 89 }, frailty: { count: 1 } },
      lace: { missing: ['discharge'] },
    })
    expect((await scores('?date=2024-04-30')).charlson).toMatchObject({ comorbidity: 0, age: 88 })
  })

  test('say of each part what it is about, since when, and whether the last year added it', async () => {
    const amina = await started()
    const { charlson, frailty, lace, hospital } = scoreParameters.read(
      (await (await amina('/fhir/Patient/p/$score')).json()) as Parameters,
    )
    expect(charlson).toMatchObject({ age: 90, ageSince: '2016-03-02' })
    expect(charlson.reasons).toMatchObject([
      { code: 'chf', kind: 'condition', since: '2024-05-01', lastYear: false },
    ])
    expect(frailty.reasons).toMatchObject([
      { code: 'falls', kind: 'condition', since: '2025-06-01', lastYear: true },
      { code: 'heart-failure', kind: 'condition', lastYear: false },
    ])
    expect(lace?.parts.map(({ code, kind, lastYear }) => [code, kind, lastYear])).toEqual([
      ['length', 'use', true],
      ['acute', 'use', true],
      ['comorbidity', 'condition', false],
      ['emergency', 'use', false],
    ])
    expect(hospital?.parts.find(({ code }) => code === 'sodium')?.kind).toBe('measurement')
  })

  test('of a day that is none, or is to come, are refused in words', async () => {
    const amina = await started()
    for (const [date, says] of [
      ['2026-02-30', 'date must be a day, such as 2026-03-03'],
      ['2026-03-03', 'date is in the future'],
      ['1901-01-01', 'date is before the person was born'],
    ]) {
      const answer = await amina(`/fhir/Patient/p/$score?date=${date}`)
      expect(answer.status).toBe(400)
      expect(((await answer.json()) as OperationOutcome).issue[0]?.details?.text).toBe(says)
    }
  })
})
