import { deleteDB, openDB } from 'idb'
import type { Storage } from '#server/hosts/browser/tabs/tab-channels.ts'
import { isFull } from '#server/http/database-error.ts'
import { storageFull } from './storage-folder.ts'
import { openSyncFile } from './sync-file.ts'
import { tryStorage } from './try-storage.ts'

/** PGlite keeps about this many files open at once; some browsers allow far fewer. */
const handlesNeeded = 400
/** Bytes; any database takes more. */
const leastRoom = 32_000_000
const probeFolder = 'gable-probe'

/**
 * The safest place for records that this browser offers. Determined once, before the first database is created. Rejects
 * if there is no space: a browser that could store records is not mistaken for one that cannot.
 */
export async function chooseStorageKind(): Promise<Storage> {
  const storage = await bestStorage()
  if (storage !== 'memory' && !(await tryStorage(leastRoom))) throw storageFull()
  return storage
}

async function bestStorage(): Promise<Storage> {
  if (await opfsHoldsEnough()) return 'opfs'
  return (await indexedDbOpens()) ? 'indexeddb' : 'memory'
}

type Handle = Readonly<{ close: () => void }>

async function opfsHoldsEnough(): Promise<boolean> {
  const open: Handle[] = []
  try {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(probeFolder, { create: true })
    for (let number = 0; number < handlesNeeded; number += 50) {
      const batch = Array.from({ length: 50 }, (_, index) => openOne(folder, `${number + index}`))
      open.push(...(await Promise.all(batch)))
    }
    return true
  } catch (cause) {
    if (isFull(cause)) throw cause
    return false
  } finally {
    for (const handle of open) handle.close()
    await removeFolder(probeFolder)
  }
}

async function openOne(folder: FileSystemDirectoryHandle, name: string): Promise<Handle> {
  const file = await folder.getFileHandle(name, { create: true })
  return await openSyncFile(file)
}

/** The browser releases the files of a closed page a moment later: until then it keeps the folder. */
export async function removeFolder(name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      const root = await navigator.storage.getDirectory()
      await root.removeEntry(name, { recursive: true })
      return
    } catch (cause) {
      // it was not there, or there is no such store
      if ((cause as { name?: unknown } | null)?.name !== 'NoModificationAllowedError') return
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function indexedDbOpens(): Promise<boolean> {
  try {
    const database = await openDB('gable-probe')
    database.close()
    void deleteDB('gable-probe').catch(() => undefined)
    return true
  } catch (cause) {
    if (isFull(cause)) throw cause
    return false
  }
}
