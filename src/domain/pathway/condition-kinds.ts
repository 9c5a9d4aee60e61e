import { snomedSystem } from '#domain/fhir/codes.ts'
import { conditionCode } from '#domain/risk/condition-codes.ts'
import type { Deficit } from '#domain/risk/deficits.ts'
import { deficitsOfIcd10 } from '#domain/risk/deficits-icd10.ts'
import { type CodedCondition, isIcd10 } from '#domain/risk/evidence.ts'
import { palliative } from '#domain/stratification/segments.ts'

type Codes = Readonly<{
  deficit?: Deficit
  snomed?: readonly string[] | undefined
  /** as prefixes, without a dot */
  icd10?: readonly string[] | undefined
}>

const kinds = {
  falls: { deficit: 'falls' },
  'heart-failure': { deficit: 'heart-failure' },
  copd: { snomed: ['13645005', '185086009', '87433001'], icd10: ['J41', 'J42', 'J43', 'J44'] },
  diabetes: { deficit: 'diabetes' },
  dementia: {
    snomed: ['52448006', '26929004', '230265002'],
    icd10: ['F00', 'F01', 'F02', 'F03', 'G30'],
  },
  frailty: { snomed: ['248279007'], icd10: ['R54'] },
  'end-of-life': { snomed: palliative.snomed, icd10: palliative.icd10 },
  kidneys: { deficit: 'ckd' },
} as const satisfies Readonly<Record<string, Codes>>

/**
 * Which codes of a record mean which condition, for the cards. The kidneys, falls, the heart and diabetes are those of the
 * frailty index; the others are our own short lists, which no clinical coder has checked.
 * @unverified care-card
 */
export type ConditionKind = keyof typeof kinds

/** Whether a condition that is current is of this kind. */
export function isConditionOf(kind: ConditionKind, condition: CodedCondition): boolean {
  if (condition.left) return false
  const codes: Codes = kinds[kind]
  return condition.codings.some(({ system, code }) =>
    isIcd10(system) ? isIcd10Of(codes, code) : system === snomedSystem && isSnomedOf(codes, code),
  )
}

const isSnomedOf = ({ deficit, snomed = [] }: Codes, code: string) =>
  snomed.includes(code) || (deficit !== undefined && conditionCode(code)?.deficit === deficit)

function isIcd10Of({ deficit, icd10 = [] }: Codes, code: string): boolean {
  const plain = code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  return (
    icd10.some((start) => plain.startsWith(start)) ||
    (deficit !== undefined && deficitsOfIcd10(code).includes(deficit))
  )
}
