import { integer, optional, parameters, text } from '#domain/fhir/parameters.ts'

/** What `$restore` answers: how many records came in, how many stayed as they were, and the sum of the backup. */
export const restoreParameters = parameters({ records: integer, kept: integer, sum: text })

/** What `$export-record` is called with; both are for professionals. */
export const exportParameters = parameters({ copy: optional(text), reason: optional(text) })
