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
} from '#domain/fhir/parameters.ts'

const evidence = {
  record: referenceField,
  display: text,
  code: optional(text),
  date: optional(text),
}
const inputs = as('input', list(group(evidence)))

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
    reasons: as('group', list(group({ code, points: integer, inputs }))),
  }),
  frailty: group({
    count: integer,
    of: integer,
    band: code,
    /** conditions with codes that could not be read: the count is the lowest possible */
    unread: integer,
    reasons: as('deficit', list(group({ code, inputs }))),
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
export type ScoreEvidence = ScoreOfToday['unmapped'][number]
