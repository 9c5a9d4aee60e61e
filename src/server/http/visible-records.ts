import type { Resource } from '@medplum/fhirtypes'
import { linksOf, withLinksOf, withoutLinks } from '#domain/access/labels/withheld-links.ts'
import type { Scope } from '#domain/access/scope.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import type { RequestContext } from './request-context.ts'

type Reader = Readonly<{ sql: Sql; scope: Scope; now: Date }>

/** Which of these records, by `Type/id`, exist and are hidden from the reader. */
async function hiddenAmong(
  { sql, scope, now }: Reader,
  links: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  if (links.size === 0 || scope.people.kind === 'all') return new Set()
  const parts = [...links].map((each) => each.split('/'))
  const params = new Params()
  const [types, ids] = [0, 1].map((at) =>
    params.add(
      parts.map((each) => each[at] ?? ''),
      'text[]',
    ),
  )
  // a type that a program was not allowed is not secret: the person’s room and relation decide
  const within = scopeSql({ people: scope.people }, 'r', params, now)
  const { rows } = await sql.query<{ name: string }>(
    `select r.rt || '/' || r.id as name from unnest(${types}, ${ids}) as n (rt, id)
     join resource r on r.rt = n.rt and r.id = n.id where r.person is not null and not ${within}`,
    params.values,
  )
  return new Set(rows.map(({ name }) => name))
}

const readerOf = ({ service, accessScope: reach, now }: RequestContext): Reader => ({
  sql: service.sql,
  scope: reach.scope,
  now,
})

/**
 * A record, or a bundle of them, as the reader may see it: without links to hidden records. `found`: records in the
 * answer that were found within the reader's reach: links to these need no check.
 */
export async function visibleTo<R extends Resource>(
  context: RequestContext,
  resource: R,
  found: readonly Resource[] = [],
  { asked, hidden }: AskedLinks = noLinks,
): Promise<R> {
  const known = new Set(found.map(({ resourceType, id }) => `${resourceType}/${id}`))
  const links = [...linksOf(resource)].filter((each) => !known.has(each) && !asked.has(each))
  const more = await hiddenAmong(readerOf(context), new Set(links))
  return withoutLinks(resource, new Set([...hidden, ...more]))
}

/** Links that were checked in this very call, and those among them that are hidden from the reader. */
export type AskedLinks = Readonly<{ asked: ReadonlySet<string>; hidden: ReadonlySet<string> }>

const noLinks: AskedLinks = { asked: new Set(), hidden: new Set() }

/** The record that somebody writes back, with the links that they were not shown: they cannot remove those. */
export async function visibleRecordLinksKept<R extends Resource>(
  context: RequestContext,
  resource: R,
  before: Resource | undefined,
  known?: AskedLinks,
): Promise<Readonly<{ whole: R; links: AskedLinks }>> {
  if (!before) return { whole: resource, links: noLinks }
  const links = known ?? (await askedLinksOf(context, [before]))
  return { whole: withLinksOf(resource, before, links.hidden), links }
}

/** Everything that these records link to, and which of it is hidden from the reader, in one statement. */
export async function askedLinksOf(
  context: RequestContext,
  records: readonly Resource[],
): Promise<AskedLinks> {
  const links = new Set(records.flatMap((each) => [...linksOf(each)]))
  return { asked: links, hidden: await hiddenAmong(readerOf(context), links) }
}

/** The same for many at once that are shown within a narrower scope. */
export async function visibleWithin<R>(reader: Reader, records: R): Promise<R> {
  const hidden = await hiddenAmong(reader, linksOf(records))
  return withoutLinks(records as Resource, hidden) as R
}

/**
 * New versions from a file, with the links that are hidden from the importer, each with the current record of the same
 * id.
 */
export async function withAllLinksKept<R extends Resource & { id: string }>(
  context: RequestContext,
  records: readonly R[],
): Promise<readonly R[]> {
  if (context.accessScope.scope.people.kind === 'all') return records
  const standing = await standingOf(context, records)
  const links = new Set([...standing.values()].flatMap((each) => [...linksOf(each)]))
  const hidden = await hiddenAmong(readerOf(context), links)
  return records.map((record) => {
    const before = standing.get(`${record.resourceType}/${record.id}`)
    return before ? withLinksOf(record, before, hidden) : record
  })
}

/** Locked until the transaction ends, so that what somebody else writes meanwhile is not undone. */
async function standingOf(
  { service }: RequestContext,
  records: readonly (Resource & { id: string })[],
): Promise<ReadonlyMap<string, Resource>> {
  const { rows } = await service.sql.query<{ name: string; content: Resource | string }>(
    `select rt || '/' || id as name, content from resource
     where content is not null and brought and (rt, id) in (select * from unnest($1::text[], $2::text[]))
     order by rid for update`,
    [records.map(({ resourceType }) => resourceType), records.map(({ id }) => id)],
  )
  const read = (content: Resource | string) => storedRecord<Resource>(content)
  return new Map(rows.map(({ name, content }) => [name, read(content)]))
}
