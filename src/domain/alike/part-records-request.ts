import {
  as,
  boolean,
  dateTime,
  group,
  type In,
  integer,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

/** The input of `$part-records`: which record is in use, which points to it, and whose is what came since they were joined. */
export const partRecordsRequest = parameters({
  keep: text,
  join: text,
  /** each record that came to `keep` since, as `Type/id`, and the id of the person to whom it belongs */
  belongs: list(group({ record: text, to: text })),
})

/**
 * The result: what was moved, as `Type/id/_history/version`, and what it decided about the two, if they were listed as
 * alike; `$join-records` takes both back (`back`, `decided`).
 */
export const partRecordsAnswer = parameters({
  keep: text,
  moved: list(text),
  decided: optional(text),
})

/**
 * The input of `$join-records`. `back`: what an earlier parting moved, and comes back with the join. `decided`: the decision
 * that these are two people, as the caller saw it, if there is one.
 */
export const joinRecordsRequest = parameters({
  keep: text,
  join: text,
  back: list(text),
  decided: optional(text),
})

/** The result of `$records-since-join`. */
export const recordsSinceJoin = parameters({
  /** when the two were joined */
  since: optional(dateTime),
  /** records that are linked to each other belong to one person */
  groups: as(
    'group',
    list(
      group({
        records: as(
          'record',
          list(
            group({
              /** `Type/id` */
              id: text,
              /** what it says, in its own words */
              words: optional(text),
              at: dateTime,
              /** the organisation that wrote it */
              from: optional(text),
              /** somebody wrote a text for it, which may name the person, and which moves as it is */
              hasText: as('has-text', boolean),
            }),
          ),
        ),
        /** linked to something from before: it stays with the record in use */
        stays: boolean,
      }),
    ),
  ),
  /** older records of the record in use that were changed since; they stay, with all versions */
  changed: integer,
})

export type RecordsSinceJoin = In<typeof recordsSinceJoin>
