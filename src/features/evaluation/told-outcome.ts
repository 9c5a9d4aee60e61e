import type { EvaluationAnswer } from '#domain/evaluation/evaluation-answer.ts'

export type AnyOutcome = EvaluationAnswer['all']['outcomes'][number]

/** An outcome whose numbers may be shown. */
export type ToldOutcome = Required<Omit<AnyOutcome, 'isHidden'>>

export const isTold = (outcome: AnyOutcome): outcome is AnyOutcome & ToldOutcome =>
  outcome.taken !== undefined && outcome.others !== undefined && outcome.verdict !== undefined

export const told = ({ outcomes }: EvaluationAnswer['all']): readonly ToldOutcome[] =>
  outcomes.filter(isTold)
