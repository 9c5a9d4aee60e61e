import { measure } from '#domain/case/measures.ts'
import { as, group, id, list, parameters, text } from '#domain/fhir/parameters.ts'

/** The result of `$answer-rule-counts`: what became of what each rule suggested, by team, without names. */
export const answerRuleCounts = parameters({
  rows: as(
    'row',
    list(
      group({
        ...{ rule: id, words: text, team: text, suggested: measure, taken: measure },
        ...{ dismissed: measure, done: measure, notWanted: measure, doesNotFit: measure },
      }),
    ),
  ),
})
