import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { JoinedBoth } from '#domain/person/duplicates-fhir.ts'
import { linkedPeople } from '#domain/person/joined.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { resolveReferences } from '#server/interactions/resolve-references.ts'
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
  /** safeguarding concerns, each with what it names: an administrator may not know of them, and decides nothing */
  concerns: readonly Readonly<{ record: RecordSince; names: ReadonlySet<string> }>[]
  changed: number
}>

type Row = Readonly<{
  rt: string
  id: string
  vid: number
  org: string | null
  concern: boolean
  content: unknown
  first: Date | string
  last: Date | string
  /** an earlier parting had given it to the other person, and joining again brought it back */
  back: boolean | null
}>

/**
 * What came to the record in use since two were joined, in groups that belong to one person. It came when the versions
 * that stand under this person without a break began: what was away and came back has to be asked about again.
 */
export async function recordsSince(
  { service }: RequestContext,
  { keep, join }: JoinedBoth,
): Promise<RecordsSince> {
  const { sql } = service
  const since = (await latestJoin(service, { keep, join }))?.from
  if (!since) return { since, groups: [], concerns: [], changed: 0 }
  const { rows } = await sql.query<Row>(
    `with theirs as (
       select r.rid, r.rt, r.id, r.vid, r.org, r.ts, r.content, r.room = 'safeguarding' as concern, (select max(h.vid) from history h
           where h.rt = r.rt and h.id = r.id and h.person is distinct from r.person) as away
       from resource r where r.person = $1 and r.rt <> 'Patient' and r.content is not null and (r.ts > $2
         or exists (select 1 from history h where h.person = $3 and h.rt = r.rt and h.id = r.id)))
     select t.rt, t.id, t.vid, t.org, t.content, t.concern, t.ts as last,
       coalesce((select min(h.ts) from history h where h.rt = t.rt and h.id = t.id and h.vid > coalesce(t.away, 0)), t.ts) as first,
       (select h.person = $3 from history h where h.rt = t.rt and h.id = t.id and h.vid = t.away) as back
     from theirs t order by t.ts, t.rid`,
    [keep, since, join],
  )
  const isNew = (row: Row) => row.back === true || new Date(row.first) > since
  const recordOf = ({ rt, id, vid, org, first, content }: Row): RecordSince => {
    const resource = { ...storedRecord<Resource>(content as Resource), id } as ResourceWithId
    return { name: `${rt}/${id}`, resource, version: Number(vid), at: new Date(first), org }
  }
  const came = rows.filter(isNew)
  const records = came.filter(({ concern }) => !concern).map(recordOf)
  const concerns = came
    .filter(({ concern }) => concern)
    .map(recordOf)
    .map((record) => ({ record, names: names(record.resource) }))
  const tied = await tiedToOlder(service, keep, records)
  const changed = rows.filter(
    (row) => !row.concern && !isNew(row) && new Date(row.last) > since,
  ).length
  return { since, groups: groupsOf(records, tied), concerns, changed }
}

export type LatestJoin = Readonly<{ from: Date; parted: Date | undefined }>

/** From when on one was last joined to the other, and when they were parted, if they were. */
export async function latestJoin(
  { sql }: RequestContext['service'],
  { keep, join }: JoinedBoth,
): Promise<LatestJoin | undefined> {
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
  const newest = rows.findIndex(isJoined)
  if (newest === -1) return undefined
  const before = rows.findIndex((row, at) => at > newest && !isJoined(row))
  const oldest = rows[(before === -1 ? rows.length : before) - 1]
  const parted = rows[newest - 1]
  return oldest && { from: new Date(oldest.ts), parted: parted && new Date(parted.ts) }
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
     where r.person = $1 and r.room <> 'safeguarding' and r.rt <> 'Patient' and f.to_rt <> 'Patient' and r.content is not null
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
  const groupOf = new Map(records.map((record) => [record.name, [record]]))
  for (const { name, resource } of records) for (const other of names(resource)) unite(name, other)
  const order = new Map(records.map(({ name }, at) => [name, at]))
  const place = ({ name }: RecordSince) => order.get(name) ?? 0
  return [...new Set(groupOf.values())].map((group) => ({
    records: group.toSorted((one, other) => place(one) - place(other)),
    stays: group.some(({ name }) => tied.has(name)),
  }))

  function unite(one: string, other: string): void {
    const [group, gone] = [groupOf.get(one), groupOf.get(other)]
    if (!group || !gone || group === gone) return
    const [large, small] = group.length < gone.length ? [gone, group] : [group, gone]
    for (const each of small) {
      large.push(each)
      groupOf.set(each.name, large)
    }
  }
}

function names(resource: Resource): ReadonlySet<string> {
  const found = new Set<string>()
  resolveReferences(resource, (reference) => {
    found.add(reference.split('/_history/')[0] ?? reference)
    return undefined
  })
  return found
}
