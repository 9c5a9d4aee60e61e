import { measure } from '#domain/case/measures.ts'
import {
  group,
  type In,
  instant,
  integer,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

/** The result of `$measure-runs`: the newest first. */
export const measureRunsParameters = parameters({
  runs: list(
    group({
      at: instant,
      /** a measure, or `built-in`: all that Gable counts by itself */
      measure: text,
      version: text,
      organisation: text,
      /** the first and the last month that was counted */
      from: text,
      to: text,
      months: integer,
      people: optional(measure),
      tookMs: integer,
      reason: text,
      by: text,
    }),
  ),
  /** months that wait to be counted */
  waiting: integer,
})

export type MeasureRuns = In<typeof measureRunsParameters>
