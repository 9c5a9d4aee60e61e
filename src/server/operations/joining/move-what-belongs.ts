import type { Resource } from '@medplum/fhirtypes'
import type { partRecordsRequest } from '#domain/alike/part-records-request.ts'
import type { In } from '#domain/fhir/parameters.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { JoinedBoth } from '#domain/person/duplicates-fhir.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { FhirProblem } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { aboutAnother } from './about-another.ts'
import { type LatestJoin, latestJoin, recordsSince } from './records-since.ts'

type Belongs = In<typeof partRecordsRequest>['belongs']
export type Moving = Readonly<{ resource: ResourceWithId; version: number }>

/**
 * Moves what came since the join to the person to whom it belongs; every record has to be named, so that none goes
 * unseen with the wrong person. Each stays the same record, with its earlier versions. A safeguarding concern goes with
 * whom it names, and stays otherwise; nobody is told. Answers with the versions that moved.
 */
export async function moveWhatBelongs(
  inside: RequestContext,
  both: JoinedBoth,
  { belongs, way }: Readonly<{ belongs: Belongs; way: string }>,
): Promise<readonly string[]> {
  const { groups, concerns } = await recordsSince(inside, both)
  const whose = new Map(belongs.map(({ record, to }) => [record, to]))
  const all = groups.flatMap(({ records }) => records)
  mustBeNamed(
    all.map(({ name }) => name),
    whose,
    both,
  )
  for (const { records, stays } of groups)
    mustStayTogether(
      records.map(({ name }) => name),
      { whose, stays, both },
    )
  const moving = all.filter(({ name }) => whose.get(name) === both.join)
  const ways = { from: both.keep, to: both.join, way }
  const moved = await move(inside, moving, ways)
  const going = new Set(moving.map(({ name }) => name))
  const tied = concerns.filter(({ names }) => [...names].some((each) => going.has(each)))
  await move(
    inside,
    tied.map(({ record }) => record),
    ways,
  )
  return moved
}

function mustBeNamed(
  names: readonly string[],
  whose: ReadonlyMap<string, string>,
  { keep, join }: JoinedBoth,
): void {
  const unnamed = names.filter((name) => !whose.has(name))
  if (unnamed.length > 0)
    throw new FhirProblem(
      whose.size > 0 ? 409 : 422,
      whose.size > 0 ? 'conflict' : 'business-rule',
      `${unnamed.length === 1 ? '1 record' : `${unnamed.length} records`} came to the record in use since the two were joined, and nobody has said whose. Open the record in use, and separate them there`,
    )
  const [strange] = [...whose].filter(
    ([name, to]) => !names.includes(name) || (to !== keep && to !== join),
  )
  if (strange)
    throw new FhirProblem(
      422,
      'business-rule',
      'Something here did not come since the two were joined, or was given to neither of them. Open this again',
    )
}

type Together = Readonly<{
  whose: ReadonlyMap<string, string>
  stays: boolean
  both: JoinedBoth
}>

function mustStayTogether(
  names: readonly string[],
  { whose, stays, both: { keep } }: Together,
): void {
  const people = new Set(names.map((name) => whose.get(name)))
  if (people.size > 1)
    throw new FhirProblem(
      422,
      'business-rule',
      'Some of these name each other, so they belong to one person. Give them all to the same one',
    )
  if (stays && !people.has(keep))
    throw new FhirProblem(
      422,
      'business-rule',
      'Some of this is linked to something from before the join. It stays with the record in use',
    )
}

type Ways = Readonly<{ from: string; to: string; way: string }>

async function move(
  inside: RequestContext,
  records: readonly Moving[],
  { from, to, way }: Ways,
): Promise<readonly string[]> {
  if (records.length === 0) return []
  const requests = records.map(({ resource, version }) => ({
    resource: aboutAnother(resource, { from, to }),
    ...{ person: to, expect: { version }, vouched: false },
  }))
  const written = await inside.service.store.writeMany(requests)
  const done = requests.map((request, at) => ({
    ...{ request, act: 'U' as const, person: to, written: written[at] },
  }))
  await noteWritten(inside, done, way)
  const names = records.map(({ resource }) => `${resource.resourceType}/${resource.id}`)
  await note(inside, new Map([[from, names]]), { act: 'U', way })
  return names.map((name, at) => `${name}/_history/${written[at]?.kept.version}`)
}

/**
 * What a parting moved comes back with the join that undoes it: only what the latest parting of these two gave away, as
 * it was moved. Nothing else of the one person goes to the other in this way.
 */
export async function movedByParting(
  { service }: RequestContext,
  { keep, join }: JoinedBoth,
  back: readonly string[],
): Promise<readonly Moving[]> {
  if (back.length === 0) return []
  const latest = await latestJoin(service, { keep, join })
  const named = new Set(back)
  const { rows } = await service.sql.query<Row>(
    `select r.rt, r.id, r.vid, r.content from unnest($1::text[]) as n (name)
     join resource r on r.rt = split_part(n.name, '/', 1) and r.id = split_part(n.name, '/', 2)
       and n.name = r.rt || '/' || r.id || '/_history/' || r.vid and r.room <> 'safeguarding'
     join history h on h.rt = r.rt and h.id = r.id and h.vid = r.vid - 1 and h.person = $2
     where r.rt <> 'Patient' and r.person = $3 and r.content is not null and r.ts between $4 and $5`,
    [[...named], keep, join, latest?.from ?? null, latest?.parted ?? null],
  )
  const found = rows.map(movingOf)
  for (const { resource, version } of found)
    named.delete(`${resource.resourceType}/${resource.id}/_history/${version}`)
  const [strange] = named
  if (strange)
    throw new FhirProblem(
      409,
      'conflict',
      'This cannot be undone: something that was moved has been changed since',
    )
  return [...found, ...(await concernsMoved(service, { keep, join, latest }))]
}

/** Safeguarding concerns went with what they name, and come back with it, as they stand. */
async function concernsMoved(
  { sql }: RequestContext['service'],
  { keep, join, latest }: JoinedBoth & Readonly<{ latest: LatestJoin | undefined }>,
): Promise<readonly Moving[]> {
  const { rows } = await sql.query<Row>(
    `select r.rt, r.id, r.vid, r.content from resource r
     where r.room = 'safeguarding' and r.person = $2 and r.content is not null
       and exists (select 1 from history h where h.rt = r.rt and h.id = r.id and h.person = $1 and h.ts >= $3)`,
    [keep, join, latest?.from ?? null],
  )
  return rows.map(movingOf)
}

const movingOf = ({ id, vid, content }: Row): Moving => ({
  resource: { ...storedRecord<Resource>(content as Resource), id } as ResourceWithId,
  version: Number(vid),
})

type Row = Readonly<{ rt: string; id: string; vid: number; content: unknown }>

export const moveBack = (
  inside: RequestContext,
  { keep, join }: JoinedBoth,
  { back, way }: Readonly<{ back: readonly Moving[]; way: string }>,
): Promise<readonly string[]> => move(inside, back, { from: join, to: keep, way })
