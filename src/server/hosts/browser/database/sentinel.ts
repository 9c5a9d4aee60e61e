import { checkedJson } from '#domain/fhir/checked-json.ts'
import { type Sentinel, sentinelShape } from '#server/hosts/browser/tabs/tab-channels.ts'
import { openSyncFile } from './sync-file.ts'

/**
 * A marker outside the database that says: there is one. A damaged OPFS state file opens empty without an error, and a
 * browser under pressure may clear storage; without the marker either would look like an empty caseload. The page
 * keeps a second one in localStorage, because the same accident rarely clears both.
 */
const fileName = 'gable-sentinel.json'

export async function readSentinelFile(): Promise<Sentinel | undefined> {
  try {
    const root = await navigator.storage.getDirectory()
    const file = await (await root.getFileHandle(fileName)).getFile()
    return checkedJson(sentinelShape, await file.text())
  } catch {
    return undefined
  }
}

export async function writeSentinelFile(sentinel: Sentinel): Promise<void> {
  try {
    const root = await navigator.storage.getDirectory()
    const file = await root.getFileHandle(fileName, { create: true })
    const handle = await openSyncFile(file)
    try {
      handle.truncate(0)
      handle.write(new TextEncoder().encode(JSON.stringify(sentinel)), { at: 0 })
      handle.flush()
    } finally {
      handle.close()
    }
  } catch {
    // no OPFS on this device: there is only the page's own marker
  }
}
