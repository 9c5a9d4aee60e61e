import type {
  Condition,
  DiagnosticReport,
  DocumentReference,
  Encounter,
  Immunization,
  MedicationRequest,
  Observation,
  Procedure,
} from '@medplum/fhirtypes'
import type { Random } from '#demo-data/random.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import {
  at,
  concept,
  gableCodes,
  icd10System,
  loinc,
  snomed,
  to,
  ucum,
} from '#demo-data/vocabulary/codes.ts'
import { diastolic, type ReadingKind, systolic } from './readings.ts'

const hl7 = 'http://terminology.hl7.org/CodeSystem'

export type Maker = Readonly<{
  person: string
  random: Random
  /** the next id of a kind: one letter for each type */
  next: (letter: string) => string
}>

export function makerFor(person: string, random: Random): Maker {
  const counts = new Map<string, number>()
  return {
    person,
    random,
    next(letter) {
      const count = (counts.get(letter) ?? 0) + 1
      counts.set(letter, count)
      return `${person}-${letter}${count}`
    },
  }
}

const two = (value: number) => String(value).padStart(2, '0')

/** A time of a working day, from nine to five. */
export const workingTime = ({ random }: Maker): string =>
  `${two(random.between(9, 16))}:${two(random.between(0, 11) * 5)}`

type AtContact = Readonly<{ when: string; encounter?: string }>

const of = ({ person }: Maker) => ({ subject: to('Patient', person) })
const during = ({ encounter }: AtContact) =>
  encounter ? { encounter: to('Encounter', encounter) } : {}

export function appointment(maker: Maker, day: string, reason: string): Encounter & SeedRecord {
  const hour = two(maker.random.between(9, 16))
  return {
    resourceType: 'Encounter',
    id: maker.next('e'),
    status: 'finished',
    class: { system: `${hl7}/v3-ActCode`, code: 'AMB', display: 'ambulatory' },
    ...of(maker),
    period: { start: at(day, `${hour}:00`), end: at(day, `${hour}:15`) },
    reasonCode: [{ text: reason }],
    serviceProvider: to('Organization', 'brook-surgery', 'Brook Surgery'),
  }
}

/** An emergency stay of an earlier year, with the diagnosis of its end. */
export function earlierStay(
  maker: Maker,
  {
    from,
    until,
    reason,
  }: Readonly<{ from: string; until: string; reason: readonly [string, string] }>,
): Encounter & SeedRecord {
  const [code, words] = reason
  return {
    resourceType: 'Encounter',
    id: maker.next('h'),
    status: 'finished',
    class: { system: `${hl7}/v3-ActCode`, code: 'IMP', display: 'inpatient encounter' },
    priority: concept(gableCodes, 'emergency', 'Emergency'),
    ...of(maker),
    period: { start: at(from, '16:40'), end: at(until, '13:05') },
    reasonCode: [concept(icd10System, code, words)],
    serviceProvider: to('Organization', 'st-annes-hospital', 'St Anne’s Hospital'),
  }
}

const drawnValue = ({ random }: Maker, { low, high, decimals }: ReadingKind): number =>
  decimals === 0 ? random.between(low, high) : random.between(low * 10, high * 10) / 10

const quantity = (maker: Maker, kind: ReadingKind) => ({
  value: drawnValue(maker, kind),
  unit: kind.unit,
  system: ucum,
  code: kind.unit,
})

export function reading(
  maker: Maker,
  kind: ReadingKind,
  contact: AtContact,
  category: 'laboratory' | 'vital-signs' = 'vital-signs',
): Observation & SeedRecord {
  return {
    resourceType: 'Observation',
    id: maker.next('o'),
    status: 'final',
    category: [{ coding: [{ system: `${hl7}/observation-category`, code: category }] }],
    code: concept(loinc, kind.loinc, kind.display),
    ...of(maker),
    ...during(contact),
    effectiveDateTime: contact.when,
    valueQuantity: quantity(maker, kind),
  }
}

export function bloodPressure(maker: Maker, contact: AtContact): Observation & SeedRecord {
  return {
    resourceType: 'Observation',
    id: maker.next('o'),
    status: 'final',
    category: [{ coding: [{ system: `${hl7}/observation-category`, code: 'vital-signs' }] }],
    code: concept(loinc, '85354-9', 'Blood pressure'),
    ...of(maker),
    ...during(contact),
    effectiveDateTime: contact.when,
    component: [systolic, diastolic].map((kind) => ({
      code: concept(loinc, kind.loinc, kind.display),
      valueQuantity: quantity(maker, kind),
    })),
  }
}

export function laboratoryReport(
  maker: Maker,
  display: string,
  { when, results }: Readonly<{ when: string; results: readonly string[] }>,
): DiagnosticReport & SeedRecord {
  return {
    resourceType: 'DiagnosticReport',
    id: maker.next('d'),
    status: 'final',
    category: [{ coding: [{ system: `${hl7}/v2-0074`, code: 'LAB' }] }],
    code: { text: display },
    ...of(maker),
    effectiveDateTime: when,
    issued: when,
    result: results.map((id) => to('Observation', id)),
  }
}

/** One issue of a medicine that has ended since: what is taken now stands beside these. */
export const issue = (
  maker: Maker,
  medicine: string,
  day: string,
): MedicationRequest & SeedRecord => ({
  resourceType: 'MedicationRequest',
  id: maker.next('i'),
  status: 'completed',
  intent: 'order',
  medicationCodeableConcept: { text: medicine },
  ...of(maker),
  authoredOn: day,
  dispenseRequest: { quantity: { value: 28, unit: 'unit dose' } },
})

export const passingIllness = (
  maker: Maker,
  [code, icd10, display]: readonly [string, string, string],
  { from, until, encounter }: Readonly<{ from: string; until: string; encounter: string }>,
): Condition & SeedRecord => ({
  resourceType: 'Condition',
  id: maker.next('p'),
  clinicalStatus: { coding: [{ system: `${hl7}/condition-clinical`, code: 'resolved' }] },
  verificationStatus: { coding: [{ system: `${hl7}/condition-ver-status`, code: 'confirmed' }] },
  category: [{ coding: [{ system: `${hl7}/condition-category`, code: 'encounter-diagnosis' }] }],
  code: {
    coding: [
      { system: snomed, code, display },
      { system: icd10System, code: icd10 },
    ],
    text: display,
  },
  ...of(maker),
  encounter: to('Encounter', encounter),
  onsetDateTime: from,
  abatementDateTime: until,
  recordedDate: from,
})

export const procedureDone = (
  maker: Maker,
  [code, display]: readonly [string, string],
  day: string,
): Procedure & SeedRecord => ({
  resourceType: 'Procedure',
  id: maker.next('q'),
  status: 'completed',
  code: concept(snomed, code, display),
  ...of(maker),
  performedDateTime: day,
})

export const vaccination = (
  maker: Maker,
  [code, display]: readonly [string, string],
  day: string,
): Immunization & SeedRecord => ({
  resourceType: 'Immunization',
  id: maker.next('w'),
  status: 'completed',
  vaccineCode: concept('http://hl7.org/fhir/sid/cvx', code, display),
  patient: to('Patient', maker.person),
  occurrenceDateTime: day,
})

export const letter = (
  maker: Maker,
  title: string,
  when: string,
): DocumentReference & SeedRecord => ({
  resourceType: 'DocumentReference',
  id: maker.next('l'),
  status: 'current',
  type: { text: title },
  ...of(maker),
  date: when,
  content: [{ attachment: { contentType: 'application/pdf', title } }],
})
