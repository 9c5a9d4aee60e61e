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
  const forget = () => {
    opened = undefined
  }
  const begin = async (mode: IDBTransactionMode) => {
    opened ??= openDatabase(name, forget)
    const database = await opened.catch((cause: unknown) => {
      forget()
      throw cause
    })
    return database.transaction(store, mode, { durability: 'strict' })
  }
  /** A browser may close a database that is in use, to make room: then it is opened once more. */
  const transactionIn = async (mode: IDBTransactionMode) => {
    try {
      return await begin(mode)
    } catch {
      forget()
      return await begin(mode)
    }
  }
  const write = async (act: (to: IDBObjectStore) => void) => {
    const transaction = await transactionIn('readwrite')
    act(transaction.objectStore(store))
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onabort = () => reject(transaction.error)
    })
  }
  return {
    all: async () => {
      const from = (await transactionIn('readonly')).objectStore(store)
      return (await settled(from.getAll())) as readonly Sealed[]
    },
    put: (sealed) => write((to) => to.put(sealed)),
    remove: (keys) =>
      write((to) => {
        for (const key of keys) to.delete(key)
      }),
  }
}

async function openDatabase(name: string, onClose: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'key' })
  const database = await settled(request)
  database.onclose = onClose
  return database
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
