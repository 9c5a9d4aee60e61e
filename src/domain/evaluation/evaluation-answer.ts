import { measure } from '#domain/case/measures.ts'
import {
  code,
  day,
  decimal,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { EvaluatedFact } from './evaluated-person.ts'
import type { ComparedOutcome, EvaluatedOutcome } from './matched-evaluation.ts'

/** The input of `$matched-evaluation`: the id of a programme; absent: everybody who was taken on. */
export const evaluationRequest = parameters({ programme: optional(text) })

const side = group({ before: optional(decimal), after: decimal })

const outcome = group({
  outcome: wordOf<EvaluatedOutcome>(),
  /** too few people had it to say how many; nothing else is said then */
  isHidden: optional(yes),
  /** of 100 people */
  ...{ taken: optional(side), others: optional(side) },
  ...{ difference: optional(decimal), low: optional(decimal), high: optional(decimal) },
  verdict: optional(wordOf<ComparedOutcome['verdict']>()),
})

/** Without outcomes there are too few pairs to say anything. */
const compared = group({ pairs: measure, outcomes: list(outcome) })

/** The result of `$matched-evaluation`. */
export const evaluationAnswer = parameters({
  /** taken on from one day to another, both included, and each followed for so many days */
  ...{ from: day, until: day, days: integer, fewestPairs: integer },
  programme: optional(text),
  programmes: list(group({ id: code, title: text })),
  ...{ taken: measure, alone: measure, pool: measure },
  ...{ all: compared, fuller: optional(compared), lessFull: optional(compared) },
  balance: list(group({ fact: wordOf<EvaluatedFact>(), before: decimal, after: decimal })),
  /** who is in neither group, and why */
  leftOut: group({
    ...{ optedOut: measure, nothingRecorded: measure, leftTheList: measure, deathUndated: measure },
  }),
  /** of the comparison people, taken on themselves while they were followed; they stay in */
  takenOnLater: measure,
  /** of more people only so many were looked at */
  isCut: optional(yes),
})

export type EvaluationAnswer = In<typeof evaluationAnswer>
