import type { BundleEntry } from '@medplum/fhirtypes'
import { recordsIn } from '#client/cache/records-at-hand.ts'
import { now } from '#client/clock.ts'
import type { FhirError } from '#client/fhir/fhir-error.ts'
import type { OfflineResponder } from '#client/fhir/offline-responder.ts'
import { type IdentifiedResource, referenceOf } from '#domain/sync/queued-save.ts'
import { downloadRecordsAgain, refreshDownloadedRecords } from './download-records.ts'
import { offlineEntriesOf, offlineFhirAnswer } from './offline-fhir.ts'
import { queueWrite } from './queue-write.ts'
import type { OfflineStore } from './storage/offline-store.ts'

type Facts = Readonly<{
  device: () => OfflineStore | undefined
  isAway: () => boolean
  /** a request failed; returns whether the network did, or that request alone */
  onLoss: () => Promise<'away' | 'here'>
}>

/** The device as the responder when the network does not answer. It helps only a user who has downloaded people. */
export function respondOffline({ device, isAway, onLoss }: Facts): OfflineResponder {
  const downloaded = () => {
    const open = device()
    return open && open.people().length > 0 ? open : undefined
  }
  return {
    isAway: () => isAway() && downloaded() !== undefined,
    async answer(call) {
      const open = downloaded()
      if (!open) throw new Error('Nothing is downloaded to this device')
      return await offlineFhirAnswer(open, call)
    },
    async afterLoss(call, lost) {
      const entries = offlineEntriesOf(call)
      const open = downloaded()
      if (entries && open) {
        // queue the text first: checking whether the network is gone takes time
        return await keepDoubtful(open, entries, lost).finally(() => void onLoss())
      }
      const where = await onLoss()
      if (!open || where === 'here') throw lost
      return await offlineFhirAnswer(open, call)
    },
    afterWrite(call, answer) {
      const open = device()
      const written = (offlineEntriesOf(call) ?? []).flatMap(({ resource }) => resource ?? [])
      const records = recordsIn(answer) as IdentifiedResource[]
      if (open && written.length > 0)
        quietly(refreshDownloadedRecords(open, written.map(referenceOf), 'mine', records))
    },
    afterGap() {
      const open = device()
      if (open) quietly(downloadRecordsAgain(open))
    },
    afterChange(reference) {
      const open = device()
      if (open) quietly(refreshDownloadedRecords(open, [reference], 'theirs'))
    },
  }
}

/** A failed automatic read stays failed: no user requested it, and none is waiting. */
function quietly(work: Promise<void>): void {
  work.catch(() => undefined)
}

/** It was sent, and it is unknown whether it arrived: it is queued as such, and checked before it is sent again. */
async function keepDoubtful(
  device: OfflineStore,
  entries: readonly BundleEntry[],
  lost: FhirError,
) {
  try {
    const attempt = entries.map(({ resource, request }) => {
      // a deletion is not queued
      if (!resource) throw lost
      return sentAs(resource as IdentifiedResource, request?.ifMatch)
    })
    const queued = await queueWrite(device, entries, { at: now().toISOString(), attempt })
    return entries.length === 1 ? queued[0] : undefined
  } catch {
    throw lost
  }
}

function sentAs(resource: IdentifiedResource, ifMatch: string | undefined): IdentifiedResource {
  const { versionId: _version, ...meta } = resource.meta ?? {}
  const versionId = ifMatch?.match(/"(.+)"/)?.[1]
  return { ...resource, meta: versionId ? { ...meta, versionId } : meta }
}
