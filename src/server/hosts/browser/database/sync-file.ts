import { storageFull } from './storage-folder.ts'

/** What a worker may do with a file that it has open exclusively. TypeScript knows it only in its worker library. */
export type SyncFile = Readonly<{
  write: (content: Uint8Array<ArrayBuffer>, options: { at: number }) => number
  truncate: (size: number) => void
  flush: () => void
  close: () => void
}>

/** Opens a file for this worker only. Rejects while another worker has it, and if the browser cannot. */
export async function openSyncFile(file: FileSystemFileHandle): Promise<SyncFile> {
  const inWorker = file as unknown as { createSyncAccessHandle: () => Promise<SyncFile> }
  return await inWorker.createSyncAccessHandle()
}

type Written = { write: (content: ArrayBufferView, options?: { at?: number }) => number }

type InWorker = { FileSystemSyncAccessHandle?: { prototype: Written } }

const refusing = new WeakSet<Written>()

/**
 * Chromium does not throw if there is no space for a write: it returns a number that is not how many bytes were
 * written. This wrapper throws, for all callers, above all PGlite.
 */
export function refuseShortWrites(): void {
  const { FileSystemSyncAccessHandle: kind } = globalThis as unknown as InWorker
  if (!kind || refusing.has(kind.prototype)) return
  const { prototype } = kind
  refusing.add(prototype)
  const { write } = prototype
  prototype.write = function whole(content, options) {
    const written = write.call(this, content, options)
    if (written !== content.byteLength) throw storageFull()
    return written
  }
}
