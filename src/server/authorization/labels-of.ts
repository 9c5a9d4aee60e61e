import type { Resource } from '@medplum/fhirtypes'
import {
  type Room,
  roomOf,
  staffRooms,
  staysOpenToHer,
} from '#domain/access/labels/access-label.ts'
import { type Labelling, labellingOf } from '#domain/access/labels/labelling.ts'
import { isNeverKeptFromHer } from '#domain/access/labels/owned-by-patient.ts'
import { speaksOf } from '#domain/access/record-owner.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { Visit } from '#server/http/request-context.ts'
import type { Sql } from '#server/store/sql.ts'

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
  const speaksOfClosed = await speaksAnewOfClosed(visit, resource, standing?.resource)
  return labellingOf({ ...change, wasHers, speaksOfClosed })
}

/** True when a record is made to speak of something that its writer knows and that is closed to the person. */
async function speaksAnewOfClosed(
  visit: Visit,
  resource: Resource,
  before: Resource | undefined,
): Promise<boolean> {
  if (!staysOpenToHer(resource)) return false
  const stood = before ? speaksOf(before) : []
  for (const name of speaksOf(resource).filter((each) => !stood.includes(each))) {
    const [type = '', id = ''] = name.split('/')
    const coming = visit.coming.get(name)
    const room = coming
      ? roomOf(coming)
      : (await visit.store.read(type, id, visit.reach.scope))?.room
    if (room && staffRooms.includes(room)) return true
  }
  return false
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
