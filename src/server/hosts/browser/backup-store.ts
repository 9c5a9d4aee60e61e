import { type DBSchema, type IDBPTransaction, openDB } from 'idb'
import type { BackupNote } from './tabs/tab-channels.ts'

/**
 * The last backup, in IndexedDB: another part of the browser's storage than the database's own files, so that one
 * accident does not take both. Gzipped NDJSON of FHIR records, because the files of a database are not a backup:
 * their format changes with its version.
 */
export type StoredBackup = BackupNote &
  Readonly<{
    content: Blob
    /** checksum of the whole backup on which these changes are based; absent: the shipped population */
    ground?: string
  }>

const name = 'gable-backup'
const table = 'backup'
const key = 'last'
const groundKey = (sum: string) => `ground-${sum}`

interface Backups extends DBSchema {
  backup: { key: string; value: StoredBackup | Blob }
}

export async function storeBackup(backup: StoredBackup): Promise<void> {
  await inStore('readwrite', ({ store }) => store.put(backup, key))
}

export async function lastBackup(): Promise<StoredBackup | undefined> {
  try {
    return (await inStore('readonly', ({ store }) => store.get(key))) as StoredBackup | undefined
  } catch {
    return undefined
  }
}

/** The file on which the records are based, until they are based on another one. */
export async function storeBaseline(sum: string, file: Blob): Promise<void> {
  await inStore('readwrite', ({ store }) => store.put(file, groundKey(sum)))
}

export async function storedBaseline(sum: string): Promise<Blob | undefined> {
  return (await inStore('readonly', ({ store }) => store.get(groundKey(sum)))) as Blob | undefined
}

/** Deletes the files on which no backup is based any more; all of them if there is no `sum`. */
export async function removeOtherBaselines(sum: string | undefined): Promise<void> {
  const keys = await inStore('readonly', ({ store }) => store.getAllKeys())
  const stays = [key, ...(sum ? [groundKey(sum)] : [])]
  for (const each of keys)
    if (!stays.includes(each)) await inStore('readwrite', ({ store }) => store.delete(each))
}

type Within<Mode extends 'readonly' | 'readwrite'> = IDBPTransaction<Backups, ['backup'], Mode>

async function inStore<Mode extends 'readonly' | 'readwrite', T>(
  mode: Mode,
  work: (within: Within<Mode>) => Promise<T>,
): Promise<T> {
  const database = await openDB<Backups>(name, 1, {
    upgrade: (made) => made.createObjectStore(table),
  })
  try {
    const within = database.transaction(table, mode, { durability: 'strict' })
    const [answer] = await Promise.all([work(within), within.done])
    return answer
  } finally {
    database.close()
  }
}
