import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

export const nameOf = ({ resourceType, id }: ResourceWithId): string => `${resourceType}/${id}`

/** The current records with the ids of these, by `Type/id`, in one statement. `locked`: until the transaction ends. */
export async function standingRecords(
  sql: Sql,
  records: readonly ResourceWithId[],
  { locked = false } = {},
): Promise<ReadonlyMap<string, Resource>> {
  if (records.length === 0) return new Map()
  const { rows } = await sql.query<{ name: string; content: Resource | string }>(
    `select rt || '/' || id as name, content from resource
     where content is not null and (rt, id) in (select * from unnest($1::text[], $2::text[]))
     order by rid ${locked ? 'for update' : ''}`,
    [records.map(({ resourceType }) => resourceType), records.map(({ id }) => id)],
  )
  const read = (content: Resource | string) => storedRecord<Resource>(content)
  return new Map(rows.map(({ name, content }) => [name, read(content)]))
}
