import {
  as,
  boolean,
  code,
  dateTime,
  day,
  decimal,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  referenceField,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { PartKind } from './published/part-kinds.ts'

const evidence = {
  record: referenceField,
  display: text,
  code: optional(text),
  date: optional(text),
}
const inputs = as('input', list(group(evidence)))

/** What a part is about, since when the record shows it, and whether the last year added it. */
const about = {
  kind: wordOf<PartKind>(),
  since: optional(text),
  lastYear: yes,
}

/** One published score; `score` is absent if something is missing that could change it. */
const published = optional(
  group({
    score: optional(decimal),
    lowest: optional(decimal),
    highest: optional(decimal),
    band: optional(code),
    version: text,
    source: text,
    parts: as(
      'part',
      list(
        group({
          code,
          points: decimal,
          value: optional(text),
          overruledBy: optional(code),
          ...about,
          inputs,
        }),
      ),
    ),
    missing: list(code),
    caveats: as('caveat', list(code)),
    unmapped: integer,
    asOf: optional(dateTime),
  }),
)

/** The result of `$score`: all scores, the records for each reason, and what could not be included. */
export const scoreParameters = parameters({
  charlson: group({
    score: integer,
    comorbidity: integer,
    age: optional(integer),
    agePoints: optional(integer),
    /** the birthday on which the points for age last rose */
    ageSince: optional(day),
    reasons: as(
      'group',
      list(group({ code, points: integer, overruledBy: optional(code), ...about, inputs })),
    ),
  }),
  frailty: group({
    count: integer,
    of: integer,
    band: code,
    /** conditions with codes that could not be read: the count is the lowest possible */
    unread: integer,
    reasons: as('deficit', list(group({ code, ...about, inputs }))),
  }),
  coded: boolean,
  missing: list(code),
  unmapped: list(group(evidence)),
  leftOut: list(group({ ...evidence, why: code })),
  /** the day as of which they were worked out */
  date: optional(day),
  'charlson-quan-2011': published,
  'elixhauser-van-walraven': published,
  'hospital-frailty': published,
  lace: published,
  hospital: published,
  'parr-30': published,
  news2: published,
})

export type ScoreOfToday = In<typeof scoreParameters>
export type ShownPart = ScoreOfToday['frailty']['reasons'][number] &
  Readonly<{ points?: number; value?: string; overruledBy?: string }>
export type ScoreEvidence = ScoreOfToday['unmapped'][number]
