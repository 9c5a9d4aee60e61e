import type { Resource } from '@medplum/fhirtypes'
import type { Visit } from '#api/rest/visit.ts'
import type { Sql } from '#api/sql/sql.ts'
import { isNeverKeptFromHer } from '#domain/access/hers.ts'
import { type Labelling, labellingOf } from '#domain/access/labelling.ts'
import { type Room, roomOf, staffRooms } from '#domain/access/room.ts'
import type { ResourceWithId } from '#domain/import/resource-with-id.ts'

type Labelled = Readonly<{
  resource: ResourceWithId
  standing?: Readonly<{ resource: Resource; room?: Room | undefined }> | undefined
  /** the room in which it is to stand */
  to: Room
}>

/** What a write does to the labels of a record, and to what the person may see of it. */
export async function labelsOf(visit: Visit, labelled: Labelled): Promise<Labelling | undefined> {
  const { resource, standing, to } = labelled
  const from = standing && (standing.room ?? roomOf(standing.resource))
  const change = { before: standing?.resource, after: resource, from, to }
  const closes = staffRooms.includes(to) && from !== undefined && !staffRooms.includes(from)
  const wasHers = closes ? await everHers(visit.service.sql, resource) : false
  return labellingOf({ ...change, wasHers })
}

/** True when some version of a record was what is never kept from the person: who wrote it may have been changed since. */
async function everHers(sql: Sql, { resourceType, id }: Resource): Promise<boolean> {
  const { rows } = await sql.query<{ content: Resource | string }>(
    'select content from history where rt = $1 and id = $2 and content is not null',
    [resourceType, id],
  )
  return rows.some(({ content }) =>
    isNeverKeptFromHer(typeof content === 'string' ? JSON.parse(content) : content),
  )
}
