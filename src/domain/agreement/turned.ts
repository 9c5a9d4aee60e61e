import type { AnswerHelper } from './given-how.ts'

/** For whom a professional turned the screen, and what it shows: one version of one plan. */
export type TurnedFor = Readonly<{
  person: string
  plan: string
  version: string
  /** when it was turned; instant */
  at: string
  /** an advocate or interpreter beside the person */
  helpers: readonly AnswerHelper[]
}>
