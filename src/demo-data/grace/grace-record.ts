import type {
  AllergyIntolerance,
  Appointment,
  Condition,
  Encounter,
  Observation,
  Patient,
  Procedure,
  RelatedPerson,
} from '@medplum/fhirtypes'
import { chidiId, graceId } from '#demo-data/identities.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import {
  at,
  concept,
  gableCodes,
  gableFhir,
  loinc,
  snomed,
  to,
  ucum,
} from '#demo-data/vocabulary/codes.ts'
import { contactToFhir } from '#domain/contact/fhir.ts'
import { amina, grace } from './grace-people.ts'

export const gracePerson: Patient & { id: string } = {
  resourceType: 'Patient',
  id: graceId,
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991001018' }],
  active: true,
  name: [{ use: 'official', family: 'Okafor', given: ['Grace'], prefix: ['Mrs'] }],
  gender: 'female',
  birthDate: '1934-01-04',
  telecom: [{ system: 'phone', value: '01632 960111' }],
  address: [{ line: ['4 Mill Lane'], city: 'Brook', postalCode: 'ZZ2 1AA' }],
  communication: [
    { language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'ig' }], text: 'Igbo' } },
  ],
  generalPractitioner: [to('Organization', 'brook-surgery', 'Brook Surgery')],
  extension: [
    {
      url: `${gableFhir}/communication-needs`,
      valueString: 'Large print; speak to her left side; Igbo interpreter',
    },
  ],
}

export const graceCarer: RelatedPerson & { id: string } = {
  resourceType: 'RelatedPerson',
  id: chidiId,
  active: true,
  patient: grace,
  relationship: [
    concept('http://terminology.hl7.org/CodeSystem/v3-RoleCode', 'SON', 'Son and carer'),
  ],
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991002014' }],
  name: [{ family: 'Okafor', given: ['Chidi'] }],
  telecom: [{ system: 'phone', value: '01632 960112' }],
  extension: [
    { url: `${gableFhir}/carer-does`, valueString: 'Comes every evening: supper and tablets' },
    { url: `${gableFhir}/carer-does`, valueString: 'Sleeps there four nights a week' },
    { url: `${gableFhir}/carer-does`, valueString: 'Shopping, letters and the telephone' },
    { url: `${gableFhir}/lives-with`, valueBoolean: false },
  ],
}

const problems: readonly (readonly [code: string, text: string, years: number])[] = [
  ['84114007', 'Heart failure', 5],
  ['49436004', 'Atrial fibrillation', 6],
  ['59621000', 'Essential hypertension', 22],
  ['433144002', 'Chronic kidney disease stage 3', 4],
  ['396275006', 'Osteoarthritis', 15],
  ['15188001', 'Hearing loss', 9],
  ['161898004', 'Falls', 1],
  ['397540003', 'Visual impairment', 3],
]

const medicines = [
  'Bisoprolol 2.5 mg tablets',
  'Furosemide 40 mg tablets',
  'Apixaban 2.5 mg tablets',
  'Ramipril 2.5 mg capsules',
  'Paracetamol 500 mg tablets',
  'Atorvastatin 20 mg tablets',
]

/** The records of the practice and the hospital about Grace. */
export function* graceClinicalRecord(day: (count: number) => string): Generator<SeedRecord> {
  for (const [index, [code, text, years]] of problems.entries()) {
    yield {
      resourceType: 'Condition',
      id: `${graceId}-c${index}`,
      clinicalStatus: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
        ],
      },
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/condition-category',
              code: 'problem-list-item',
            },
          ],
        },
      ],
      code: concept(snomed, code, text),
      subject: grace,
      onsetDateTime: day(-365 * years),
      recordedDate: day(-365 * years),
    } satisfies Condition
  }
  for (const [index, text] of medicines.entries()) {
    yield {
      resourceType: 'MedicationRequest',
      id: `${graceId}-m${index}`,
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text },
      subject: grace,
      authoredOn: day(-30),
    }
  }
  yield {
    resourceType: 'AllergyIntolerance',
    id: `${graceId}-a`,
    clinicalStatus: {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
          code: 'active',
        },
      ],
    },
    code: concept(snomed, '764146007', 'Penicillin'),
    patient: grace,
    reaction: [{ manifestation: [{ text: 'rash' }] }],
  } satisfies AllergyIntolerance
  yield {
    resourceType: 'Encounter',
    id: `${graceId}-s0`,
    status: 'finished',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: 'IMP',
      display: 'inpatient encounter',
    },
    priority: concept(gableCodes, 'emergency', 'Emergency'),
    subject: grace,
    period: { start: at(day(-75), '21:10'), end: at(day(-68), '14:15') },
    reasonCode: [{ text: 'Heart failure' }],
    serviceProvider: to('Organization', 'st-annes-hospital', 'St Anne’s Hospital'),
  } satisfies Encounter
  yield* visitsSinceReview(day)
  yield contactToFhir({
    ...{ id: `${graceId}-call`, person: graceId, way: 'call', reached: true },
    words: 'Home since yesterday. Chidi is with her. The new tablets are there.',
    by: { reference: amina.reference, name: 'Amina Yusuf', voice: 'professional' },
    at: at(day(-67), '09:40'),
  })
  for (const [index, value] of [68.1, 68, 68.3, 68.2, 68.4].entries()) {
    yield {
      resourceType: 'Observation',
      id: `${graceId}-w${index}`,
      status: 'final',
      category: [
        {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/observation-category',
              code: 'vital-signs',
            },
          ],
        },
      ],
      code: {
        coding: [{ system: loinc, code: '29463-7', display: 'Body weight' }],
        text: 'Weight',
      },
      subject: grace,
      effectiveDateTime: at(day(-5 + index), '08:05'),
      performer: [grace],
      valueQuantity: { value, unit: 'kg', system: ucum, code: 'kg' },
    } satisfies Observation
  }
}

/** Seen by the practice nurse since the last review, with what came of it, and asked to come to the heart clinic. */
function* visitsSinceReview(day: (count: number) => string): Generator<SeedRecord> {
  const encounter = { reference: `Encounter/${graceId}-v1` }
  yield {
    resourceType: 'Encounter',
    id: `${graceId}-v1`,
    status: 'finished',
    class: {
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code: 'AMB',
      display: 'ambulatory',
    },
    type: [{ text: 'Practice nurse appointment' }],
    subject: grace,
    period: { start: at(day(-12), '10:20'), end: at(day(-12), '10:40') },
    reasonCode: [{ text: 'Check of weight and breathing' }],
    serviceProvider: to('Organization', 'brook-surgery', 'Brook Surgery'),
  } satisfies Encounter
  yield {
    resourceType: 'Procedure',
    id: `${graceId}-blood`,
    status: 'completed',
    code: { text: 'Blood test for the kidneys' },
    subject: grace,
    encounter,
    performedDateTime: at(day(-12), '10:30'),
  } satisfies Procedure
  yield {
    resourceType: 'Appointment',
    id: `${graceId}-clinic`,
    status: 'booked',
    serviceType: [{ text: 'Heart failure clinic' }],
    start: at(day(9), '11:15'),
    end: at(day(9), '11:45'),
    participant: [
      { actor: grace, status: 'accepted' },
      { actor: { display: 'St Anne’s Hospital' }, status: 'accepted' },
    ],
  } satisfies Appointment
}
