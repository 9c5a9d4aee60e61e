import type { Resource } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { nobodyInParticular } from './access/record-owner.ts'
import type { StoredVersion } from './store.ts'

export type StoredVersionRow = {
  rt: string
  id: string
  vid: number
  ts: Date
  person: string | null
  room?: AccessLabel
  content: Resource | null
}

/** The record as it is sent, with the version and time from the columns. */
export function completeRow(
  row: Pick<StoredVersionRow, 'vid' | 'ts'> & { content: Resource },
): Resource {
  const meta = {
    ...row.content.meta,
    versionId: String(row.vid),
    lastUpdated: row.ts.toISOString(),
  }
  return { ...row.content, meta }
}

export function storedVersion(row: StoredVersionRow): StoredVersion {
  const { content } = row
  return {
    type: row.rt as Resource['resourceType'],
    id: row.id,
    version: row.vid,
    at: row.ts.toISOString(),
    method: content === null ? 'delete' : row.vid === 1 ? 'create' : 'update',
    ...(row.person && row.person !== nobodyInParticular ? { person: row.person } : {}),
    ...(row.room ? { room: row.room } : {}),
    ...(content === null ? {} : { resource: completeRow({ ...row, content }) }),
  }
}
