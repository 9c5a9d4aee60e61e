import { conditionRow } from './condition-codes.ts'
import type { Deficit } from './deficits.ts'
import {
  type CodedCondition,
  type CurrentMedicine,
  type Evidence,
  inputOf,
  type ScoreInput,
  snomedSystem,
} from './evidence.ts'

export const frailtyBands = ['fit', 'mild', 'moderate', 'severe'] as const

export type FrailtyBand = (typeof frailtyBands)[number]

export type FrailtyScore = Readonly<{
  /** deficits found, of 36 */
  count: number
  band: FrailtyBand
  parts: readonly Readonly<{ deficit: Deficit; inputs: readonly ScoreInput[] }>[]
}>

/** Current medicines from which on their number is a deficit (Clegg 2016). */
const polypharmacyFrom = 5

/** Counts the 36 deficits of the electronic Frailty Index (Clegg 2016) by our own mapping: not the certified eFI. */
export function frailtyScore(evidence: Evidence): FrailtyScore {
  const found = new Map<Deficit, ScoreInput[]>()
  for (const condition of evidence.conditions.filter((each) => !each.left))
    for (const [deficit, code] of deficitsOf(condition))
      found.set(deficit, [...(found.get(deficit) ?? []), inputOf(condition, code)])
  if (evidence.medicines.length >= polypharmacyFrom)
    found.set('polypharmacy', evidence.medicines.map(medicineInput))
  return {
    count: found.size,
    band: frailtyBand(found.size),
    parts: [...found].map(([deficit, inputs]) => ({ deficit, inputs })),
  }
}

/** Bands of the published index (up to 0.12, 0.24, 0.36, above) as counts of 36. */
export function frailtyBand(count: number): FrailtyBand {
  if (count <= 4) return 'fit'
  if (count <= 8) return 'mild'
  return count <= 12 ? 'moderate' : 'severe'
}

function deficitsOf(condition: CodedCondition): ReadonlyMap<Deficit, string> {
  const deficits = new Map<Deficit, string>()
  for (const { system, code } of condition.codings) {
    const deficit = system === snomedSystem ? conditionRow(code)?.deficit : undefined
    if (deficit && !deficits.has(deficit)) deficits.set(deficit, code)
  }
  return deficits
}

function medicineInput({ record, name, date }: CurrentMedicine): ScoreInput {
  return { record, code: '', display: name, ...(date ? { date } : {}) }
}
