import type { BackupNote } from './wire.ts'

/**
 * The last backup, in IndexedDB: another part of the browser's storage than the database's own files, so that one
 * accident does not take both. Gzipped NDJSON of FHIR records, because the files of a database are not a backup:
 * their format changes with its version.
 */
export type KeptBackup = BackupNote & Readonly<{ content: Blob }>

const name = 'gable-backup'
const table = 'backup'
const key = 'last'

export async function keepBackup(backup: KeptBackup): Promise<void> {
  await inStore('readwrite', (store) => store.put(backup, key))
}

export async function lastBackup(): Promise<KeptBackup | undefined> {
  try {
    return (await inStore('readonly', (store) => store.get(key))) as KeptBackup | undefined
  } catch {
    return undefined
  }
}

async function inStore(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await openStore()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode, { durability: 'strict' })
      const request = work(transaction.objectStore(table))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    database.close()
  }
}

function openStore(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(table)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
