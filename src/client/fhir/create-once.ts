import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { canonical } from '#domain/merge/merge-json.ts'
import { noteChangeEvent } from './change-events.ts'
import { fhir } from './fhir-client.ts'
import { FhirError } from './fhir-error.ts'

type Own = ResourceWithId

/**
 * Creates a record whose id its caller keeps over retries. When the first try had arrived after all, its words are made
 * those of this one. Rejects with `FhirError`, `stale` when somebody else has written on since.
 */
export async function createOnce(record: Own): Promise<void> {
  try {
    await fhir.create(record)
  } catch (error) {
    if (!(error instanceof FhirError && error.kind === 'stale')) throw error
    const corrected = corrections(record, await fhir.read(record.resourceType, record.id))
    if (corrected) await fhir.update(corrected)
  }
  await noteChangeEvent([record.resourceType])
}

/**
 * What is still to be written of a record that its writer sends again under the same id; undefined when it stands.
 * Throws `stale` when it has been changed since it was created: then whose words stand is for a person to see.
 */
export function corrections<T extends Own>(record: T, stands: Resource | undefined): T | undefined {
  if (!stands) return record
  if (wordsOf(record) === wordsOf(stands)) return undefined
  const { versionId } = stands.meta ?? {}
  if (versionId !== '1') throw new FhirError({ status: 412, text: 'Changed since it was created' })
  return { ...record, meta: { ...record.meta, versionId } }
}

/** When it was sent is another instant at each try. */
const instants: readonly string[] = ['meta', 'sent', 'authoredOn']

function wordsOf(record: Resource): string {
  const { extension = [], ...fields } = record as { extension?: readonly { url?: string }[] }
  const others = extension.filter(({ url }) => !url?.endsWith('/written'))
  const said = Object.entries(fields).filter(([name]) => !instants.includes(name))
  return canonical({ ...Object.fromEntries(said), extension: others })
}
