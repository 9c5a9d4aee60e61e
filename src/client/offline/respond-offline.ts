import type { BundleEntry } from '@medplum/fhirtypes'
import { now } from '#client/clock.ts'
import type { FhirError } from '#client/fhir/fhir-error.ts'
import type { StandIn } from '#client/fhir/offline-responder.ts'
import { type Kept, referenceOf } from '#domain/sync/queued-save.ts'
import { freshen, takeAgain } from './download-records.ts'
import { answerFrom, entriesOf } from './offline-fhir.ts'
import type { Device } from './offline-store.ts'
import { keepForLater } from './queue-write.ts'

type Facts = Readonly<{
  device: () => Device | undefined
  isAway: () => boolean
  /** a call came to nothing; says whether the network did, or that call alone */
  onLoss: () => Promise<'away' | 'here'>
}>

/** The device as the one who answers when the network does not. It helps only who has taken people along. */
export function deviceStandIn({ device, isAway, onLoss }: Facts): StandIn {
  const along = () => {
    const open = device()
    return open && open.people().length > 0 ? open : undefined
  }
  return {
    isAway: () => isAway() && along() !== undefined,
    async answer(call) {
      const open = along()
      if (!open) throw new Error('Nothing is downloaded to this device')
      return await answerFrom(open, call)
    },
    async afterLoss(call, lost) {
      const entries = entriesOf(call)
      const open = along()
      if (entries && open) {
        // the words first: to ask whether the network is gone takes its time
        return await keepDoubtful(open, entries, lost).finally(() => void onLoss())
      }
      const where = await onLoss()
      if (!open || where === 'here') throw lost
      return await answerFrom(open, call)
    },
    afterWrite(call) {
      const open = device()
      const written = (entriesOf(call) ?? []).flatMap(({ resource }) => resource ?? [])
      if (open && written.length > 0) quietly(freshen(open, written.map(referenceOf), 'mine'))
    },
    afterGap() {
      const open = device()
      if (open) quietly(takeAgain(open))
    },
    afterChange(reference) {
      const open = device()
      if (open) quietly(freshen(open, [reference], 'theirs'))
    },
  }
}

/** What could not be fetched is what stays: nobody asked for it, and nobody waits. */
function quietly(work: Promise<void>): void {
  work.catch(() => undefined)
}

/** It went out, and whether it arrived nobody knows: it is kept with that doubt, and looked up before it is sent again. */
async function keepDoubtful(device: Device, entries: readonly BundleEntry[], lost: FhirError) {
  try {
    const attempt = entries.map(({ resource, request }) => {
      // a deletion does not wait
      if (!resource) throw lost
      return sentAs(resource as Kept, request?.ifMatch)
    })
    const kept = await keepForLater(device, entries, { at: now().toISOString(), attempt })
    return entries.length === 1 ? kept[0] : undefined
  } catch {
    throw lost
  }
}

function sentAs(resource: Kept, ifMatch: string | undefined): Kept {
  const { versionId: _version, ...meta } = resource.meta ?? {}
  const versionId = ifMatch?.match(/"(.+)"/)?.[1]
  return { ...resource, meta: versionId ? { ...meta, versionId } : meta }
}
