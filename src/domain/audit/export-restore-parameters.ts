import { integer, optional, parameters, text } from '#domain/fhir/parameters.ts'

/** The result of `$restore`: how many records were restored, how many were not changed, and the checksum of the backup. */
export const restoreParameters = parameters({ records: integer, kept: integer, sum: text })

/** The input of `$export-record`; both are for professionals. */
export const exportParameters = parameters({ copy: optional(text), reason: optional(text) })

/** The input of `$document`: as for `$export-record`, and in which form: bundle, page or text. */
export const documentParameters = parameters({
  ...{ copy: optional(text), reason: optional(text), format: optional(text) },
  /** of the fixed words of the file */
  language: optional(text),
})
