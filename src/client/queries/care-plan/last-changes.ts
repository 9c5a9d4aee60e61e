import type { Bundle, Provenance } from '@medplum/fhirtypes'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { lastChangesRequest } from '#domain/agreement/last-changes.ts'

/** What was done to a person's plan, as far as its pages show it: not one record for every save. */
export async function lastChangesOf(
  patient: string,
  signal: AbortSignal,
): Promise<readonly Provenance[]> {
  try {
    const request = lastChangesRequest.write({ patient })
    const found = await fhir.operation<Bundle<Provenance>>(
      'Provenance/$last-changes',
      request,
      signal,
    )
    return (found.entry ?? []).flatMap(({ resource }) => resource ?? [])
  } catch (error) {
    if (error instanceof FhirError && error.kind === 'forbidden') return []
    throw error
  }
}
