import { deleteDB, openDB } from 'idb'
import { openSyncFile } from './sync-file.ts'

const name = 'gable-room'

/**
 * Whether so many bytes can still be stored here. It is tried: browsers overstate their space, so that nobody learns
 * how large a disk is.
 */
export async function tryStorage(bytes: number): Promise<boolean> {
  try {
    const root = await navigator.storage.getDirectory().catch(() => undefined)
    await (root ? tryFile(root, bytes) : tryIndexedDb(bytes))
    return true
  } catch {
    return false
  }
}

async function tryFile(root: FileSystemDirectoryHandle, bytes: number): Promise<void> {
  const file = await root.getFileHandle(name, { create: true })
  try {
    const handle = await openSyncFile(file)
    try {
      handle.truncate(bytes)
    } finally {
      handle.close()
    }
  } finally {
    await root.removeEntry(name)
  }
}

async function tryIndexedDb(bytes: number): Promise<void> {
  try {
    const database = await openDB(name, 1, {
      upgrade(made) {
        const put = made.createObjectStore(name).put(new Blob([new Uint8Array(bytes)]), 1)
        // then it is not opened either
        put.catch(() => undefined)
      },
    })
    database.close()
  } finally {
    void deleteDB(name).catch(() => undefined)
  }
}
