import type { Resource } from '@medplum/fhirtypes'
import { noteChange } from './changes.ts'
import { fhir } from './fhir-client.ts'
import { FhirError } from './fhir-error.ts'

/** Creates a record whose id its caller keeps over retries: a second arrival is the first one's. */
export async function createOnce(record: Resource & { id: string }): Promise<void> {
  try {
    await fhir.create(record)
  } catch (error) {
    if (!(error instanceof FhirError && error.kind === 'stale')) throw error
  }
  await noteChange([record.resourceType])
}
