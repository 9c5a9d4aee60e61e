import type { RuleFigures } from './rule-figures.ts'
import type { RuleLine } from './rule-lines.ts'

/** Somebody who did something to a rule: reference and name. */
export type RuleHand = Readonly<{ agent: string; name: string }>
type Act = Readonly<{ by: RuleHand; at: string }>

/** One person whom a trial found, as somebody judged them by eye. */
export type RuleVerdict = Act & Readonly<{ person: string; right: boolean; words: string }>

/** One version of a rule, with everything that was done about it. `edit` counts its changes. */
export type RuleVersion = Readonly<{
  rule: string
  version: number
  edit: number
  organisation: string
  name: string
  lines: readonly RuleLine[]
  /** draws the people to look at */
  seed: string
  /** everybody who wrote in this version */
  writers: readonly RuleHand[]
  savedAt: string
  /** the last trial of exactly these lines */
  tried?: Act & Readonly<{ figures: RuleFigures }>
  looked: readonly RuleVerdict[]
  /** who was asked to agree, and from which day it should run */
  asked?: Act & Readonly<{ of?: RuleHand; from: string }>
  /** the last no, which made it a draft again */
  refused?: Act & Readonly<{ why: string }>
  agreed?: Act & Readonly<{ from: string }>
  off?: Act & Readonly<{ why: string }>
}>

const ruleStates = [
  ...(['draft', 'tried', 'looked-at', 'asked'] as const),
  ...(['agreed', 'running', 'replaced', 'off'] as const),
] as const
export type RuleState = (typeof ruleStates)[number]

/** How many people are to be looked at by eye: ten, or all if the trial changes fewer. Our own number. */
export const peopleToLookAt = 10

export const lookedAtEnough = ({ tried, looked }: RuleVersion): boolean =>
  tried?.figures.sample.every((person) => looked.some((each) => each.person === person)) ?? false

/** The states in the order of docs/states.md; `newer`: a later version runs already. */
export function ruleState(version: RuleVersion, today: string, newer: boolean): RuleState {
  if (version.off) return 'off'
  if (version.agreed) return agreedState(version.agreed.from, today, newer)
  if (version.asked) return 'asked'
  if (lookedAtEnough(version)) return 'looked-at'
  return version.tried ? 'tried' : 'draft'
}

function agreedState(from: string, today: string, newer: boolean): RuleState {
  if (newer) return 'replaced'
  return from <= today ? 'running' : 'agreed'
}

/** The only version that runs on a day: the latest that was agreed from then or earlier, unless it was switched off. */
export function runningVersion(
  versions: readonly RuleVersion[],
  today: string,
): RuleVersion | undefined {
  const latest = versions
    .filter(({ agreed }) => agreed !== undefined && agreed.from <= today)
    .toSorted((one, other) => other.version - one.version)[0]
  return latest?.off ? undefined : latest
}

/** Each version of one rule with its state. */
export function ruleStatesOf(
  versions: readonly RuleVersion[],
  today: string,
): readonly (readonly [RuleVersion, RuleState])[] {
  const started = versions
    .filter(({ agreed }) => agreed !== undefined && agreed.from <= today)
    .map(({ version }) => version)
  const latest = Math.max(0, ...started)
  return versions.map((each) => [each, ruleState(each, today, each.version < latest)] as const)
}

/** Whether it may still be written in. */
export const isRuleDraft = ({ agreed, off }: RuleVersion): boolean => !agreed && !off
