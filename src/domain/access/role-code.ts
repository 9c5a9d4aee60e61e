import type { CodeableConcept } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { Role } from './actor.ts'

/** System of the codes that give a member of staff rights here; only an administrator writes them. */

/** Roles that a PractitionerRole can give, in order of priority if somebody has several at one organisation. */
const given: readonly Role[] = [
  'nurse-case-manager',
  'gp',
  'social-worker',
  'pharmacist',
  'physiotherapist',
  'professional',
  'manager',
  'admin',
]

/** The role that the codes of a PractitionerRole give; undefined if none of them is ours. */
export function roleOfCode(concepts: readonly CodeableConcept[] | undefined): Role | undefined {
  const codes = (concepts ?? [])
    .flatMap((each) => each.coding ?? [])
    .filter((each) => each.system === gableCodeSystem)
    .map((each) => each.code)
  return given.find((role) => codes.includes(role))
}
