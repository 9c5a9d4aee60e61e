import { measure } from '#domain/case/measures.ts'
import {
  day,
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

/** `unsaid`: nobody wrote down which. */
export const unmetKinds = ['health', 'social', 'both', 'unsaid'] as const
export type UnmetKind = (typeof unmetKinds)[number]

const written = { words: text, by: text, organisationName: text, on: day } as const

/** What was done about it: the newest words, and what stood before them, the newest first. */
const deed = group({
  id,
  version: integer,
  kind: oneOf(unmetKinds, 'unsaid'),
  /** empty: everywhere */
  place: text,
  ...written,
  mayChange: yes,
  earlier: list(group(written)),
})

/** The result of `$unmet-needs`. */
export const unmetNeedsParameters = parameters({
  total: measure,
  /** people who said no to the use of their data for planning: their needs are in no number */
  leftOut: measure,
  needs: list(
    group({
      kind: oneOf(unmetKinds, 'unsaid'),
      /** the first part of the postcode, or the town; empty: not known */
      place: text,
      /** needs, not people; `fewerThan` 0: nothing is said, because others could be worked out from it */
      count: measure,
      /** the month in which the longest of them was written down, `2026-03`; only if the number is shown */
      since: optional(text),
    }),
  ),
  deeds: list(deed),
  mayWrite: yes,
})

/** What `$note-unmet` takes: a new entry, or new words for one, with the version that was read. */
export const noteUnmetRequest = parameters({
  id: optional(id),
  version: optional(integer),
  kind: oneOf(unmetKinds, 'unsaid'),
  place: must(text, (value) => value.length <= 40, 'is no place of the list'),
  words: text,
})

export type UnmetNeeds = In<typeof unmetNeedsParameters>
export type UnmetDeed = UnmetNeeds['deeds'][number]
