/** What lies on the device: nothing in it can be read without the key. */
export type Sealed = Readonly<{
  /** says nothing about what is inside */
  key: string
  /** whose it is: a digest of her key */
  owner: string
  kind: SealedKind
  /** instant after which it is thrown away, key or no key */
  until: string
  iv: Uint8Array<ArrayBuffer>
  data: ArrayBuffer
}>

/** Records taken along, saves that wait, words that were typed and not saved. */
export type SealedKind = 'along' | 'waiting' | 'text'

/** A place that keeps sealed things over reloads and crashes. */
export type Shelf = Readonly<{
  all: () => Promise<readonly Sealed[]>
  put: (sealed: Sealed) => Promise<void>
  remove: (keys: readonly string[]) => Promise<void>
}>

const store = 'sealed'

/** The shelf of this browser. Each call settles when the browser says that it is on disk. */
export function browserShelf(name = 'gable-device'): Shelf {
  let opened: Promise<IDBDatabase> | undefined
  const database = () => {
    opened ??= openDatabase(name).catch((cause: unknown) => {
      opened = undefined
      throw cause
    })
    return opened
  }
  const write = async (act: (to: IDBObjectStore) => void) => {
    const transaction = (await database()).transaction(store, 'readwrite', { durability: 'strict' })
    act(transaction.objectStore(store))
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  }
  return {
    all: async () => {
      const from = (await database()).transaction(store).objectStore(store)
      return (await settled(from.getAll())) as readonly Sealed[]
    },
    put: (sealed) => write((to) => to.put(sealed)),
    remove: (keys) =>
      write((to) => {
        for (const key of keys) to.delete(key)
      }),
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'key' })
  return settled(request)
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
