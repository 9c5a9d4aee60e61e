import { libraryUrl } from '#domain/assessment/instruments/instrument.ts'
import { conditionFrom } from '#domain/suggestion/answer-rule/answer-condition.ts'
import type { AnswerRule } from '#domain/suggestion/answer-rule/answer-rule.ts'

type Written = Omit<AnswerRule, 'version' | 'asked' | 'when' | 'isOn' | 'next' | 'source'> &
  Readonly<{ when: readonly string[]; next?: string; source?: string }>

const ownIdea = 'Our own idea. Nobody has checked it yet.'

/** Rules of one of our own questionnaires, as they are shipped. `next`: the name of the form to ask next. */
export const rulesFor = (form: string, rules: readonly Written[]): readonly AnswerRule[] =>
  rules.map(({ when, next, source = ownIdea, ...rest }) => ({
    ...rest,
    ...{ version: 1, asked: libraryUrl(form), source, isOn: true },
    ...(next ? { next: libraryUrl(next) } : {}),
    when: when.flatMap((line) => conditionFrom(line) ?? []),
  }))
