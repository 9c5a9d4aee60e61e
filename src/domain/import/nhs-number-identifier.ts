import type { Identifier, Patient } from '@medplum/fhirtypes'
import { nhsNumberSystem } from '#domain/fhir/codes.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'

/** The extension of HL7 UK Core that says whether an NHS number was checked against the national service. */
const statusUrl =
  'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus'
const statusSystem = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus'

/**
 * An NHS number as another system gave it. If its check digit is wrong it is kept and marked: official examples fail
 * their own check digit, so a typing mistake and a false number cannot be told apart here. Nobody is found by it.
 */
export function nhsNumberIdentifier(value: string): Identifier {
  const system = nhsNumberSystem
  if (isNhsNumber(value)) return { system, value }
  const coding = [{ system: statusSystem, code: 'number-present-but-not-traced' }]
  return { extension: [{ url: statusUrl, valueCodeableConcept: { coding } }], system, value }
}

/** The NHS numbers of a record whose check digit is wrong. */
export function unverifiedNumbers({ identifier = [] }: Patient, today: string): readonly string[] {
  return identifier
    .filter((each) => each.system === nhsNumberSystem && isCurrentIdentifier(each, today))
    .map(({ value = '' }) => value.replace(/[\s-]/g, ''))
    .filter((value) => value !== '' && !isNhsNumber(value))
}
