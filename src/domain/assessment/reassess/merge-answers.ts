import type { Answer, FormAnswers } from '#domain/assessment/form.ts'

/** A question that two people answered differently. */
export type AnsweredTwice = Readonly<{
  linkId: string
  mine: readonly Answer[]
  theirs: readonly Answer[]
}>

type Sides = Readonly<{
  /** as they were when this sitting began, or when a choice was made */
  base: FormAnswers
  mine: FormAnswers
  theirs: FormAnswers
}>

const nothing: readonly Answer[] = []
const same = (one: readonly Answer[], other: readonly Answer[]) =>
  JSON.stringify(one) === JSON.stringify(other)

/**
 * The answers of two people to one assessment together: different questions merge by themselves. The same question
 * answered differently is for a person to choose; until then it has mine.
 */
export function mergeAnswers({ base, mine, theirs }: Sides): Readonly<{
  answers: FormAnswers
  twice: readonly AnsweredTwice[]
}> {
  const ids = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  const merged: [string, readonly Answer[]][] = []
  const twice: AnsweredTwice[] = []
  for (const linkId of ids) {
    const at = (answers: FormAnswers) => answers[linkId] ?? nothing
    const isMine = !same(at(mine), at(base))
    const isTheirs = !same(at(theirs), at(base))
    const isBoth = isMine && isTheirs && !same(at(mine), at(theirs))
    if (isBoth) twice.push({ linkId, mine: at(mine), theirs: at(theirs) })
    merged.push([linkId, isMine ? at(mine) : at(theirs)])
  }
  return { answers: Object.fromEntries(merged), twice }
}
