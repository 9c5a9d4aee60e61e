import { boolean, id, parameters, text } from '#domain/fhir/parameters.ts'

/** The input of `$switch-answer-rule`. */
export const switchAnswerRuleRequest = parameters({ rule: id, on: boolean, reason: text })
