import { charlsonOfIcd10 } from './charlson-groups.ts'
import { type Deficit, deficits, deficitsOfIcd10 } from './deficits.ts'
import { type RecordedCondition, whyOut } from './risk-record.ts'
import { mapped } from './use-conditions.ts'

/** What a list of people can be narrowed by: the deficits, and three groups that are none. */
export type ConditionGroup = Deficit | 'cancer' | 'liver' | 'low-mood'

const cancers: readonly string[] = ['canc', 'metacanc']
const livers: readonly string[] = ['mld', 'msld']

/** The groups that a person's standing conditions fall into. */
export function conditionGroups(
  conditions: readonly RecordedCondition[],
  day: string,
): readonly ConditionGroup[] {
  const codes = conditions
    .filter((each) => !each.isNeed && !whyOut(each, day))
    .flatMap((each) => each.codes)
  return [...new Set(codes.flatMap(groupsOfCode))].sort()
}

function groupsOfCode(code: RecordedCondition['codes'][number]): readonly ConditionGroup[] {
  const row = mapped(code)
  const isIcd10 = code.system === 'icd10'
  const charlson = isIcd10 ? charlsonOfIcd10(code.code) : row?.charlson ? [row.charlson] : []
  const found = isIcd10 ? deficitsOfIcd10(code.code) : row?.deficit ? [row.deficit] : []
  const isLow = row?.lowMood === true || (isIcd10 && /^F3[23]/i.test(code.code))
  return [
    ...found,
    ...(charlson.some((each) => cancers.includes(each)) ? (['cancer'] as const) : []),
    ...(charlson.some((each) => livers.includes(each)) ? (['liver'] as const) : []),
    ...(isLow ? (['low-mood'] as const) : []),
  ]
}

const known: readonly string[] = [...deficits, 'cancer', 'liver', 'low-mood']

export function isConditionGroup(text: string): text is ConditionGroup {
  return known.includes(text)
}
