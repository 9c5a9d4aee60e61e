import { answerTexts } from '#domain/assessment/form.ts'
import { type AnswerCondition, type AnswerFacts, findingOf } from './answer-condition.ts'

/** What an answer can lead to. Nothing of it happens until somebody accepts it. */
export const suggestedKinds = ['need', 'goal', 'task', 'referral', 'assessment'] as const
export type SuggestedKind = (typeof suggestedKinds)[number]

/**
 * A rule as data: these answers suggest this.
 * @unverified answer-rule
 */
export type AnswerRule = Readonly<{
  code: string
  version: number
  /** address of the questionnaire */
  asked: string
  /** all of them must hold */
  when: readonly AnswerCondition[]
  kind: SuggestedKind
  words: string
  /** why, with `{question}` and `{score}` for what was said */
  because: string
  /** for a task: within so many days */
  days?: number
  /** for an assessment: address of the questionnaire to ask next */
  next?: string
  /** whose idea it follows */
  source: string
  /** a number in it was not checked against that source */
  isUnverified?: boolean
  isOn: boolean
  /** who changed it last, and when; absent for one as it was shipped */
  changedBy?: string
  changedAt?: string
}>

/** What a rule makes of answers. */
export type RuleProposal = Readonly<{
  rule: AnswerRule
  because: string
  /** the same for the same answers to the same rule */
  finding: string
}>

/** What these rules suggest for the answers to one questionnaire, in their order. */
export function proposalsByRules(
  rules: readonly AnswerRule[],
  url: string,
  facts: AnswerFacts,
): readonly RuleProposal[] {
  return rules
    .filter(({ isOn, asked }) => isOn && asked === url)
    .flatMap((rule) => proposalOf(rule, facts) ?? [])
}

/** Undefined if the rule does not apply to these answers. */
function proposalOf(rule: AnswerRule, facts: AnswerFacts): RuleProposal | undefined {
  const found = rule.when.map((each) => findingOf(each, facts))
  if (found.length === 0 || found.some((each) => each === undefined)) return undefined
  return { rule, because: becauseOf(rule, facts), finding: [...new Set(found)].join(';') }
}

const becauseOf = ({ because }: AnswerRule, { answers, score }: AnswerFacts): string =>
  because.replaceAll(/\{([^}]+)\}/g, (_all, name: string) => {
    if (name === 'score') return score?.state === 'complete' ? String(score.value) : '–'
    return answerTexts(answers[name] ?? []).join(', ') || '–'
  })

const longestCode = 20

/** Why this cannot be a rule, in words; empty if it can. */
export function faultsInRule(rule: AnswerRule): readonly string[] {
  const checks: readonly (readonly [boolean, string])[] = [
    [
      new RegExp(`^[a-z0-9-]{3,${longestCode}}$`).test(rule.code),
      `The name of the rule has 3 to ${longestCode} small letters, digits and hyphens`,
    ],
    [/^(https?:|urn:)\S+$/.test(rule.asked), 'Say which questionnaire the answers are from'],
    [rule.when.length > 0, 'Say which answers it needs'],
    [rule.when.length <= 8, 'A rule has eight conditions at most'],
    [rule.words.trim() !== '', 'Say what it suggests'],
    [rule.because.trim() !== '', 'Say why, in words that the reader sees'],
    [Math.max(rule.words.length, rule.because.length) <= 500, 'Words have 500 letters at most'],
    [rule.kind !== 'assessment' || Boolean(rule.next), 'Say which assessment to ask next'],
    [
      rule.days === undefined || (Number.isInteger(rule.days) && rule.days >= 0 && rule.days < 366),
      'The days are a whole number from 0 to 365',
    ],
  ]
  return checks.flatMap(([isFine, words]) => (isFine ? [] : [words]))
}
