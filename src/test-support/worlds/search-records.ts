import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'

const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number'
const weight = { text: 'Body weight', coding: [{ system: 'http://loinc.org', code: '29463-7' }] }
const kilograms = (value: number) => ({
  value,
  unit: 'kilograms',
  system: 'http://unitsofmeasure.org',
  code: 'kg',
})
const about = (id: string) => ({ reference: `Patient/${id}` })

/** A few records that differ in what the kinds of search parameter look at. */
export const searchWorldRecords: readonly ResourceWithId[] = [
  { resourceType: 'Organization', id: 'brook', name: 'Brook Surgery' },
  {
    resourceType: 'Patient',
    id: 'p1',
    meta: { tag: [{ code: 'test' }], profile: ['https://example.org/person'] },
    active: true,
    identifier: [{ system: nhsNumber, value: '9990000018' }],
    name: [{ family: 'Okafor', given: ['Grace', 'Ada'] }],
    telecom: [{ system: 'phone', value: '0113' }],
    gender: 'female',
    birthDate: '1980-02-01',
    address: [{ city: 'Leeds' }],
    deceasedBoolean: false,
    generalPractitioner: [{ reference: 'Organization/brook' }],
  },
  {
    resourceType: 'Patient',
    id: 'p2',
    identifier: [{ system: nhsNumber, value: '9990000026' }],
    name: [{ family: 'Fonseca', given: ['Agustín'] }],
    gender: 'male',
    birthDate: '1980-02-29',
    deceasedBoolean: true,
    generalPractitioner: [{ identifier: { system: 'https://ods', value: 'Z1' } }],
  },
  {
    resourceType: 'Patient',
    id: 'p3',
    name: [{ text: 'José Pérez' }],
    gender: 'male',
    birthDate: '1980-03-01',
    address: [{ city: 'Leeds', postalCode: 'LS1 1AA' }],
    deceasedDateTime: '2020-01-01',
    managingOrganization: { reference: 'Organization/brook' },
  },
  { resourceType: 'Patient', id: 'p4' },
  {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    code: weight,
    subject: about('p1'),
    effectiveDateTime: '2026-01-10T08:00:00Z',
    valueQuantity: kilograms(72.4),
  },
  {
    resourceType: 'Observation',
    id: 'o2',
    status: 'final',
    code: weight,
    subject: about('p1'),
    effectiveDateTime: '2026-02-10',
    valueQuantity: kilograms(80),
  },
  {
    resourceType: 'Observation',
    id: 'o3',
    status: 'final',
    code: { coding: [{ code: '85354-9', display: 'Blood pressure' }] },
    subject: about('p2'),
    effectiveDateTime: '2026-02-20',
    component: [
      {
        code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] },
        valueQuantity: { value: 140 },
      },
    ],
  },
  {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { code: 'IMP' },
    subject: about('p1'),
    period: { start: '2026-01-10', end: '2026-01-20' },
  },
  {
    resourceType: 'Encounter',
    id: 'e2',
    status: 'in-progress',
    class: { code: 'IMP' },
    subject: about('p2'),
    period: { start: '2026-01-12' },
  },
  {
    resourceType: 'RiskAssessment',
    id: 'r1',
    status: 'final',
    subject: about('p1'),
    prediction: [{ probabilityDecimal: 0.7 }],
  },
  { resourceType: 'ValueSet', id: 'v1', status: 'active', url: 'https://example.org/vs/a' },
  { resourceType: 'ValueSet', id: 'v2', status: 'active', url: 'https://example.org/vs/b' },
  {
    resourceType: 'Provenance',
    id: 'pr1',
    recorded: '2026-01-10T08:00:00Z',
    target: [{ reference: 'Observation/o1/_history/1' }],
    agent: [{ who: { display: 'Amina' } }],
  },
]
