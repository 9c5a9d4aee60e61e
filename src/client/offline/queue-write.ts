import type { BundleEntry, Provenance, Resource } from '@medplum/fhirtypes'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { agreementFromFhir } from '#domain/agreement/fhir.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'
import {
  type IdentifiedResource,
  type QueuedRecord,
  type QueuedSave,
  referenceOf,
} from '#domain/sync/queued-save.ts'
import { isHandOver } from '#domain/team/hand-over-fhir.ts'
import { notDownloaded } from './offline-search.ts'
import type { OfflineRecord, OfflineStore } from './storage/offline-store.ts'

/**
 * Kinds of record whose changes can be queued. Who may see a record, who is in a team, and requests to others cannot
 * be queued.
 */
const canWait: readonly string[] = [
  ...['Goal', 'Task', 'Condition', 'Observation', 'CarePlan', 'Provenance', 'Communication'],
  ...['QuestionnaireResponse', 'Flag', 'Encounter'],
]

const needsNetwork = () => new FhirError({ kind: 'needs-network', status: 0 })
const stale = () => new FhirError({ status: 412, text: 'This was changed after it was read' })

/**
 * Queues a save until there is a network: all of its records or none, each against the version read here. Settles when
 * it is on disk. Rejects with a `FhirError`: `stale` as the server would, `not-downloaded` for a person whose record is not
 * here, `needs-network` for what must not wait.
 */
export async function queueWrite(
  device: OfflineStore,
  entries: readonly BundleEntry[],
  facts: Readonly<{ at: string; attempt?: readonly IdentifiedResource[] }>,
): Promise<readonly IdentifiedResource[]> {
  return await device.alone('keep', async () => {
    // another tab may have queued something in the meantime
    await device.reload()
    const records = entries.map((entry) => waitingRecord(device, entry, facts.at))
    const { id: person, given, family } = personOf(device, records)
    const last = device.waiting().at(-1)
    const place = (last?.place ?? 0) + 1
    const name = `${given} ${family}`.trim()
    const fresh: QueuedSave = {
      ...{ id: crypto.randomUUID(), place, at: facts.at, person, name, records },
    }
    const save = facts.attempt ? { ...fresh, attempt: facts.attempt } : joined(last, fresh)
    await device.keepWaiting(save)
    return records.map((each) => each.mine)
  })
}

function waitingRecord(device: OfflineStore, entry: BundleEntry, at: string): QueuedRecord {
  const { resource, request } = entry
  if (!resource?.id || request?.method !== 'PUT') throw needsNetwork()
  const base = device.records().get(referenceOf(resource))
  if (!mayWait(resource, base)) throw needsNetwork()
  const isNew = request.ifNoneMatch === '*'
  if (isNew ? base : request.ifMatch !== `W/"${base?.meta?.versionId}"`) throw stale()
  const versionId = String(Number(base?.meta?.versionId ?? 0) + 1)
  const mine = {
    ...resource,
    meta: { ...resource.meta, versionId, lastUpdated: at },
  } as IdentifiedResource
  return base ? { base, mine } : { mine }
}

/**
 * An agreement to a plan is to its exact text, and only the server knows whether that is still current. A hand-over to
 * another practice changes who can see the person.
 */
function mayWait(resource: Resource, base: Resource | undefined): boolean {
  if (isHandOver(resource)) return false
  const isAnswer = resource.resourceType === 'Provenance' && isAgreement(resource)
  return (canWait.includes(resource.resourceType) && !isAnswer) || isOnlyReached(resource, base)
}

/** Contact details can wait; a person's identity, and who can see the record, cannot. */
const isOnlyReached = (resource: Resource, base: Resource | undefined) =>
  base !== undefined &&
  ['Patient', 'RelatedPerson'].includes(resource.resourceType) &&
  changedElements(base, resource).every((each) => ['telecom', 'address'].includes(each))

const isAgreement = (provenance: Provenance) => agreementFromFhir(provenance) !== undefined

function personOf(device: OfflineStore, records: readonly QueuedRecord[]): OfflineRecord {
  const named = records.flatMap(({ mine }) => patientsOf(mine))
  const downloaded = new Map(device.people().map((person) => [person.id, person]))
  const person = downloaded.get(named[0] ?? '')
  if (!person || named.some((each) => !downloaded.has(each))) throw notDownloaded()
  return person
}

const names = (save: QueuedSave) => save.records.map((each) => referenceOf(each.mine)).join(' ')

/** Several edits of the same records are one save: the state before the first edit is the base of all. */
function joined(last: QueuedSave | undefined, fresh: QueuedSave): QueuedSave {
  if (!last || last.attempt || last.trouble || names(last) !== names(fresh)) return fresh
  const records = fresh.records.map(({ mine }, at) => {
    const base = last.records[at]?.base
    return base ? { base, mine } : { mine }
  })
  return { ...last, at: fresh.at, records }
}
