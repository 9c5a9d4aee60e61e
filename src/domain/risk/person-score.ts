import { type CharlsonScore, charlsonScore } from './charlson.ts'
import {
  type CodedCondition,
  type Evidence,
  inputOf,
  type LeftOut,
  type ScoreInput,
} from './evidence.ts'
import { type FrailtyScore, frailtyScore, isRead } from './frailty.ts'

/** Both scores, and what they could not include. */
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
      .filter((each) => !each.left && !isRead(each))
      .map((each) => inputOf(each, firstCode(each))),
    leftOut: evidence.conditions.flatMap((each) =>
      each.left ? [{ ...inputOf(each, firstCode(each)), why: each.left }] : [],
    ),
  }
}

const firstCode = (condition: CodedCondition): string => condition.codings[0]?.code ?? ''
