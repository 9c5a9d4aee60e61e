import {
  as,
  day,
  group,
  type In,
  id,
  integer,
  list,
  namedReference,
  optional,
  parameters,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { WeightInput } from './caseload-weight.ts'

/** The input of `$caseload-weights`: whose people are listed; absent: the caller’s. */
export const weightsRequest = parameters({ from: optional(id) })

const colleague = group({
  ...{ who: namedReference, role: text, people: integer, weight: integer },
  /** after what is asked, if it is only tried */
  ...{ peopleAfter: optional(integer), weightAfter: optional(integer) },
  awayUntil: optional(day),
})

/** The result of `$caseload-weights`, and of `$hand-over-people`. */
export const sharedAnswer = parameters({
  colleagues: as('colleague', list(colleague)),
  people: as(
    'person',
    list(
      group({
        ...{ id, family: text, given: text, birthDate: text, weight: integer },
        inputs: as('input', list(wordOf<WeightInput>())),
      }),
    ),
  ),
  /** handed over in the last days by the caller, and not taken back */
  recent: as('recent', list(group({ batch: id, people: integer, from: text, at: text }))),
})
export type Shared = In<typeof sharedAnswer>

/** The input of `$hand-over-people`; `trial`: only say what would be; `undo`: take the batch back. */
export const handOverPeopleRequest = parameters({
  ...{ batch: id, from: id, reason: text, trial: yes, undo: yes },
  people: as('person', list(group({ id, to: id, words: optional(text) }))),
})
export type HandOverPeople = In<typeof handOverPeopleRequest>
