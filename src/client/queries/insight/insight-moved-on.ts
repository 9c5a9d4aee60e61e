import { FhirError } from '#client/fhir/fhir-error.ts'

/** Somebody changed it since it was read. */
export class InsightMovedOn extends Error {
  override name = 'InsightMovedOn'
}

/** What the service refused because of a newer version, under that name; any other error as it is. */
export const asInsightMovedOn = (error: unknown): unknown =>
  error instanceof FhirError && error.status === 409
    ? new InsightMovedOn('changed since', { cause: error })
    : error
