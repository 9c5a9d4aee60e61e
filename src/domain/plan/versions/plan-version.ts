import {
  as,
  boolean,
  group,
  type In,
  instant,
  integer,
  list,
  namedReference,
  optional,
  parameters,
  referenceField,
  text,
  wordOf,
  yes,
} from '#domain/fhir/parameters.ts'
import type { ChangeKind, HouseRoom } from '#domain/plan/plan.ts'

const change = group({
  kind: wordOf<ChangeKind>(),
  room: wordOf<HouseRoom>(),
  /** versions of the records that changed: `Goal/1/_history/2` */
  records: as('record', list(referenceField)),
})

const answer = group({
  by: namedReference,
  yes: boolean,
  /** a yes to part of it */
  inPart: yes,
  /** it is the person’s own answer, or one that counts for the person: only such a yes fills the roof */
  counts: yes,
  /** what was said, and about each part that was left out */
  words: text,
  at: instant,
})

const version = group({
  number: integer,
  at: instant,
  by: optional(namedReference),
  changes: as('change', list(change)),
  answers: as('answer', list(answer)),
})

/** The input of `$plan-versions`: a page of so many versions, older than one of them. */
export const planVersionsRequest = parameters({
  count: optional(integer),
  before: optional(integer),
})

/** The answer of `$plan-versions`, newest first. `next`: what to send as `before` for the next page. */
export const planVersionsAnswer = parameters({
  total: integer,
  next: optional(integer),
  versions: as('version', list(version)),
})

export type PlanVersions = In<typeof planVersionsAnswer>

/** One version of a plan: who made it, what changed, and who answered to it in which words. */
export type PlanVersion = PlanVersions['versions'][number]
export type VersionAnswer = PlanVersion['answers'][number]

/** The input of `$plan-at`: one of the two. `at`: a day in the service’s zone (its end), or an instant. */
export const planAtRequest = parameters({
  version: optional(integer),
  at: optional(text),
})
