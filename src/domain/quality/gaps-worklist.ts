import {
  as,
  boolean,
  code,
  day,
  group,
  type In,
  integer,
  list,
  oneOf,
  optional,
  parameters,
  text,
  yes,
} from '#domain/fhir/parameters.ts'

/** The input of `$evaluate-measure`, as FHIR names it. */
export const evaluateMeasureRequest = parameters({
  ...{ periodStart: day, periodEnd: day },
  reportType: oneOf(['subject', 'population'], 'subject'),
  subject: text,
  /** of which organisation an administrator asks */
  organisation: text,
  /** counts again what was counted already */
  again: boolean,
})

const runStates = ['running', 'done', 'stopped', 'failed'] as const
export type RunState = (typeof runStates)[number]

/** The input of `$care-gaps`, in the body or in the address. */
export const careGapsRequest = parameters({ periodStart: day, periodEnd: day })

/** The input of `$decline-gap`: `undo` takes a no back. */
export const declineGapRequest = parameters({ measure: code, reason: text, undo: yes })

/** The input of `$stop-measure`. */
export const stopMeasureRequest = parameters({ organisation: text })

const measureRun = group({
  state: oneOf(runStates, 'running'),
  ...{ done: integer, total: integer },
  /** absent where it is fewer than five, and the caller sees no names */
  leftOut: optional(integer),
  ...{ from: day, to: day, on: day },
  /** absent where the numbers are too small to be shown */
  numerator: optional(integer),
  denominator: optional(integer),
  /** what went wrong */
  words: text,
})

/** The result of `$gaps`. */
export const gapsWorklist = parameters({
  measures: as(
    'measure',
    list(
      group({
        ...{ id: text, version: text, title: text, question: text, rationale: text },
        run: optional(measureRun),
      }),
    ),
  ),
  people: as(
    'person',
    list(
      group({
        ...{ id: text, family: text, given: text, coordinator: text },
        gaps: as('gap', list(group({ measure: text, title: text, why: text, holds: yes }))),
      }),
    ),
  ),
  /** whether measures can be worked out here: not where Gable runs in the browser alone */
  worksOut: yes,
  /** the caller’s organisation has people */
  hasPeople: yes,
  /** more people than are listed */
  isMore: yes,
})

export type GapsWorklist = In<typeof gapsWorklist>
