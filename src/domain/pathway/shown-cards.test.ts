import type { Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { library } from '#domain/assessment/instruments/library.ts'
import { type AnsweredForm, cardRecordOf } from './card-record.ts'
import { shippedCareCards } from './shipped/care-cards.ts'
import { shownCards } from './shown-cards.ts'

const today = '2026-03-02'
const has = (code: string, system = 'http://snomed.info/sct'): Resource => ({
  ...{ resourceType: 'Condition', id: `c-${code}`, subject: {}, recordedDate: '2025-05-01' },
  code: { coding: [{ system, code }] },
})
const takes = (...names: readonly string[]): readonly Resource[] =>
  names.map((text, place) => ({
    ...{ resourceType: 'MedicationStatement', id: `m${place}`, status: 'active', subject: {} },
    medicationCodeableConcept: { text },
  }))
const measured = (code: string, value: number, unit: string, on = '2026-02-01'): Resource => ({
  ...{ resourceType: 'Observation', id: `o-${code}`, status: 'final' },
  code: { coding: [{ system: 'http://loinc.org', code }] },
  ...{ effectiveDateTime: on, valueQuantity: { value, unit } },
})
const fell = (at: string): AnsweredForm => ({
  ...{ id: 'q1', url: libraryUrl('falls-checklist'), at, answers: { fallen: [true] } },
})
const codesFor = (records: readonly Resource[], answered: readonly AnsweredForm[] = []) =>
  shownCards(shippedCareCards, cardRecordOf(records, answered, today)).map(({ card }) => card.code)

const icd10 = 'http://hl7.org/fhir/sid/icd-10'
const tenMedicines = takes(...Array.from({ length: 10 }, (_, place) => `Medicine ${place}`))
const kidneyTests = [measured('33914-3', 60, 'mL/min'), measured('2823-3', 4.4, 'mmol/L')]

test.each<readonly [string, readonly Resource[], readonly string[]]>([
  ['falls', [has('161898004')], ['falls']],
  ['heart failure in ICD-10', [has('I50.9', icd10)], ['heart-failure']],
  ['COPD, and not asthma', [has('13645005'), has('195967001')], ['copd']],
  ['COPD in ICD-10', [has('J44.1', icd10)], ['copd']],
  ['diabetes', [has('44054006')], ['diabetes']],
  ['dementia in ICD-10', [has('F01.9', icd10)], ['dementia']],
  ['frailty', [has('R54', icd10)], ['frailty']],
  ['palliative care', [has('103735009')], ['end-of-life']],
  ['ten medicines', tenMedicines, ['many-medicines']],
  ['nine medicines', tenMedicines.slice(1), []],
  ['ibuprofen and kidneys', [...takes('Ibuprofen 400mg'), has('433144002')], ['nsaid-kidneys']],
  ['ibuprofen alone', takes('IBUPROFEN 400mg'), []],
  [
    ...(['naproxen and the heart', [...takes('Naproxen'), has('84114007')]] as const),
    ['heart-failure', 'nsaid-heart'],
  ],
  ['apixaban and aspirin', takes('Apixaban 5 mg', 'Aspirin 75 mg'), ['bleeding']],
  ['apixaban alone', takes('Apixaban 5 mg'), []],
  ['ramipril without blood tests', takes('Ramipril 5 mg'), ['kidney-bloods']],
  ['ramipril with both tests', [...takes('Ramipril 5 mg'), ...kidneyTests], []],
  [
    'ramipril without potassium',
    [...takes('Ramipril 5 mg'), ...kidneyTests.slice(0, 1)],
    ['kidney-bloods'],
  ],
  ['two that dry and confuse', takes('Amitriptyline 10 mg', 'Solifenacin'), ['anticholinergic']],
  ['one that dries and confuses', takes('Solifenacin 5 mg'), []],
  [
    ...(['a sleeping tablet and falls', [...takes('Zopiclone'), has('161898004')]] as const),
    ['falls', 'sedative-falls'],
  ],
  [
    ...(['an antipsychotic in dementia', [...takes('Quetiapine'), has('52448006')]] as const),
    ['dementia', 'antipsychotic'],
  ],
  ['codeine without a laxative', takes('Co-codamol 30/500'), ['opioid-bowels']],
  ['codeine with senna', takes('Co-codamol 30/500', 'Senna 7.5 mg'), []],
  ['metformin, nothing measured', takes('Metformin'), ['metformin']],
  ['metformin, kidneys measured', [...takes('Metformin'), ...kidneyTests], []],
])('A record with %s', (_name, records, codes) => {
  expect(codesFor(records)).toEqual(codes)
})

test('Answers point to a card for a year, the newest ones alone', () => {
  expect(codesFor([], [fell('2025-06-01T10:00:00Z')])).toEqual(['falls'])
  expect(codesFor([], [fell('2024-06-01T10:00:00Z')])).toEqual([])
  const since = { ...fell('2026-01-01T10:00:00Z'), answers: { fallen: [false] } }
  expect(codesFor([], [fell('2025-06-01T10:00:00Z'), since])).toEqual([])
})

test('A medicine that was stopped, and a condition that is over, point nowhere', () => {
  const stopped = takes('Metformin').map((each) => ({ ...each, status: 'stopped' }) as Resource)
  const over = { ...has('84114007'), abatementDateTime: '2025-06-01' } as Resource
  expect(codesFor([...stopped, over])).toEqual([])
})

test.each(shippedCareCards)('The card $code has a source for each statement, and steps', (card) => {
  expect(card.lines.every(({ words, source }) => words && source)).toBe(true)
  expect(card.steps.length).toBeGreaterThan(0)
  const forms = new Set(library.map(({ url }) => url))
  const asked = [
    ...card.steps.flatMap(({ next }) => (next ? [next] : [])),
    ...card.needs.flatMap((need) => (need.on === 'asked' ? [need.form] : [])),
    ...card.shows.flat().flatMap((each) => (each.on === 'answers' ? [each.form] : [])),
  ]
  expect(asked.filter((form) => !forms.has(libraryUrl(form)))).toEqual([])
  if (card.kind === 'medicine') expect(card.lines[0]?.words).toContain('onsider reviewing')
})

test('There are seven pathways and ten prompts about medicines', () => {
  const of = (kind: string) => shippedCareCards.filter((card) => card.kind === kind).length
  expect([of('pathway'), of('medicine')]).toEqual([7, 10])
})
