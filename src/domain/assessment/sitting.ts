import type { FormAnswers } from './form.ts'
import type { WhoWasThere } from './response.ts'

/** Answers as they are typed, linked to their assessment by its id. */
export type SittingAnswers = Readonly<{
  id: string
  answers: FormAnswers
  /** the answers on the record from which this sitting began: others may have answered since */
  base?: FormAnswers
  there?: WhoWasThere
}>

type Known = Readonly<{
  id: string
  state: 'draft' | 'completed' | 'stopped'
  answers: FormAnswers
}>

/** Whether the assessment of these answers has ended: then they belong to it, and fill no other. */
export const hasSittingEnded = (typed: SittingAnswers, record: readonly Known[]): boolean =>
  record.some((each) => each.id === typed.id && each.state !== 'draft')

/** Text typed for an assessment that has ended, if the record does not hold exactly that; undefined if nothing is lost. */
export function notRecordedOf(
  typed: SittingAnswers,
  record: readonly Known[],
): SittingAnswers | undefined {
  const ended = record.find((each) => each.id === typed.id)
  if (!ended || saidIn(ended.answers) === saidIn(typed.answers)) return undefined
  return Object.values(typed.answers).some((given) => given.length > 0) ? typed : undefined
}

/** The answers in a fixed order, and without unanswered ones. */
const saidIn = (answers: FormAnswers) =>
  JSON.stringify(
    Object.entries(answers)
      .filter(([, given]) => given.length > 0)
      .toSorted(([one], [other]) => one.localeCompare(other)),
  )
