import { FhirError } from './fhir-error.ts'

const kinds: readonly string[] = ['offline', 'unreachable', 'broken']
/** rate limited, or a service that is closed for a while */
const statuses: readonly number[] = [429, 503]

/** Whether the same request may succeed a little later. */
export function isRetryable(error: unknown): error is FhirError {
  if (!(error instanceof FhirError)) return false
  return kinds.includes(error.kind) || statuses.includes(error.status)
}
