import {
  day,
  decimal,
  group,
  type In,
  id,
  integer,
  list,
  must,
  oneOf,
  optional,
  parameters,
  text,
  yes,
} from '#domain/fhir/parameters.ts'
import { measureUnits } from '#domain/outcome/measure-definition.ts'

/** What was decided at the end; `open`: nothing yet. */
export const cycleDecisions = ['open', 'keep', 'spread', 'stop', 'go-on'] as const
export type CycleDecision = (typeof cycleDecisions)[number]

/** What can be said of the months before and since. */
const comparisonStates = ['told', 'too-few', 'hidden', 'none'] as const

/** Something that was tried, as whoever tried it writes it down; nobody’s name is in it. */
const written = {
  /** in a few words: they stand on the chart */
  tried: text,
  hoped: text,
  /** id of a measure; empty: none of ours shows it */
  measure: text,
  figure: optional(decimal),
  from: text,
  /** ids of the organisations that tried it */
  places: list(text),
  happened: text,
  decision: oneOf(cycleDecisions, 'open'),
  decidedOn: text,
  /** the day on which it is decided again, of `go-on` */
  until: text,
  /** written by mistake: shown apart, on no chart, and put back at any time */
  withdrawn: yes,
} as const

/** What `$keep-cycle` takes: a new cycle (version 0), or a change with the version that was read. */
export const keepCycleRequest = parameters({
  id: must(id, (value) => /^[A-Za-z0-9\-.]{1,64}$/.test(value), 'is needed'),
  version: integer,
  ...written,
})

const kept = {
  ...written,
  /** who keeps it: only they change it */
  organisation: text,
  begunBy: text,
  by: text,
  on: day,
} as const

export const keptCycle = parameters(kept)

/** Before and since, of all that was counted in these months. Undefined values: nobody else is there to compare. */
const comparison = group({
  state: oneOf(comparisonStates, 'none'),
  monthsBefore: integer,
  monthsAfter: integer,
  before: optional(decimal),
  after: optional(decimal),
  othersBefore: optional(decimal),
  othersAfter: optional(decimal),
})

/** The result of `$learning-cycles`. */
export const learningCyclesParameters = parameters({
  /** the latest first */
  cycles: list(
    group({
      id,
      version: integer,
      /** A, B, C, from the first that was tried; empty of one that was withdrawn */
      mark: text,
      ...kept,
      organisationName: text,
      placeNames: list(text),
      measureTitle: text,
      unit: oneOf(measureUnits, 'percent'),
      comparison,
      mayChange: yes,
    }),
  ),
  /** what can be chosen */
  measures: list(group({ id: text, title: text, unit: oneOf(measureUnits, 'percent') })),
  partners: list(group({ organisation: text, name: text })),
  /** the organisation for which the caller writes; empty: the caller only reads */
  own: text,
  /** none is in the future */
  today: day,
})

export type CycleRequest = In<typeof keepCycleRequest>
export type KeptCycle = In<typeof keptCycle>
export type LearningCycles = In<typeof learningCyclesParameters>
export type LearningCycle = LearningCycles['cycles'][number]
