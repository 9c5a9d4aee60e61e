import { ageOn } from '#domain/calendar/age.ts'
import { birthGap } from './charlson.ts'
import { type Deficit, deficits, deficitsOfIcd10, frailtyBandOf } from './deficits.ts'
import type { RecordedCondition, RecordedMedicine, RiskRecord } from './risk-record.ts'
import type { MissingInput, Score, ScorePart, UsedRecord } from './score.ts'
import { mapped, sortConditions } from './use-conditions.ts'

/** Five or more current medicines are a deficit (Clegg 2016). */
export const manyMedicines = 5

/**
 * A count of the 36 deficits of the electronic frailty index (Clegg 2016), from our own small mapping: not the certified
 * eFI. The published bands were made for people from 65 to 95; outside that range the count says so.
 */
export function frailtyScore(record: RiskRecord, day: string): Score {
  const { used, notUsed, coded } = sortConditions(
    record.conditions.filter((each) => !each.isNeed),
    { day, groupsOf, everHad: ['ischaemic-heart', 'cerebrovascular', 'fragility-fracture'] },
  )
  const medicines = distinctMedicines(record.medicines)
  const all = new Map<Deficit, readonly UsedRecord[]>(used)
  if (medicines.length >= manyMedicines) all.set('polypharmacy', medicines.map(usedMedicine))
  const parts: readonly ScorePart[] = deficits.flatMap((deficit) => {
    const records = all.get(deficit)
    return records ? [{ name: deficit, points: 1, records }] : []
  })
  const age = ageOn(record.birthDate, day)
  const missing: MissingInput[] = [
    ...birthGap(record.birthDate),
    ...(age !== undefined && (age < 65 || age > 95) ? (['age-range'] as const) : []),
    ...(coded === 0 ? (['coded-conditions'] as const) : []),
    ...(record.medicines.length === 0 ? (['medicines'] as const) : []),
  ]
  const total = parts.length
  return {
    method: 'frailty-count',
    version: '1',
    day,
    total,
    band: frailtyBandOf(total),
    ...(age === undefined ? {} : { age }),
    parts,
    missing,
    notUsed,
  }
}

function groupsOf(code: RecordedCondition['codes'][number]): readonly Deficit[] {
  if (code.system === 'icd10') return deficitsOfIcd10(code.code)
  const deficit = mapped(code)?.deficit
  return deficit ? [deficit] : []
}

/** One of each: the same medicine prescribed twice is one medicine. */
export function distinctMedicines(
  medicines: readonly RecordedMedicine[],
): readonly RecordedMedicine[] {
  return [...new Map(medicines.map((each) => [each.words.toLowerCase().trim(), each])).values()]
}

function usedMedicine({ ref, words, date }: RecordedMedicine): UsedRecord {
  return { ref, words, code: '', ...(date ? { date } : {}) }
}
