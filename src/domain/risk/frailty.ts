import { snomedSystem } from '#domain/fhir/codes.ts'
import { groupsOfIcd10 } from './charlson-groups.ts'
import { conditionCode } from './condition-codes.ts'
import type { Deficit } from './deficits.ts'
import { deficitsOfIcd10 } from './deficits-icd10.ts'
import {
  type CodedCondition,
  type CurrentMedicine,
  type Evidence,
  inputOf,
  isIcd10,
  type ScoreInput,
} from './evidence.ts'

/** `unclear`: too many codes could not be read to say that the person is fit. @unverified frailty-codes */
export const frailtyBands = ['fit', 'mild', 'moderate', 'severe', 'unclear'] as const

export type FrailtyBand = (typeof frailtyBands)[number]

export type FrailtyScore = Readonly<{
  /** deficits found, of 36: with codes that could not be read, the lowest possible count */
  count: number
  band: FrailtyBand
  /** conditions whose codes we cannot read: each may be a deficit that was not counted */
  unread: number
  parts: readonly Readonly<{ deficit: Deficit; inputs: readonly ScoreInput[] }>[]
}>

/** The number of current medicines that is a deficit (Clegg 2016). */
const polypharmacyFrom = 5

/** Counts the 36 deficits of the electronic Frailty Index (Clegg 2016) by our own mapping: not the certified eFI. */
export function frailtyScore(evidence: Evidence): FrailtyScore {
  const found = new Map<Deficit, ScoreInput[]>()
  for (const condition of evidence.conditions.filter((each) => !each.left))
    for (const [deficit, code] of deficitsOf(condition))
      found.set(deficit, [...(found.get(deficit) ?? []), inputOf(condition, code)])
  if (evidence.medicines.length >= polypharmacyFrom)
    found.set('polypharmacy', evidence.medicines.map(medicineInput))
  const count = found.size
  const unread = evidence.conditions.filter((each) => !each.left && !isRead(each)).length
  // never "fit" because of unreadable codes: only if all of them together could not change it
  const isOpen = frailtyBand(count) === 'fit' && frailtyBand(count + unread) !== 'fit'
  return {
    ...{ count, unread },
    band: isOpen ? 'unclear' : frailtyBand(count),
    parts: [...found].map(([deficit, inputs]) => ({ deficit, inputs })),
  }
}

/** Whether one of its codes is known to us, including codes without a deficit. */
export function isRead(condition: CodedCondition): boolean {
  return condition.codings.some(
    ({ system, code }) =>
      (system === snomedSystem && conditionCode(code) !== undefined) ||
      (isIcd10(system) && (groupsOfIcd10(code).length > 0 || deficitsOfIcd10(code).length > 0)),
  )
}

/** Bands of the published index (up to 0.12, 0.24, 0.36, above) as counts of 36. */
export function frailtyBand(count: number): FrailtyBand {
  if (count <= 4) return 'fit'
  if (count <= 8) return 'mild'
  return count <= 12 ? 'moderate' : 'severe'
}

function deficitsOf(condition: CodedCondition): ReadonlyMap<Deficit, string> {
  const deficits = new Map<Deficit, string>()
  for (const { system, code } of condition.codings)
    for (const deficit of deficitsOfCode(system, code))
      if (!deficits.has(deficit)) deficits.set(deficit, code)
  return deficits
}

/** The deficits that a code shows, by our own mapping of SNOMED CT or of ICD-10. */
function deficitsOfCode(system: string, code: string): readonly Deficit[] {
  if (isIcd10(system)) return deficitsOfIcd10(code)
  const deficit = system === snomedSystem ? conditionCode(code)?.deficit : undefined
  return deficit ? [deficit] : []
}

function medicineInput({ record, name, date }: CurrentMedicine): ScoreInput {
  return { record, code: '', display: name, ...(date ? { date } : {}) }
}
