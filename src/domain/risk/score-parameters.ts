import {
  as,
  boolean,
  code,
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

/** The result of `$score`: both scores, the records for each reason, and what could not be included. */
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
})

export type ScoreOfToday = In<typeof scoreParameters>
export type ScoreEvidence = ScoreOfToday['unmapped'][number]
