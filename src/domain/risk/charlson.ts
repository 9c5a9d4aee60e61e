import { ageOn } from '#domain/calendar/age.ts'
import { dayWritten, reckonedDay } from '#domain/calendar/days.ts'
import { snomedSystem } from '#domain/fhir/codes.ts'
import { type CharlsonGroup, charlsonGroups, groupsOfIcd10, overrules } from './charlson-groups.ts'
import { conditionCode } from './condition-codes.ts'
import {
  type CodedCondition,
  type Evidence,
  inputOf,
  isIcd10,
  type ScoreInput,
} from './evidence.ts'

export type CharlsonPart = Readonly<{
  group: CharlsonGroup
  /** 0 if a more severe form of the same disease counts instead */
  points: number
  inputs: readonly ScoreInput[]
  overruledBy?: CharlsonGroup
}>

export type CharlsonScore = Readonly<{
  /** comorbidity and age together; comorbidity alone if there is no birth date */
  score: number
  comorbidity: number
  age?: number
  /** absent without a birth date */
  agePoints?: number
  parts: readonly CharlsonPart[]
}>

/**
 * Charlson index with age on a day. Weights of Charlson 1987 (J Chronic Dis 40:373), ICD-10 groups of Quan 2005 (Med Care
 * 43:1130), age after Charlson 1994 (J Clin Epidemiol 47:1245); SNOMED CT through our own mapping.
 */
export function charlsonScore(evidence: Evidence, day: string): CharlsonScore {
  const found = inputsByGroup(evidence.conditions)
  const parts = [...found].map(([group, inputs]) => partOf(group, inputs, found))
  const comorbidity = parts.reduce((sum, part) => sum + part.points, 0)
  const age = ageOn(evidence.birthDate, day)
  if (age === undefined) return { score: comorbidity, comorbidity, parts }
  const agePoints = charlsonAgePoints(age)
  return { score: comorbidity + agePoints, comorbidity, age, agePoints, parts }
}

/** One point for each decade from 50 on, four at most. */
export function charlsonAgePoints(age: number): number {
  return Math.min(4, Math.max(0, Math.floor((age - 40) / 10)))
}

/** The birthdays on which the age points rise, as days; none without a birth date. */
export function charlsonAgeDays(birthDate: string | undefined): readonly string[] {
  if (!birthDate || !/^\d{4}/.test(birthDate)) return []
  const [year = 0, month = 1, date = 1] = dayWritten(birthDate).split('-').map(Number)
  // someone born on a leap day is a year older on 1 March of a common year
  return [50, 60, 70, 80].map((age) => reckonedDay(Date.UTC(year + age, month - 1, date)))
}

type Found = ReadonlyMap<CharlsonGroup, readonly ScoreInput[]>

function inputsByGroup(conditions: readonly CodedCondition[]): Found {
  const found = new Map<CharlsonGroup, ScoreInput[]>()
  for (const condition of conditions.filter((each) => !each.left))
    for (const [group, code] of groupsOf(condition))
      found.set(group, [...(found.get(group) ?? []), inputOf(condition, code)])
  return found
}

/** The groups of a condition, each with the first of its codes that gives it. */
function groupsOf(condition: CodedCondition): ReadonlyMap<CharlsonGroup, string> {
  const groups = new Map<CharlsonGroup, string>()
  for (const { system, code } of condition.codings)
    for (const group of groupsOfCode(system, code)) if (!groups.has(group)) groups.set(group, code)
  return groups
}

function groupsOfCode(system: string, code: string): readonly CharlsonGroup[] {
  if (isIcd10(system)) return groupsOfIcd10(code)
  const group = system === snomedSystem ? conditionCode(code)?.charlson : undefined
  return group ? [group] : []
}

function partOf(group: CharlsonGroup, inputs: readonly ScoreInput[], found: Found): CharlsonPart {
  const stronger = overrules.find(([strong, weak]) => weak === group && found.has(strong))?.[0]
  if (stronger) return { group, points: 0, inputs, overruledBy: stronger }
  return { group, points: charlsonGroups[group].points, inputs }
}
