import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/** What is on the device: nothing in it can be read without the key. */
export type EncryptedEntry = Readonly<{
  /** says nothing about its content */
  key: string
  /** the owner: a digest of the key */
  owner: string
  kind: EncryptedEntryKind
  /** instant after which it is deleted, with or without a key */
  until: string
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}>

/** Downloaded records, queued changes, unsaved text. */
export type EncryptedEntryKind = 'along' | 'waiting' | 'text'

/** A storage for encrypted entries that survives reloads and crashes. */
export type EncryptedEntryStore = Readonly<{
  all: () => Promise<readonly EncryptedEntry[]>
  put: (sealed: EncryptedEntry) => Promise<void>
  remove: (keys: readonly string[]) => Promise<void>
}>

const store = 'sealed'

interface Shelves extends DBSchema {
  sealed: { key: string; value: EncryptedEntry }
}

/** The storage of this browser. Each call settles when the browser says that it is on disk. */
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
  /** A browser may close a database in use, to free space: then it is opened once more. */
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

/** Rejects with the cause that the browser gives: `done` alone says only that it was aborted. */
async function onDisk(transaction: Ending, acts: readonly Promise<unknown>[]): Promise<void> {
  const ends = await Promise.allSettled([...acts, transaction.done])
  const refused = ends.find((each) => each.status === 'rejected')
  if (refused) throw transaction.error ?? refused.reason
}
