import { downloadRecords, removeDownloadedRecords } from './download-records.ts'
import { mustBeOpen } from './use-offline.ts'

/** Downloads the records of these people, as `downloadRecords` does. */
export async function downloadPatients(people: readonly string[]): Promise<void> {
  await downloadRecords(mustBeOpen(), people)
}

export async function removeDownload(person: string): Promise<void> {
  await removeDownloadedRecords(mustBeOpen(), person)
}
