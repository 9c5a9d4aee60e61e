import type { CodeableConcept, Reference, ResourceType } from '@medplum/fhirtypes'

export const gableCodes = 'https://gable.example/codes'
export const gableFhir = 'https://gable.example/fhir'
export const snomed = 'http://snomed.info/sct'
export const icd10System = 'http://hl7.org/fhir/sid/icd-10'
export const loinc = 'http://loinc.org'
export const ucum = 'http://unitsofmeasure.org'

export function concept(system: string, code: string, text: string): CodeableConcept {
  return { coding: [{ system, code, display: text }], text }
}

/** A reference that fits wherever the type of record is allowed. */
export type Pointer = Reference<never> & { reference: string }

export function to(type: ResourceType, id: string, display?: string): Pointer {
  return { reference: `${type}/${id}`, ...(display ? { display } : {}) }
}

/** An instant on a day, in UTC: seeds say hours so that a timeline has an order within the day. */
export function at(day: string, time = '10:00'): string {
  return `${day}T${time}:00Z`
}
