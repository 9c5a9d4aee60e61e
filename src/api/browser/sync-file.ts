/** What a worker may do with a file that it alone has open. TypeScript knows it only in its worker library. */
export type SyncFile = Readonly<{
  write: (content: Uint8Array<ArrayBuffer>, options: { at: number }) => number
  truncate: (size: number) => void
  flush: () => void
  close: () => void
}>

/** Opens a file for this worker alone. Rejects while another worker has it, and where the browser can't. */
export async function openSyncFile(file: FileSystemFileHandle): Promise<SyncFile> {
  const inWorker = file as unknown as { createSyncAccessHandle: () => Promise<SyncFile> }
  return await inWorker.createSyncAccessHandle()
}
