import { conditionCodeOf } from './condition-codes.ts'
import { type RecordedCondition, type WhyNotUsed, whyOut } from './risk-record.ts'
import type { Score, UsedRecord } from './score.ts'

/** Groups of one score that a code of a condition stands for. */
export type GroupsOf<Group extends string> = (
  code: RecordedCondition['codes'][number],
) => readonly Group[]

export type Sorted<Group extends string> = Readonly<{
  used: ReadonlyMap<Group, readonly UsedRecord[]>
  notUsed: Score['notUsed']
  /** conditions that stand and carry a code */
  coded: number
}>

type Rules<Group extends string> = Readonly<{
  day: string
  groupsOf: GroupsOf<Group>
  /** groups that count even when the record says that it is over: an infarction once had, a stroke, a broken hip */
  everHad: readonly Group[]
}>

/** Sorts a record's conditions into the groups of a score, and keeps the reason for each that counts nowhere. */
export function sortConditions<Group extends string>(
  conditions: readonly RecordedCondition[],
  rules: Rules<Group>,
): Sorted<Group> {
  const used = new Map<Group, UsedRecord[]>()
  const notUsed: { ref: string; words: string; why: WhyNotUsed }[] = []
  for (const condition of conditions) {
    const groups = countedGroups(condition, rules)
    if (typeof groups === 'string')
      notUsed.push({ ref: condition.ref, words: condition.words, why: groups })
    else
      for (const group of groups)
        used.set(group, [...(used.get(group) ?? []), usedRecord(condition)])
  }
  const coded = conditions.filter(
    (each) => each.codes.length > 0 && !whyOut(each, rules.day),
  ).length
  return { used, notUsed, coded }
}

function countedGroups<Group extends string>(
  condition: RecordedCondition,
  { day, groupsOf, everHad }: Rules<Group>,
): readonly Group[] | WhyNotUsed {
  const out = whyOut(condition, day)
  if (out && out !== 'resolved') return out
  if (condition.codes.length === 0) return 'no-code'
  const groups = [...new Set(condition.codes.flatMap((code) => groupsOf(code)))]
  if (groups.length === 0) return 'not-in-score'
  const standing = out ? groups.filter((group) => everHad.includes(group)) : groups
  return standing.length > 0 ? standing : 'resolved'
}

function usedRecord(condition: RecordedCondition): UsedRecord {
  const { ref, words, date } = condition
  const code = condition.codes.map((each) => each.code).join(', ')
  return { ref, words, code, ...(date ? { date } : {}) }
}

/** Our mapping's row for a code, when it is a SNOMED CT concept that we know. */
export function mapped(code: RecordedCondition['codes'][number]) {
  return code.system === 'snomed' ? conditionCodeOf(code.code) : undefined
}
