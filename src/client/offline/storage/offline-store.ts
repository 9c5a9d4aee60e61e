import type { Parameters, Resource } from '@medplum/fhirtypes'
import { type SerialQueue, serialQueue } from '#domain/async/serial-queue.ts'
import { mergeJson } from '#domain/merge/merge-json.ts'
import { type IdentifiedResource, type QueuedSave, referenceOf } from '#domain/sync/queued-save.ts'
import { type EncryptedStore, openEncryptedStore, removeExpired } from './encrypted-store.ts'
import type { EncryptedEntryStore } from './indexeddb-store.ts'

/** One person whose record is downloaded. */
export type OfflineRecord = Readonly<{
  id: string
  family: string
  given: string
  /** instant as of which the record is */
  takenAt: string
  /** the day from which its readings are here; absent: all of them, from before this was limited */
  readingsSince?: string
  records: readonly IdentifiedResource[]
  score?: Parameters
}>

/** What belongs to no person: forms, colleagues; and the worklists, reduced to the people downloaded. */
export type SharedOfflineData = Readonly<{
  records: readonly IdentifiedResource[]
  today?: Parameters
  caseload?: Parameters
}>

/** The data that a nurse has on this device, open: in memory, and every change is on disk before it counts. */
export type OfflineStore = Readonly<{
  vault: EncryptedStore
  people: () => readonly OfflineRecord[]
  bag: () => SharedOfflineData
  waiting: () => readonly QueuedSave[]
  /** the current records with queued changes applied, by `Type/id` */
  records: () => ReadonlyMap<string, IdentifiedResource>
  keepPerson: (person: OfflineRecord) => Promise<void>
  leavePerson: (id: string) => Promise<void>
  keepBag: (bag: SharedOfflineData) => Promise<void>
  keepWaiting: (save: QueuedSave) => Promise<void>
  dropWaiting: (ids: readonly string[]) => Promise<void>
  /** tasks of one name run one after another, also across all tabs of this browser */
  alone: <T>(name: 'keep' | 'send', work: () => Promise<T>) => Promise<T>
  /** instant at which what was downloaded at `takenAt` expires */
  until: (takenAt: string) => string
  /** reads again what another tab has changed */
  reload: () => Promise<void>
  /**
   * Deletes downloads and stores no more of them, however late they arrive. Changes can still be queued, and removed
   * when sent.
   */
  close: () => Promise<void>
  /** aborted when it is closed */
  closed: AbortSignal
}>

type Settings = Readonly<{
  deviceKey: string
  shelf: EncryptedEntryStore
  /** instant at which what was downloaded at `takenAt` expires; asked each time, because a session goes on over days */
  until: (takenAt: string) => string
  now: () => Date
  /** called after each change; `here`: made by this tab */
  onChange?: (here: boolean) => void
}>

/** How long unsent text is kept, encrypted, for its writer to come back. */
const daysToComeBack = 30

export function unsentKeptUntil(now: Date): string {
  return new Date(now.getTime() + daysToComeBack * 86_400_000).toISOString()
}

const emptyBag: SharedOfflineData = { records: [] }
const bagSlot = 'bag'

/** Opens what the owner of the key has on this device, and deletes expired entries and other users' downloads. */
export async function openOfflineStore(settings: Settings): Promise<OfflineStore> {
  const { deviceKey, shelf, until, now, onChange = () => undefined } = settings
  const store = await openEncryptedStore(deviceKey, shelf)
  await removeExpired(shelf, now(), store.owner)
  await store.wipeOthers()
  let people: readonly OfflineRecord[] = []
  let shared = emptyBag
  let waiting: readonly QueuedSave[] = []
  let records: ReadonlyMap<string, IdentifiedResource> = new Map()
  const settle = (here = true) => {
    records = standing(people, shared, waiting)
    onChange(here)
  }
  const over = new AbortController()
  const closed = over.signal
  // disk and memory change together: one change after the other
  const next = serialQueue()
  const onAlong = (work: () => Promise<void>) =>
    next(async () => {
      if (!closed.aborted) await work()
    })
  const readAlong = async () => {
    // a save that is being queued while it closes still finds its owner
    if (closed.aborted) return
    const downloaded = await store.all('along')
    shared = (downloaded.get(bagSlot) as SharedOfflineData | undefined) ?? emptyBag
    people = [...downloaded].flatMap(([slot, value]) =>
      slot === bagSlot ? [] : [value as OfflineRecord],
    )
  }
  const reload = () =>
    next(async () => {
      await readAlong()
      const saves = [...(await store.all('waiting')).values()] as QueuedSave[]
      waiting = saves.toSorted((one, other) => one.place - other.place)
      settle(false)
    })
  await reload()
  return {
    vault: store,
    people: () => people,
    bag: () => shared,
    waiting: () => waiting,
    records: () => records,
    keepPerson: (person) =>
      onAlong(async () => {
        await store.put('along', person.id, person, until(person.takenAt))
        people = [...people.filter((each) => each.id !== person.id), person]
        settle()
      }),
    leavePerson: (id) =>
      onAlong(async () => {
        await store.remove('along', [id])
        people = people.filter((each) => each.id !== id)
        settle()
      }),
    keepBag: (fresh) =>
      onAlong(async () => {
        // the lists name the people downloaded: they are deleted with the last of them
        const last = people
          .map((each) => each.takenAt)
          .toSorted()
          .at(-1)
        await store.put('along', bagSlot, fresh, until(last ?? now().toISOString()))
        shared = fresh
        settle()
      }),
    keepWaiting: (save) =>
      next(async () => {
        await store.put('waiting', save.id, save, unsentKeptUntil(now()))
        const others = waiting.filter((each) => each.id !== save.id)
        waiting = [...others, save].toSorted((one, other) => one.place - other.place)
        settle()
      }),
    dropWaiting: (ids) =>
      next(async () => {
        await store.remove('waiting', ids)
        waiting = waiting.filter((each) => !ids.includes(each.id))
        settle()
      }),
    async close() {
      over.abort()
      // after what is being written
      await next(() => store.wipe(['along']))
    },
    alone: aloneIn(),
    ...{ until, reload, closed },
  }
}

/** One task after another: across all tabs if the browser supports it, otherwise within this one. */
function aloneIn(): OfflineStore['alone'] {
  const within: Record<string, SerialQueue> = {}
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const locks = globalThis.navigator?.locks
    if (locks) return (await locks.request(`gable-device-${name}`, work)) as T
    within[name] ??= serialQueue()
    return await within[name](work)
  }
}

function standing(
  people: readonly OfflineRecord[],
  shared: SharedOfflineData,
  waiting: readonly QueuedSave[],
): ReadonlyMap<string, IdentifiedResource> {
  const all = [...shared.records, ...people.flatMap((person) => person.records)]
  const records = new Map(all.map((each) => [referenceOf(each), each]))
  const known = new Set(people.map((person) => person.id))
  for (const save of waiting.filter((each) => known.has(each.person))) {
    for (const { base, mine } of save.records) {
      records.set(referenceOf(mine), onTopOf(records.get(referenceOf(mine)), base, mine))
    }
  }
  return records
}

/** My change over the current record: what was loaded after I wrote keeps other people's text. */
function onTopOf(
  current: IdentifiedResource | undefined,
  base: Resource | undefined,
  mine: IdentifiedResource,
): IdentifiedResource {
  if (!current || !base) return mine
  const { merged } = mergeJson<IdentifiedResource>({ base, mine, theirs: current })
  return mine.meta ? { ...merged, meta: mine.meta } : merged
}
