import { type CharlsonScore, charlsonScore } from './charlson.ts'
import { groupsOfIcd10 } from './charlson-groups.ts'
import { conditionRow } from './condition-codes.ts'
import {
  type CodedCondition,
  type Evidence,
  inputOf,
  isIcd10,
  type LeftOut,
  type ScoreInput,
  snomedSystem,
} from './evidence.ts'
import { type FrailtyScore, frailtyScore } from './frailty.ts'

/** Both scores, and what they could not take in. */
export type PersonScore = Readonly<{
  charlson: CharlsonScore
  frailty: FrailtyScore
  /** false: no condition is recorded at all, so a low score would say nothing */
  coded: boolean
  hasBirthDate: boolean
  /** conditions whose codes we have no mapping for */
  unmapped: readonly ScoreInput[]
  leftOut: readonly (ScoreInput & Readonly<{ why: LeftOut }>)[]
}>

/** Scores a person on a day (`YYYY-MM-DD`). */
export function scorePerson(evidence: Evidence, day: string): PersonScore {
  const charlson = charlsonScore(evidence, day)
  return {
    charlson,
    frailty: frailtyScore(evidence),
    coded: evidence.conditions.length > 0,
    hasBirthDate: charlson.age !== undefined,
    unmapped: evidence.conditions
      .filter((each) => !each.left && !isMapped(each))
      .map((each) => inputOf(each, firstCode(each))),
    leftOut: evidence.conditions.flatMap((each) =>
      each.left ? [{ ...inputOf(each, firstCode(each)), why: each.left }] : [],
    ),
  }
}

function isMapped(condition: CodedCondition): boolean {
  return condition.codings.some(
    ({ system, code }) =>
      (system === snomedSystem && conditionRow(code) !== undefined) ||
      (isIcd10(system) && groupsOfIcd10(code).length > 0),
  )
}

const firstCode = (condition: CodedCondition): string => condition.codings[0]?.code ?? ''
