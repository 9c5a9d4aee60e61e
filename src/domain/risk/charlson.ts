import { ageOn } from '#domain/calendar/age.ts'
import {
  type CharlsonGroup,
  charlsonGroups,
  charlsonOfIcd10,
  charlsonWeights,
  outweighedBy,
} from './charlson-groups.ts'
import type { RecordedCondition, RiskRecord } from './risk-record.ts'
import type { MissingInput, Score, ScorePart, UsedRecord } from './score.ts'
import { mapped, sortConditions } from './use-conditions.ts'

/**
 * Charlson index with age. Weights: Charlson 1987; ICD-10 groups: Quan 2005, by prefix; age: one point for each decade
 * from 50, four at most (Charlson 1994;47:1245, J Clin Epidemiol). SNOMED CT through our own mapping.
 */
export function charlsonScore(record: RiskRecord, day: string): Score {
  const { used, notUsed, coded } = sortConditions(
    record.conditions.filter((each) => !each.isNeed),
    { day, groupsOf, everHad: ['mi', 'cevd'] },
  )
  const age = ageOn(record.birthDate, day)
  const parts = [...charlsonGroups.flatMap((group) => partOf(group, used)), ...agePart(age)]
  const missing: MissingInput[] = [
    ...birthGap(record.birthDate),
    ...(coded === 0 ? (['coded-conditions'] as const) : []),
  ]
  return {
    method: 'charlson-age',
    version: '1',
    day,
    total: parts.reduce((sum, part) => sum + part.points, 0),
    ...(age === undefined ? {} : { age }),
    parts,
    missing,
    notUsed,
  }
}

function groupsOf(code: RecordedCondition['codes'][number]): readonly CharlsonGroup[] {
  if (code.system === 'icd10') return charlsonOfIcd10(code.code)
  const group = mapped(code)?.charlson
  return group ? [group] : []
}

function partOf(
  group: CharlsonGroup,
  used: ReadonlyMap<CharlsonGroup, readonly UsedRecord[]>,
): readonly ScorePart[] {
  const records = used.get(group)
  if (!records) return []
  const graver = outweighedBy[group]
  if (graver && used.has(graver)) return [{ name: group, points: 0, outweighedBy: graver, records }]
  return [{ name: group, points: charlsonWeights[group], records }]
}

/** 0 below 50, then 1 a decade, 4 from 80 on. */
export function agePoints(age: number): number {
  return Math.min(4, Math.max(0, Math.floor((age - 40) / 10)))
}

function agePart(age: number | undefined): readonly ScorePart[] {
  return age === undefined ? [] : [{ name: 'age', points: agePoints(age), records: [] }]
}

/** What is not known of a birth date: all of it, or the day. */
export function birthGap(birthDate: string | undefined): readonly MissingInput[] {
  if (ageOn(birthDate, '2000-01-01') === undefined) return ['birth-date']
  return (birthDate?.length ?? 0) < 10 ? ['birth-day'] : []
}
