import {
  boolean,
  code,
  group,
  type In,
  instant,
  integer,
  list,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'

/** The result of `$verify-trail`. */
export const auditLogCheck = parameters({
  whole: boolean,
  ...{ blocks: integer, entries: integer, open: integer, brought: integer },
  broughtBy: list(group({ login: text, entries: integer, from: instant, to: instant })),
  /** empty if there is no block yet */
  upTo: instant,
  head: text,
  fault: optional(
    group({
      kind: code,
      ...{ block: optional(integer), entry: optional(integer), noted: optional(text) },
    }),
  ),
})

export type AuditLogCheck = In<typeof auditLogCheck>
