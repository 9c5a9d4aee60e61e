import type { AuditEvent, Resource } from '@medplum/fhirtypes'
import type { Scope } from '#domain/access/scope.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { exactJson } from '#domain/decimal/digits.ts'
import { auditEventsAbout } from '#server/audit/audit-event.ts'
import { type FileNote, manifestEntry, sha256 } from '#server/backup/manifest.ts'
import type { TarEntry } from '#server/backup/tar.ts'
import { visibleWithin } from '#server/http/visible-records.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { completeRow, type StoredVersionRow } from '#server/store/stored-version.ts'
import { recordPage } from './record-page.ts'

type CopyRequest = Readonly<{
  person: string
  scope: Scope
  now: Date
  sql: Sql
  store: Store
  zone: string
}>

/**
 * Everything about one person within the scope: current records, all earlier versions, and who opened them; as a page
 * to read and as NDJSON, with a manifest of checksums.
 */
export async function copyOfRecord(request: CopyRequest): Promise<readonly TarEntry[]> {
  const { person, scope, now, store } = request
  const all = await store.everything(person, scope, { count: 1_000_000, offset: 0 })
  const resources = await visibleWithin(request, all.resources)
  const earlier = await visibleWithin(request, await earlierVersions(request))
  const events = await auditEventsOf(request)
  const madeAt = now.toISOString()
  const page = recordPage(resources, dayIn(request.zone, now))
  const byType = Map.groupBy([...earlier, ...resources], (each) => each.resourceType)
  const texts = [
    { name: 'record.html', lines: 1, text: page },
    ...[...byType].map(([type, all]) => ({ name: `${type}.ndjson`, ...linesOf(all) })),
    ...(events.length > 0 ? [{ name: 'AuditEvent.ndjson', ...linesOf(events) }] : []),
  ]
  const entries: TarEntry[] = []
  const files: FileNote[] = []
  for (const { name, lines, text } of texts) {
    const bytes = Uint8Array.from(new TextEncoder().encode(text))
    entries.push({ name, bytes })
    files.push({ name, lines, bytes: bytes.length, sha256: await sha256(bytes) })
  }
  const counts = Object.fromEntries([...byType].map(([type, all]) => [type, all.length]))
  const auditLog = { entries: events.length, blocks: 0, head: null }
  return [...entries, (await manifestEntry({ madeAt, counts, trail: auditLog, files })).entry]
}

const linesOf = (records: readonly Resource[]) => ({
  lines: records.length,
  text: records.map((each) => `${exactJson(each)}\n`).join(''),
})

/**
 * The current version decides about the older ones too, as everywhere. Of a record that was moved here from another person,
 * or from here to another, only versions under the person whose record it is now.
 */
async function earlierVersions({
  person,
  scope,
  now,
  sql,
}: CopyRequest): Promise<readonly Resource[]> {
  const params = new Params()
  const { rows } = await sql.query<Omit<StoredVersionRow, 'content'> & { content: Resource }>(
    `select v.rt, v.id, v.vid, v.ts, v.person, v.content from history v
     join resource r on r.rt = v.rt and r.id = v.id
     where v.person = ${params.add(person, 'text')} and r.person = v.person and v.content is not null
       and ${scopeSql(scope, 'v', params, now)} and ${scopeSql(scope, 'r', params, now)}
     order by v.rt, v.id, v.vid`,
    params.values,
  )
  return rows.map(completeRow)
}

async function auditEventsOf({
  person,
  scope,
  now,
  sql,
}: CopyRequest): Promise<readonly AuditEvent[]> {
  const found: AuditEvent[] = []
  for (;;) {
    const page = await auditEventsAbout(sql, {
      person,
      scope,
      now,
      count: 500,
      offset: found.length,
    })
    found.push(...page)
    if (page.length < 500) return found
  }
}
