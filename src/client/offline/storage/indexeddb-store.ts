import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** What lies on the device: nothing in it can be read without the key. */
export type EncryptedEntry = Readonly<{
  /** says nothing about what is inside */
  key: string
  /** whose it is: a digest of her key */
  owner: string
  kind: EncryptedEntryKind
  /** instant after which it is thrown away, key or no key */
  until: string
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}>

/** Records taken along, saves that wait, words that were typed and not saved. */
export type EncryptedEntryKind = 'along' | 'waiting' | 'text'

/** A place that keeps sealed things over reloads and crashes. */
export type EncryptedEntryStore = Readonly<{
  all: () => Promise<readonly EncryptedEntry[]>
  put: (sealed: EncryptedEntry) => Promise<void>
  remove: (keys: readonly string[]) => Promise<void>
}>

const store = 'sealed'

interface Shelves extends DBSchema {
  sealed: { key: string; value: EncryptedEntry }
}

/** The shelf of this browser. Each call settles when the browser says that it is on disk. */
export function openIndexedDbStore(name = 'gable-device'): EncryptedEntryStore {
  let opened: Promise<IDBPDatabase<Shelves>> | undefined
  const forget = () => {
    opened = undefined
  }
  const open = () =>
    openDB<Shelves>(name, 1, {
      upgrade: (database) => database.createObjectStore(store, { keyPath: 'key' }),
      terminated: forget,
    })
  const begin = async <Mode extends 'readonly' | 'readwrite'>(mode: Mode) => {
    opened ??= open()
    const database = await opened.catch((cause: unknown) => {
      forget()
      throw cause
    })
    return database.transaction(store, mode, { durability: 'strict' })
  }
  /** A browser may close a database that is in use, to make room: then it is opened once more. */
  const transactionIn = async <Mode extends 'readonly' | 'readwrite'>(mode: Mode) => {
    try {
      return await begin(mode)
    } catch {
      forget()
      return await begin(mode)
    }
  }
  return {
    all: async () => await (await transactionIn('readonly')).store.getAll(),
    put: async (sealed) => {
      const within = await transactionIn('readwrite')
      await onDisk(within, [within.store.put(sealed)])
    },
    remove: async (keys) => {
      const within = await transactionIn('readwrite')
      await onDisk(
        within,
        keys.map((key) => within.store.delete(key)),
      )
    },
  }
}

type Ending = Readonly<{ done: Promise<void>; error: DOMException | null }>

/** Rejects with what the browser says is the cause: `done` alone rejects with no more than that it was given up. */
async function onDisk(transaction: Ending, acts: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled([...acts, transaction.done])
  const refused = ends.find((each) => each.status === 'rejected')
  if (refused) throw transaction.error ?? refused.reason
}
