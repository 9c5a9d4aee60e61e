import type { Condition } from '@medplum/fhirtypes'
import {
  conditionCategorySystem,
  gableCodeSystem,
  icd10Systems,
  snomedSystem,
} from '#domain/fhir/codes.ts'
import type { Coded } from './coded.ts'

/**
 * SNOMED CT concepts of how somebody lives, and of what they are at risk of: findings and situations, no disorders. Living
 * alone, with help or in a home; housing and company; falls, and getting about.
 */
const concepts: ReadonlySet<string> = new Set([
  ...['105529008', '160734000', '248171000000108', '224224003'],
  ...['160774006', '161083000', '184156005', '160689007'],
  ...['32911000', '105531004', '422650009', '423315002', '713458007', '706893006'],
  ...['161898004', '217082002', '1912002'],
  ...['8510008', '160693001', '160692006', '302046008', '282145008', '160683008', '21134002'],
])

/**
 * The first characters of ICD-10 codes: falls (R29.6, W00–W19), gait (R26), circumstances of life (chapter XXI: Z55–Z65), care
 * that somebody depends on (Z74).
 */
const starts: readonly string[] = [
  ...['R296', 'R26', 'W0', 'W1', 'Z55', 'Z56', 'Z57', 'Z58', 'Z59'],
  ...['Z60', 'Z61', 'Z62', 'Z63', 'Z64', 'Z65', 'Z74'],
]

/**
 * True for a record of how somebody lives or of a risk, by the kind of its codes: it is no illness, though the record keeps
 * both as conditions. One of its codes that is no circumstance makes it an illness, as a broken hip with its fall, unless
 * its source filed it as a social need. One that has neither is taken for an illness.
 */
export function isCircumstance({ code, category = [] }: Condition): boolean {
  const known = (code?.coding ?? []).filter(isKnownSystem)
  if (known.length > 0 && known.every(isOfCircumstances)) return true
  return category.some((each) => each.coding?.some(isCategory))
}

const isKnownSystem = ({ system = '' }: Coded) =>
  system === snomedSystem || icd10Systems.includes(system)

const isCategory = ({ system = '', code = '' }: Coded) =>
  // social determinant of health, a category of US Core; the other is our own
  (system === conditionCategorySystem && code === 'sdoh') ||
  (system === gableCodeSystem && code === 'need-social')

function isOfCircumstances({ system = '', code = '' }: Coded): boolean {
  if (system === snomedSystem) return concepts.has(code)
  const plain = code.replace('.', '').toUpperCase()
  return icd10Systems.includes(system) && starts.some((each) => plain.startsWith(each))
}
