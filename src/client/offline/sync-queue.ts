import type { Bundle, Resource } from '@medplum/fhirtypes'
import { callServer, writeEntry } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { findOrUndefined } from '#client/fhir/find-or-undefined.ts'
import { retry } from '#domain/async/retry.ts'
import { canonical, saysTheSame } from '#domain/merge/merge-json.ts'
import {
  dependsOn,
  type IdentifiedResource,
  needsDecision,
  type QueuedSave,
  referenceOf,
  type SyncProblem,
  versionAfter,
} from '#domain/sync/queued-save.ts'
import { rebasedSave } from '#domain/sync/rebase.ts'
import type { OfflineStore } from './storage/offline-store.ts'

type Outcome = 'done' | 'held' | 'stopped'

/**
 * Sends the queue in order, each save as one transaction and exactly once: what is sent is noted first, so that a lost
 * answer can be told from a lost request by the current records. A save that needs a decision is held with its reason,
 * together with those that depend on it; the others go on. A save on which the service fails is held until the next
 * time. Ends early if the server does not answer. Only one tab sends at a time.
 */
export async function syncQueue(device: OfflineStore): Promise<void> {
  await device.alone('send', async () => {
    await device.reload()
    const held: QueuedSave[] = []
    for (const save of device.waiting()) {
      const outcome = await sendUnlessHeld(device, save, held)
      if (outcome === 'stopped') return
      if (outcome === 'held') held.push(save)
    }
  })
}

async function sendUnlessHeld(
  device: OfflineStore,
  save: QueuedSave,
  held: readonly QueuedSave[],
): Promise<Outcome> {
  // the requests would go out in the name of the user who is here now
  if (device.closed.aborted) return 'stopped'
  if (needsDecision(save) || held.some((earlier) => dependsOn(save, earlier))) return 'held'
  return await sendOne(device, save.id)
}

const tries = 8

async function sendOne(device: OfflineStore, id: string): Promise<Outcome> {
  const outcome = await retry(() => tryOnce(device, id), {
    most: tries,
    isDone: (sent) => sent !== 'again',
    pauseMs: (attempt) => Math.random() * 20 * 2 ** attempt,
  })
  return outcome === 'again' ? 'stopped' : outcome
}

async function tryOnce(device: OfflineStore, id: string): Promise<Outcome | 'again'> {
  const save = device.waiting().find((each) => each.id === id)
  if (!save) return 'done'
  try {
    return await trySending(device, save)
  } catch (error) {
    return await outcomeOf(device, save, error)
  }
}

async function trySending(device: OfflineStore, save: QueuedSave): Promise<Outcome | 'again'> {
  if (save.attempt && (await hasArrived(save.attempt))) {
    return await done(device, save, save.attempt)
  }
  const standing = await Promise.all(save.records.map(({ mine }) => read(referenceOf(mine))))
  const ready = rebasedSave(save, standing)
  if ('trouble' in ready) return await hold(device, save, ready.trouble)
  if (ready.writes.length > 0) {
    const attempt = ready.writes
    const isNoted = await unchanged(device, save, (now) => device.keepWaiting({ ...now, attempt }))
    // another tab has added to it: then there is something else to send
    if (!isNoted) return 'again'
    if (device.closed.aborted) return 'stopped'
    await write(ready.writes)
  }
  return await done(device, save, ready.writes)
}

async function outcomeOf(
  device: OfflineStore,
  save: QueuedSave,
  error: unknown,
): Promise<Outcome | 'again'> {
  if (!(error instanceof FhirError)) throw error
  // somebody was first: read the current records again
  if (error.kind === 'stale') return 'again'
  const { kind, status, message: text } = error
  // too slow, too many, or closed for a while: not because of this save
  if ([408, 425, 429, 503].includes(status)) return 'stopped'
  if (kind === 'broken' || kind === 'full')
    return await hold(device, save, { why: 'failing', status })
  const isRefused = kind === 'refused' || kind === 'forbidden' || kind === 'missing'
  return isRefused ? await hold(device, save, { why: 'refused', status, text }) : 'stopped'
}

/** Runs `work` with the save while nobody can add to it; false if it has changed since it was read. */
async function unchanged(
  device: OfflineStore,
  save: QueuedSave,
  work: (now: QueuedSave) => Promise<void>,
): Promise<boolean> {
  return await device.alone('keep', async () => {
    await device.reload()
    const now = device.waiting().find((each) => each.id === save.id)
    if (!now || canonical(now.records) !== canonical(save.records)) return false
    await work(now)
    return true
  })
}

async function hold(
  device: OfflineStore,
  save: QueuedSave,
  trouble: SyncProblem,
): Promise<Outcome | 'again'> {
  // it may belong to somebody else
  if (device.closed.aborted) return 'stopped'
  const isHeld = await unchanged(device, save, (now) => device.keepWaiting({ ...now, trouble }))
  return isHeld ? 'held' : 'again'
}

/** What was sent is the current record, until it is loaded again. */
async function done(
  device: OfflineStore,
  save: QueuedSave,
  writes: readonly IdentifiedResource[],
): Promise<Outcome | 'again'> {
  const isDone = await unchanged(device, save, async () => {
    const person = device.people().find((each) => each.id === save.person)
    if (person && writes.length > 0) {
      const written = writes.map((each) => {
        const versionId = String(Number(each.meta?.versionId ?? 0) + 1)
        return { ...each, meta: { ...each.meta, versionId } }
      })
      const names = new Set(written.map(referenceOf))
      const others = person.records.filter((each) => !names.has(referenceOf(each)))
      await device.keepPerson({ ...person, records: [...others, ...written] })
    }
    await device.dropWaiting([save.id])
  })
  return isDone ? 'done' : 'again'
}

async function write(resources: readonly IdentifiedResource[]): Promise<void> {
  const entry = resources.map(writeEntry)
  const body: Bundle = { resourceType: 'Bundle', type: 'transaction', entry }
  await callServer({ method: 'POST', path: '', body })
}

const read = (path: string) =>
  findOrUndefined(callServer<IdentifiedResource>({ method: 'GET', path }))

/** All were written or none: every record is at the version it would have made, with exactly this text. */
async function hasArrived(attempt: readonly IdentifiedResource[]): Promise<boolean> {
  const found = await Promise.all(attempt.map((each) => read(versionAfter(each))))
  return attempt.every((each, at) => isSame(found[at], each))
}

const isSame = (found: Resource | undefined, sent: IdentifiedResource) =>
  found !== undefined && saysTheSame(asSent(found), asSent(sent))

const serverMarks = ['/earlier-words', '/decided', '/words-of', '/words-of-organisation']

/** Without what the server adds when it stores a record: the earlier text, who decided, whose words they are. */
function asSent(record: object): object {
  const { extension, ...rest } = record as { extension?: readonly { url: string }[] }
  const sent = extension?.filter(({ url }) => !serverMarks.some((mark) => url.endsWith(mark))) ?? []
  return sent.length > 0 ? { ...rest, extension: sent } : rest
}
