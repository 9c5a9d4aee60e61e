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

/** What `$verify-trail` answers. */
export const auditLogCheck = parameters({
  whole: boolean,
  ...{ blocks: integer, entries: integer, open: integer, brought: integer },
  broughtBy: list(group({ login: text, entries: integer, from: instant, to: instant })),
  /** empty when nothing is closed yet */
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
