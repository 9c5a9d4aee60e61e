/**
 * The code systems and naming systems of our records, each under one name. Nothing else in the product writes their
 * addresses; tests write them out, so that a mistake here is noticed.
 */
export const gableCodeSystem = 'https://gable.example/codes'
/** Extensions and definitions of our own. */
export const gableUrl = (name: string): string => `https://gable.example/fhir/${name}`

export const loincSystem = 'http://loinc.org'
export const snomedSystem = 'http://snomed.info/sct'
export const ucumSystem = 'http://unitsofmeasure.org'
export const icd10Systems: readonly string[] = [
  'http://hl7.org/fhir/sid/icd-10',
  'http://hl7.org/fhir/sid/icd-10-cm',
  'https://fhir.hl7.org.uk/Id/icd-10',
]

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'
/** Organisations of the NHS: practices, trusts. */
export const odsCodeSystem = 'https://fhir.nhs.uk/Id/ods-organization-code'
/** Staff of the NHS. */
export const sdsUserSystem = 'https://fhir.nhs.uk/Id/sds-user-id'

/** Code systems that HL7 publishes for FHIR. */
export const hl7CodeSystem = (name: string): string =>
  `http://terminology.hl7.org/CodeSystem/${name}`
export const conditionCategorySystem = 'http://hl7.org/fhir/us/core/CodeSystem/condition-category'
/** Extensions that HL7 publishes for FHIR. */
export const hl7Extension = (name: string): string =>
  `http://hl7.org/fhir/StructureDefinition/${name}`
