import type { Task } from '@medplum/fhirtypes'
import {
  as,
  boolean,
  group,
  id,
  instant,
  integer,
  list,
  optional,
  parameters,
  record,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { SuggestedKind } from '#domain/suggestion/answer-rule/answer-rule.ts'
import type { CareCard } from './care-card.ts'

const line = group({ words: text, source: text })

/** The answer of `$care-cards`: the cards of one person, why, what is missing, and what became of each step. */
export const personCards = parameters({
  cards: as(
    'card',
    list(
      group({
        ...{ code: id, version: integer, kind: wordOf<CareCard['kind']>(), title: text },
        finding: text,
        lines: as('line', list(line)),
        why: list(group({ words: text, record: optional(text), on: optional(text) })),
        facts: as('fact', list(group({ words: text, on: optional(text), missing: yes }))),
        steps: as(
          'step',
          list(
            group({
              ...{ code: id, kind: wordOf<SuggestedKind>(), words: text },
              ...{ days: optional(integer), next: optional(text) },
              /** the suggestion that was made of it, if somebody has decided */
              decided: as('suggestion', record<Task>('Task')),
            }),
          ),
        ),
      }),
    ),
  ),
  /** no medicine can be seen: nothing is said about any */
  noMedicines: yes,
})

/** The input of `$suggest-step`. */
export const suggestStepRequest = parameters({ card: id, step: id, finding: text })

/** The answer of `$care-card-list`: every card as it is here. */
export const careCardList = parameters({
  cards: as(
    'card',
    list(
      group({
        ...{ code: id, version: integer, kind: wordOf<CareCard['kind']>(), title: text },
        lines: as('line', list(line)),
        ...{ on: boolean, changedBy: optional(text), changedAt: optional(instant) },
      }),
    ),
  ),
})

/** The input of `$switch-care-card`. */
export const switchCareCardRequest = parameters({ card: id, on: boolean, reason: text })
