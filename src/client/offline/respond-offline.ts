import type { BundleEntry } from '@medplum/fhirtypes'
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
  /** a call came to nothing; says whether the network did, or that call alone */
  onLoss: () => Promise<'away' | 'here'>
}>

/** The device as the one who answers when the network does not. It helps only who has taken people along. */
export function respondOffline({ device, isAway, onLoss }: Facts): OfflineResponder {
  const along = () => {
    const open = device()
    return open && open.people().length > 0 ? open : undefined
  }
  return {
    isAway: () => isAway() && along() !== undefined,
    async answer(call) {
      const open = along()
      if (!open) throw new Error('Nothing is downloaded to this device')
      return await offlineFhirAnswer(open, call)
    },
    async afterLoss(call, lost) {
      const entries = offlineEntriesOf(call)
      const open = along()
      if (entries && open) {
        // the words first: to ask whether the network is gone takes its time
        return await keepDoubtful(open, entries, lost).finally(() => void onLoss())
      }
      const where = await onLoss()
      if (!open || where === 'here') throw lost
      return await offlineFhirAnswer(open, call)
    },
    afterWrite(call) {
      const open = device()
      const written = (offlineEntriesOf(call) ?? []).flatMap(({ resource }) => resource ?? [])
      if (open && written.length > 0)
        quietly(refreshDownloadedRecords(open, written.map(referenceOf), 'mine'))
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

/** What could not be fetched is what stays: nobody asked for it, and nobody waits. */
function quietly(work: Promise<void>): void {
  work.catch(() => undefined)
}

/** It went out, and whether it arrived nobody knows: it is kept with that doubt, and looked up before it is sent again. */
async function keepDoubtful(
  device: OfflineStore,
  entries: readonly BundleEntry[],
  lost: FhirError,
) {
  try {
    const attempt = entries.map(({ resource, request }) => {
      // a deletion does not wait
      if (!resource) throw lost
      return sentAs(resource as IdentifiedResource, request?.ifMatch)
    })
    const kept = await queueWrite(device, entries, { at: now().toISOString(), attempt })
    return entries.length === 1 ? kept[0] : undefined
  } catch {
    throw lost
  }
}

function sentAs(resource: IdentifiedResource, ifMatch: string | undefined): IdentifiedResource {
  const { versionId: _version, ...meta } = resource.meta ?? {}
  const versionId = ifMatch?.match(/"(.+)"/)?.[1]
  return { ...resource, meta: versionId ? { ...meta, versionId } : meta }
}
