import { measure } from '#domain/case/measures.ts'
import {
  as,
  boolean,
  code,
  day,
  decimal,
  group,
  type In,
  instant,
  integer,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

/** The result of `$feeds`: who sends lines of activity and cost, up to when, and how complete the months are. */
export const feedsParameters = parameters({
  /** true: counts are rounded to the nearest five, none below five */
  rounded: boolean,
  sources: as(
    'source',
    list(
      group({
        source: text,
        layout: code,
        /** the days of its first and last line */
        from: optional(day),
        until: optional(day),
        /** the day of its last file */
        received: day,
        importedBy: optional(text),
        importedAt: optional(instant),
        lines: measure,
        withoutCost: measure,
        refused: measure,
        /** what the lines with a cost cost, each currency by itself; administrators only */
        costs: as('cost', list(group({ currency: code, amount: decimal, lines: integer }))),
        months: as(
          'month',
          list(group({ month: text, lines: measure, usual: optional(measure), state: code })),
        ),
      }),
    ),
  ),
  /** what was refused, newest first; administrators only */
  refused: list(
    group({ source: text, place: integer, line: optional(text), reason: text, received: day }),
  ),
})

export type Feeds = In<typeof feedsParameters>
export type FeedSource = Feeds['sources'][number]
