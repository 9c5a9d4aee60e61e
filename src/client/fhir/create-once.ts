import type { Resource } from '@medplum/fhirtypes'
import { asOwnWrite } from '#client/cache/own-writes.ts'
import { isFromServer, noteSaved } from '#client/cache/records-at-hand.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { canonical } from '#domain/merge/merge-json.ts'
import { versionAfter } from '#domain/sync/queued-save.ts'
import { noteChangeEvent } from './change-events.ts'
import { fhir } from './fhir-client.ts'
import { FhirError } from './fhir-error.ts'

type Own = ResourceWithId
/** Moments that the service writes itself, whatever is sent. */
type Dated = Readonly<{
  dated?: readonly string[]
  /** moments that are part of what somebody wrote, and no time of sending */
  exact?: readonly string[]
}>

/**
 * Creates a record whose id its caller keeps over retries. If the first try had arrived after all, its text is replaced
 * by this one. Rejects with `FhirError`, `stale` if somebody else has changed the record since.
 */
export async function createOnce(record: Own, moments: Dated = {}): Promise<void> {
  try {
    const made = await asOwnWrite([versionAfter(record)], () => fhir.create(record), isFromServer)
    if (isFromServer(made)) return await noteSaved([made])
  } catch (error) {
    if (!(error instanceof FhirError && error.kind === 'stale')) throw error
    const current = await fhir.read(record.resourceType, record.id)
    const corrected = corrections(record, current, moments)
    if (corrected) await fhir.update(corrected)
  }
  await noteChangeEvent([record.resourceType])
}

/**
 * What still has to be written when a record is sent again under the same id; undefined if it is stored already. Throws
 * `stale` if it was changed after it was created: a person must see the conflict.
 */
export function corrections<T extends Own>(
  record: T,
  current: Resource | undefined,
  moments: Dated = {},
): T | undefined {
  if (!current) return record
  if (wordsOf(record, moments) === wordsOf(current, moments)) return undefined
  const { versionId } = current.meta ?? {}
  if (versionId !== '1') throw new FhirError({ status: 412, text: 'Changed since it was created' })
  return { ...record, meta: { ...record.meta, versionId } }
}

/** The time of sending differs at each try. */
const instants: readonly string[] = ['meta', 'sent', 'authoredOn']

function wordsOf(record: Resource, { dated = [], exact = [] }: Dated): string {
  const { extension = [], ...fields } = record as { extension?: readonly { url?: string }[] }
  const others = extension.filter(({ url }) => !url?.endsWith('/written'))
  const left = [...instants, ...dated].filter((name) => !exact.includes(name))
  const said = Object.entries(fields).filter(([name]) => !left.includes(name))
  return canonical({ ...Object.fromEntries(said), extension: others })
}
