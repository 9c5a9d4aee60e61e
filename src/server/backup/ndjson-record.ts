import type { Bundle, Extension, Meta, Resource } from '@medplum/fhirtypes'
import { exactJson, readExactly, strangeNumberIn } from '#domain/decimal/digits.ts'
import { isResource } from '#domain/fhir/checked-json.ts'
import { gableUrl } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { BackupFault } from './tar.ts'

/** One version of a record with what the store knows about it. Content null: it was deleted then. */
export type VersionRow = Readonly<{
  rt: string
  id: string
  vid: number
  /** instant */
  ts: string
  person: string | null
  org: string | null
  room: string
  brought: boolean
  /** practitioners named by somebody without access to restricted records; for the current version */
  unvouched?: string | null
  content: Resource | null
}>

const keptUrl = gableUrl('kept')

type StoreFacts = Pick<VersionRow, 'person' | 'org' | 'room' | 'brought' | 'unvouched'>

function keptExtension({ person, org, room, brought, unvouched }: StoreFacts): Extension {
  const part = (url: string, valueString: string) => ({ url, valueString })
  return {
    url: keptUrl,
    extension: [
      part('room', room),
      ...(person ? [part('person', person)] : []),
      ...(org ? [part('organisation', org)] : []),
      ...(unvouched ? [part('unvouched', unvouched)] : []),
      ...(brought ? [{ url: 'brought', valueBoolean: true }] : []),
    ],
  }
}

function keptOf(extension: Extension | undefined): StoreFacts {
  const named = (url: string) => extension?.extension?.find((each) => each.url === url)
  return {
    person: named('person')?.valueString ?? null,
    org: named('organisation')?.valueString ?? null,
    room: named('room')?.valueString ?? 'professional',
    brought: named('brought')?.valueBoolean ?? false,
    unvouched: named('unvouched')?.valueString ?? null,
  }
}

/** A line of NDJSON: the record as FHIR has it, or a Bundle with the deletion (as Bulk Data does). */
export function ndjsonLineOf(row: VersionRow): string {
  const extension = keptExtension(row)
  const { rt, id, vid, ts, content } = row
  if (content) {
    const meta = {
      ...content.meta,
      extension: [...(content.meta?.extension ?? []), extension],
      versionId: String(vid),
      lastUpdated: ts,
    }
    return exactJson({ ...content, meta })
  }
  const gone: Bundle = {
    resourceType: 'Bundle',
    type: 'history',
    meta: { extension: [extension] },
    entry: [
      {
        request: { method: 'DELETE', url: `${rt}/${id}` },
        response: { status: '204', etag: `W/"${vid}"`, lastModified: ts },
      },
    ],
  }
  return JSON.stringify(gone)
}

/** Throws `BackupFault` for anything that is not a record, and if a number cannot be stored. */
export function recordOfLine(line: string): VersionRow {
  const record = recordIn(line)
  const strange = strangeNumberIn(record, record.resourceType)
  if (strange) throw new BackupFault(`${strange} is a number that cannot be stored`)
  if (record.resourceType === 'Bundle') return rowOfDeletion(record)
  const { versionId, lastUpdated, extension = [], ...meta } = record.meta ?? {}
  const storeFacts = extension.find((each) => each.url === keptUrl)
  const own = extension.filter((each) => each !== storeFacts)
  const left: Meta = { ...meta, ...(own.length > 0 ? { extension: own } : {}) }
  const { meta: _meta, ...rest } = record
  const content = (Object.keys(left).length > 0 ? { ...rest, meta: left } : rest) as Resource
  return {
    ...{ rt: record.resourceType, id: record.id, vid: Number(versionId), ts: lastUpdated ?? '' },
    ...keptOf(storeFacts),
    content,
  }
}

const isNamed = (record: Resource): record is ResourceWithId => typeof record.id === 'string'

function recordIn(line: string): ResourceWithId | Bundle {
  const record = parsed(line)
  // a deletion is a bundle without an id
  if (isResource(record) && (isNamed(record) || record.resourceType === 'Bundle')) return record
  throw new BackupFault('A line of the backup is not a record')
}

function parsed(line: string): unknown {
  try {
    return readExactly(line)
  } catch {
    return undefined
  }
}

function rowOfDeletion({ meta, entry }: Bundle): VersionRow {
  const { request, response } = entry?.[0] ?? {}
  const [rt = '', id = ''] = request?.url.split('/') ?? []
  return {
    ...{ rt, id, vid: Number(/\d+/.exec(response?.etag ?? '')?.[0]) },
    ts: response?.lastModified ?? '',
    ...keptOf(meta?.extension?.[0]),
    content: null,
  }
}
