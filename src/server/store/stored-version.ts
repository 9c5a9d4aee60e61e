import type { Resource } from '@medplum/fhirtypes'
import type { Room } from '#domain/access/labels/access-label.ts'
import { nobodyInParticular } from './access/record-owner.ts'
import type { Kept } from './store.ts'

export type Row = {
  rt: string
  id: string
  vid: number
  ts: Date
  person: string | null
  room?: Room
  content: Resource | null
}

/** The record as it goes out, with the version and time that the columns hold. */
export function whole(row: Pick<Row, 'vid' | 'ts'> & { content: Resource }): Resource {
  const meta = {
    ...row.content.meta,
    versionId: String(row.vid),
    lastUpdated: row.ts.toISOString(),
  }
  return { ...row.content, meta }
}

export function kept(row: Row): Kept {
  const { content } = row
  return {
    type: row.rt as Resource['resourceType'],
    id: row.id,
    version: row.vid,
    at: row.ts.toISOString(),
    method: content === null ? 'delete' : row.vid === 1 ? 'create' : 'update',
    ...(row.person && row.person !== nobodyInParticular ? { person: row.person } : {}),
    ...(row.room ? { room: row.room } : {}),
    ...(content === null ? {} : { resource: whole({ ...row, content }) }),
  }
}
