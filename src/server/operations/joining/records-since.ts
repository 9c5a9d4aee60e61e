import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { JoinedBoth } from '#domain/person/duplicates-fhir.ts'
import { linkedPeople } from '#domain/person/joined.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { resolveReferences } from '#server/interactions/resolve-references.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export type RecordSince = Readonly<{
  /** `Type/id` */
  name: string
  resource: ResourceWithId
  version: number
  at: Date
  org: string | null
}>

export type RecordsSince = Readonly<{
  since: Date | undefined
  groups: readonly Readonly<{ records: readonly RecordSince[]; stays: boolean }>[]
  changed: number
}>

type Row = Readonly<{
  rt: string
  id: string
  vid: number
  org: string | null
  first: Date | string
  last: Date | string
}>

/** What came to the record in use since two were joined, in groups that belong to one person. */
export async function recordsSince(
  { service }: RequestContext,
  { keep, join }: JoinedBoth,
): Promise<RecordsSince> {
  const { sql } = service
  const since = await joinedAt(service, { keep, join })
  if (!since) return { since, groups: [], changed: 0 }
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.vid, r.org, r.ts as last,
       coalesce((select min(h.ts) from history h where h.rt = r.rt and h.id = r.id), r.ts) as first
     from resource r where r.person = $1 and r.rt <> 'Patient' and r.content is not null and r.ts > $2 order by r.ts, r.rid`,
    [keep, since],
  )
  const isNew = (row: Row) => new Date(row.first) > since
  const records: RecordSince[] = []
  for (const { rt, id, vid, org, first } of rows.filter(isNew)) {
    const stored = await service.store.read(rt, id, everyone)
    if (!stored?.resource) continue
    const resource = { ...stored.resource, id } as ResourceWithId
    records.push({ name: `${rt}/${id}`, resource, version: vid, at: new Date(first), org })
  }
  const tied = await tiedToOlder(service, keep, records)
  return { since, groups: groupsOf(records, tied), changed: rows.length - records.length }
}

/** When the version came that says that one was joined to the other, and every later one says it too. */
async function joinedAt(
  { sql }: RequestContext['service'],
  { keep, join }: JoinedBoth,
): Promise<Date | undefined> {
  const { rows } = await sql.query<{ ts: Date | string; content: unknown }>(
    `select ts, content, vid from resource where rt = 'Patient' and id = $1
     union all select ts, content, vid from history where rt = 'Patient' and id = $1 order by vid desc`,
    [join],
  )
  const isJoined = ({ content }: { content: unknown }) => {
    const patient = content === null ? undefined : storedRecord<Resource>(content as Resource)
    return (
      patient?.resourceType === 'Patient' && linkedPeople(patient, 'replaced-by').includes(keep)
    )
  }
  const first = rows.findIndex((row) => !isJoined(row))
  const last = rows[(first === -1 ? rows.length : first) - 1]
  return last && new Date(last.ts)
}

/** Names of those that something from before the join names, or that name it. */
async function tiedToOlder(
  { sql }: RequestContext['service'],
  keep: string,
  records: readonly RecordSince[],
): Promise<ReadonlySet<string>> {
  const names = new Set(records.map(({ name }) => name))
  const { rows } = await sql.query<{ from: string; to: string }>(
    `select r.rt || '/' || r.id as from, f.to_rt || '/' || f.to_id as to
     from ref f join resource r on r.rid = f.rid
     where r.person = $1 and r.rt <> 'Patient' and f.to_rt <> 'Patient' and r.content is not null
       and exists (select 1 from resource t where t.rt = f.to_rt and t.id = f.to_id and t.person = $1)`,
    [keep],
  )
  const across = rows.filter(({ from, to }) => names.has(from) !== names.has(to))
  return new Set(across.flatMap(({ from, to }) => [from, to]))
}

/** Whatever names each other belongs together: parted, it would point into the record of somebody else. */
function groupsOf(
  records: readonly RecordSince[],
  tied: ReadonlySet<string>,
): RecordsSince['groups'] {
  const groups: RecordSince[][] = []
  for (const record of records) {
    const near = groups.filter((group) => group.some((each) => areLinked(each, record)))
    for (const each of near) groups.splice(groups.indexOf(each), 1)
    groups.push([...near.flat(), record])
  }
  return groups.map((group) => ({
    records: group,
    stays: group.some(({ name }) => tied.has(name)),
  }))
}

const areLinked = (one: RecordSince, other: RecordSince) =>
  names(one.resource).has(other.name) || names(other.resource).has(one.name)

function names(resource: Resource): ReadonlySet<string> {
  const found = new Set<string>()
  resolveReferences(resource, (reference) => {
    found.add(reference.split('/_history/')[0] ?? reference)
    return undefined
  })
  return found
}
