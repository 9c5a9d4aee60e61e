import type { RuleHand } from './rule-version.ts'

/** `tried`: only counted; `run`: who it found stands in the list since; `off`: it was switched off. */
const ruleRunKinds = ['tried', 'run', 'off'] as const
export type RuleRunKind = (typeof ruleRunKinds)[number]

/**
 * Why a rule was run. `daily`: it is the first of the day; `asked`: a user wanted it, in their words; `marks-missing`: whom
 * it had found was not known any more, as after a restore.
 */
const ruleRunReasons = ['trial', 'switched-on', 'daily', 'asked', 'marks-missing', 'off'] as const
export type RuleRunReason = (typeof ruleRunReasons)[number]

/** One run in the open log. Only the service writes it. `by`: absent for a run by the service itself. */
export type RuleRun = Readonly<{
  id: string
  rule: string
  version: number
  kind: RuleRunKind
  at: string
  day: string
  by?: RuleHand
  reason: RuleRunReason
  words: string
  found: number
  added: number
  dropped: number
  notJudged: number
}>
