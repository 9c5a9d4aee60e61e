import { measure } from '#domain/case/measures.ts'
import {
  as,
  group,
  id,
  instant,
  integer,
  list,
  must,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

const days = must(
  optional(integer),
  (value) => value === undefined || (Number.isInteger(value) && value >= 0 && value < 366),
  'is a whole number from 0 to 365',
)

/** The input of `$try-answer-rule`: a rule in other words, or with other conditions, one a line. */
export const tryAnswerRuleRequest = parameters({
  ...{ rule: id, when: list(text), words: text, because: text, days },
})

/** The answer: what the rule as it is, and as it would be, suggests for the answers of the last year. Counts only. */
export const tryAnswerRuleAnswer = parameters({
  /** `draft`: which version of the stored draft it is; whoever starts it says it again */
  ...{ rule: id, version: integer, draft: integer, at: instant },
  ...{ answers: measure, before: measure, now: measure, gained: measure, lost: measure },
  /** what became of the suggestions of the rule as it is, for answers that the new one suggests too, and for those it does not */
  ...{ keptTaken: measure, keptDismissed: measure, lostTaken: measure, lostDismissed: measure },
  /** only the newest answers were looked at */
  most: integer,
})

/** The input of `$start-answer-rule`: the draft that was tried, as the trial answered it, and why. */
export const startAnswerRuleRequest = parameters({
  ...{ rule: id, version: integer, draft: integer, reason: text },
})

/** The answer of `$answer-rule-people`: of those whom the caller may see, for whom a draft would suggest something new. */
export const answerRulePeople = parameters({
  people: as('person', list(group({ id: text, name: text, at: text }))),
})
export const answerRulePeopleRequest = parameters({ rule: id })
