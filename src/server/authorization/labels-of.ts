import type { Resource } from '@medplum/fhirtypes'
import {
  type AccessLabel,
  accessLabelOf,
  staffAccessLabels,
  staysOpenToPatient,
} from '#domain/access/labels/access-label.ts'
import { type Labelling, labellingOf } from '#domain/access/labels/labelling.ts'
import { isOwnedByPatient } from '#domain/access/labels/owned-by-patient.ts'
import { speaksOf } from '#domain/access/record-owner.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { Sql } from '#server/store/sql.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Labelled = Readonly<{
  resource: ResourceWithId
  standing?: Readonly<{ resource: Resource; room?: AccessLabel | undefined }> | undefined
  /** the room it will be in */
  to: AccessLabel
}>

/** What a write does to the labels of a record, and to what the person may see of it. */
export async function labelsOf(
  context: RequestContext,
  labelled: Labelled,
): Promise<Labelling | undefined> {
  const { resource, standing, to } = labelled
  const from = standing && (standing.room ?? accessLabelOf(standing.resource))
  const change = { before: standing?.resource, after: resource, from, to }
  const closes =
    staffAccessLabels.includes(to) && from !== undefined && !staffAccessLabels.includes(from)
  const wasOwnedByPatient = closes ? await wasEverOwned(context.service.sql, resource) : false
  const speaksOfClosed = await speaksAnewOfClosed(context, resource, standing?.resource)
  return labellingOf({ ...change, wasOwnedByPatient, speaksOfClosed })
}

/** True if a record is made to refer to something that its writer knows of and that is hidden from the person. */
async function speaksAnewOfClosed(
  context: RequestContext,
  resource: Resource,
  before: Resource | undefined,
): Promise<boolean> {
  if (!staysOpenToPatient(resource)) return false
  const existing = before ? speaksOf(before) : []
  for (const name of speaksOf(resource).filter((each) => !existing.includes(each))) {
    const [type = '', id = ''] = name.split('/')
    const coming = context.pendingWrites.get(name)
    const room = coming
      ? accessLabelOf(coming)
      : (await context.store.read(type, id, context.accessScope.scope))?.room
    if (room && staffAccessLabels.includes(room)) return true
  }
  return false
}

/**
 * True if some version of the record was of a kind that is never hidden from the person: its author may have been
 * changed since.
 */
async function wasEverOwned(sql: Sql, { resourceType, id }: Resource): Promise<boolean> {
  const { rows } = await sql.query<{ content: Resource | string }>(
    'select content from history where rt = $1 and id = $2 and content is not null',
    [resourceType, id],
  )
  return rows.some(({ content }) => isOwnedByPatient(storedRecord(content)))
}
