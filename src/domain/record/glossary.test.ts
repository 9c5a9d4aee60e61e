import type { Observation } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { medicineUse } from './medicine-use.ts'
import { personRecord, type RecordSources } from './person-record.ts'
import { plainCondition } from './plain-condition.ts'
import { plainResult } from './plain-result.ts'

const snomed = 'http://snomed.info/sct'
const loinc = 'http://loinc.org'
const icd = 'http://hl7.org/fhir/sid/icd-10'

describe('The entry of the glossary', () => {
  test.each([
    [snomed, '84114007', 'heart-failure'],
    [icd, 'I50.9', 'heart-failure'],
    [icd, 'i509', 'heart-failure'],
    [icd, 'N39.0', 'urine-infection'],
    [icd, 'N39.4', 'leaking-urine'],
    [snomed, '00000', undefined],
    [icd, 'Z99', undefined],
    ['http://elsewhere', '84114007', undefined],
    ['', '', undefined],
  ])('for a condition %s %s is %s', (system, code, entry) => {
    expect(
      plainCondition([
        { system: 'http://x', code: 'y' },
        { system, code },
      ]),
    ).toBe(entry)
  })

  test.each([
    [loinc, '59261-8', 'long-blood-sugar'],
    [loinc, '29463-7', 'weight'],
    [loinc, 'nothing', undefined],
    ['http://elsewhere', '59261-8', undefined],
  ])('for a result %s %s is %s', (system, code, entry) => {
    expect(plainResult([{ system, code }])).toBe(entry)
  })

  test('says what a medicine is often for, by what is in it, and never by part of a word', () => {
    expect(medicineUse('Furosemide 40 mg tablets')).toBe('water-tablet')
    expect(medicineUse('Alendronic acid 70 mg')).toBe('thin-bones')
    expect(medicineUse('constructor')).toBeUndefined()
    expect(medicineUse('Morphinex')).toBeUndefined()
  })
})

const none: RecordSources = {
  ...{ conditions: [], medicines: [], allergies: [], encounters: [], immunisations: [] },
  ...{ observations: [], limits: [], goals: [] },
}
const subject = { reference: 'Patient/g' }
const hba1c = (id: string, value: number, on: string): Observation => ({
  ...{ id, subject, effectiveDateTime: on },
  resourceType: 'Observation',
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { coding: [{ system: loinc, code: '59261-8', display: 'HbA1c' }] },
  valueQuantity: { value, unit: 'mmol/mol' },
})

describe('The record in plain words', () => {
  test('shows the latest of each test with the one before, and what the plan says', () => {
    const goal = {
      ...{ resourceType: 'Goal', id: 'g', lifecycleStatus: 'active', subject },
      description: { text: 'Keep my sight' },
      target: [
        {
          measure: { coding: [{ system: loinc, code: '59261-8' }] },
          detailQuantity: { value: 60, comparator: '<', unit: 'mmol/mol' },
        },
      ],
    } as const
    const { results } = personRecord(
      {
        ...none,
        observations: [
          hba1c('a', 62, '2025-11-01'),
          hba1c('b', 58, '2026-02-01'),
          { ...hba1c('c', 12, '2026-02-20'), status: 'entered-in-error' },
        ],
        goals: [goal] as never,
      },
      'Europe/London',
    )
    expect(results).toEqual([
      {
        ...{ id: 'Observation/b', coded: 'HbA1c', value: '58 mmol/mol', at: '2026-02-01' },
        plain: 'long-blood-sugar',
        before: { value: '62 mmol/mol', at: '2025-11-01' },
        agreed: { high: 60, unit: 'mmol/mol' },
      },
    ])
  })

  test('keeps the coded word of an unknown code, and leaves out what was an error or a need', () => {
    const condition = (id: string, more: object) =>
      ({ resourceType: 'Condition', id, subject, code: { text: id }, ...more }) as never
    const found = personRecord(
      {
        ...none,
        conditions: [
          condition('Rare thing', {}),
          condition('error', {
            verificationStatus: { coding: [{ code: 'entered-in-error' }] },
          }),
          condition('need', { category: [{ coding: [{ code: 'health-concern' }] }] }),
          condition('Old', { abatementDateTime: '2020' }),
        ],
        medicines: [
          {
            ...{ resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order' },
            ...{ subject, medicationCodeableConcept: { text: 'Bisoprolol 2.5 mg' } },
            reasonCode: [{ coding: [{ system: snomed, code: '49436004' }], text: 'AF' }],
          },
        ],
      },
      'Europe/London',
    )
    expect(found.conditions.map(({ coded, plain, isOver }) => [coded, plain, isOver])).toEqual([
      ['Rare thing', undefined, false],
      ['Old', undefined, true],
    ])
    expect(found.medicines[0]?.why).toEqual({
      words: 'AF',
      plain: 'uneven-heartbeat',
      isFromRecord: true,
    })
  })
})
