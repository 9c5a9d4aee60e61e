import type {
  Condition,
  Encounter,
  MedicationRequest,
  Observation,
  Patient,
  RelatedPerson,
} from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { icd10OfSnomed } from '#domain/risk/coded/icd10-of-snomed.ts'
import { yearsOfRecord } from './full/years-of-record.ts'
import type { Life } from './life.ts'
import type { SeedRecord } from './seed-record.ts'
import { at, concept, gableCodes, icd10System, snomed, to } from './vocabulary/codes.ts'
import type { PrevalenceRow } from './vocabulary/prevalence.ts'
import { codeOfReason } from './vocabulary/stay-reasons.ts'
import { staysOfYearBefore } from './year-before.ts'

const actCodes = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** `thin`: what lists and scores read. `full`: about a thousand records a person, as real records are. */
export type Density = 'thin' | 'full'

type Facts = Readonly<{ id: string; nhs: string; asOf: string; density: Density }>

/** The coded record of one fictional person: what a practice system would send. */
export function* personRecords(life: Life, facts: Facts): Generator<SeedRecord> {
  yield patientOf(life, facts)
  const subject = to('Patient', facts.id)
  for (const [index, condition] of life.conditions.entries()) {
    yield {
      resourceType: 'Condition',
      id: `${facts.id}-c${index}`,
      clinicalStatus: {
        coding: [
          { system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' },
        ],
      },
      verificationStatus: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
            code: 'confirmed',
          },
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
      code: codedAs(condition.row, facts.density),
      subject,
      onsetDateTime: condition.since,
      recordedDate: condition.since,
    } satisfies Condition
  }
  for (const [index, medicine] of life.medicines.entries()) {
    yield {
      resourceType: 'MedicationRequest',
      id: `${facts.id}-m${index}`,
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: medicine },
      subject,
      authoredOn: addDays(facts.asOf, -20 - index * 3),
    } satisfies MedicationRequest
  }
  yield* yearOfCare(life, facts)
  for (const [index, stay] of staysOfYearBefore(life, facts).entries())
    yield stayOf(stay, `${facts.id}-b${index}`, facts)
  if (life.carer) yield carerOf(life.carer, facts)
  if (facts.density === 'full') yield* yearsOfRecord(life, facts)
}

/** Full records say a condition in both codes, as practices that also code for hospitals do. */
function codedAs({ snomed: code, display }: PrevalenceRow, density: Density) {
  const said = concept(snomed, code, display)
  const icd10 = density === 'full' ? icd10OfSnomed.get(code) : undefined
  return icd10
    ? { ...said, coding: [...(said.coding ?? []), { system: icd10System, code: icd10 }] }
    : said
}

function patientOf(life: Life, facts: { id: string; nhs: string }): Patient & { id: string } {
  return {
    resourceType: 'Patient',
    id: facts.id,
    ...(facts.nhs.startsWith('999')
      ? { identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: facts.nhs }] }
      : {}),
    active: true,
    name: [
      {
        use: 'official',
        family: life.name.family,
        given: [life.name.given],
        // nobody calls a child Mrs
        ...(life.age < 16 ? {} : { prefix: [life.name.prefix] }),
      },
    ],
    gender: life.gender,
    birthDate: life.birthDate,
    telecom: [{ system: 'phone', value: landline(facts.nhs), use: 'home' }],
    address: [
      {
        postalCode: `ZZ${life.deprivation} ${(Number(facts.nhs.slice(-3)) % 9) + 1}AA`,
        city: 'Brook',
      },
    ],
    extension: [
      { url: 'https://gable.example/fhir/deprivation-fifth', valueInteger: life.deprivation },
      ...ethnicityOf(life, facts),
    ],
    ...(life.name.language === 'en'
      ? {}
      : {
          communication: [
            {
              language: { coding: [{ system: 'urn:ietf:bcp:47', code: life.name.language }] },
              preferred: true,
            },
          ],
        }),
    generalPractitioner: [to('Organization', 'brook-surgery', 'Brook Surgery')],
  }
}

/** One in twelve was never asked. */
function ethnicityOf({ name }: Life, { nhs }: { nhs: string }) {
  if (Number(nhs.slice(3, 8)) % 12 === 0) return []
  const [code, display] = name.ethnicity
  const system = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategory'
  const url = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-EthnicCategory'
  return [{ url, valueCodeableConcept: concept(system, code, display) }]
}

function stayOf(
  stay: Life['stays'][number],
  id: string,
  facts: Readonly<{ id: string }>,
): Encounter & { id: string } {
  const code = codeOfReason(stay.reason)
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: actCodes, code: 'IMP', display: 'inpatient encounter' },
    priority: concept(
      gableCodes,
      stay.emergency ? 'emergency' : 'planned',
      stay.emergency ? 'Emergency' : 'Planned',
    ),
    subject: to('Patient', facts.id),
    period: { start: at(stay.start, '15:20'), end: at(addDays(stay.start, stay.days), '14:15') },
    reasonCode: [
      stay.emergency && code
        ? concept(icd10System, code, stay.reason)
        : { text: 'Planned treatment' },
    ],
    serviceProvider: to('Organization', 'st-annes-hospital', 'St Anne’s Hospital'),
  }
}

function* yearOfCare(life: Life, facts: { id: string; asOf: string }): Generator<SeedRecord> {
  for (const [index, stay] of life.stays.entries())
    yield stayOf(stay, `${facts.id}-s${index}`, facts)
  yield contactOf(facts.id, `${facts.id}-v`, life.lastContact)
  yield {
    resourceType: 'Observation',
    id: `${facts.id}-cost`,
    status: 'final',
    code: concept(gableCodes, 'cost-12-months', 'Cost of care in the last 12 months (invented)'),
    subject: to('Patient', facts.id),
    effectiveDateTime: facts.asOf,
    valueQuantity: { value: life.cost, unit: 'GBP', system: 'urn:iso:std:iso:4217', code: 'GBP' },
  } satisfies Observation
}

/** A visit to the practice: the usual kind of contact. */
export function contactOf(person: string, id: string, day: string): Encounter & { id: string } {
  return {
    resourceType: 'Encounter',
    id,
    status: 'finished',
    class: { system: actCodes, code: 'AMB', display: 'ambulatory' },
    subject: to('Patient', person),
    period: { start: at(day), end: at(day, '10:15') },
    reasonCode: [{ text: 'Practice appointment' }],
    serviceProvider: to('Organization', 'brook-surgery', 'Brook Surgery'),
  }
}

function carerOf(
  name: { family: string; given: string },
  facts: { id: string; nhs: string },
): RelatedPerson & { id: string } {
  return {
    resourceType: 'RelatedPerson',
    id: `${facts.id}-r`,
    active: true,
    patient: to('Patient', facts.id),
    relationship: [
      concept(
        'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
        'FAMMEMB',
        'Family member and carer',
      ),
    ],
    name: [{ family: name.family, given: [name.given] }],
    telecom: [{ system: 'phone', value: mobile(facts.nhs), use: 'mobile' }],
  }
}

/** Numbers from the ranges that Ofcom reserves for drama: nobody answers them. */
const landline = (nhs: string) => `01632 960${nhs.slice(-4, -1)}`
const mobile = (nhs: string) => `07700 900${nhs.slice(-4, -1)}`
