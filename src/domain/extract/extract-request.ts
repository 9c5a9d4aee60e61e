import { code, type In, parameters, text } from '#domain/fhir/parameters.ts'

/** `csv` and `parquet`: the rows; `dictionary`: what the columns mean, without a row. */
export const extractFormats = ['csv', 'parquet', 'dictionary'] as const
export type ExtractFormat = (typeof extractFormats)[number]

/** The input of `$extract`: what for, and who will have it, in the asker’s words. */
export const extractRequest = parameters({ format: code, purpose: text, recipient: text })
export type ExtractRequest = In<typeof extractRequest>

export const longestExtractWords = 500
