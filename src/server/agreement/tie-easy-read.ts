import type { Communication, Resource } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { easySources } from '#domain/plan/easy-read/easy-entries.ts'
import {
  easyReadFromMessage,
  isEasyRead,
  withRetold,
} from '#domain/plan/easy-read/easy-read-message.ts'
import { houseFromFhir } from '#domain/plan/house/house-fhir.ts'
import { houseLists } from '#domain/plan/house/house-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/**
 * Easy words are tied to what they retell: the service keeps the text of the record as it is at that moment, so that a
 * later change of it is noticed. 409 if the record has changed since its reader saw it. Once written, easy words are not
 * changed: they are made again, or taken back. Any other record is returned unchanged.
 */
export async function tieEasyRead(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  if (resource.resourceType !== 'Communication') return resource
  const stands = before?.resourceType === 'Communication' && isEasyRead(before) ? before : undefined
  if (stands) return { ...asItStands(stands, resource), id: resource.id }
  if (!isEasyRead(resource)) return resource
  const easy = easyReadFromMessage(resource)
  const isOne = resource.about?.length === 1 && easy && easy.lines.length > 0
  if (!isOne)
    throw invalid('Easy words retell exactly one record, named in about, in one line or more')
  const record = await sourceOf(context, easy, person)
  if (easy.version && easy.version !== record.meta?.versionId) throw movedOn()
  const source = sourceIn(record, easy.detail, context)
  if (!source) throw invalid('Nothing in this record can be retold in easy words')
  const reference = `${easy.source}/_history/${record.meta?.versionId}`
  return { ...withRetold(resource, source.text), id: resource.id, about: [{ reference }] }
}

/** Only taking it back changes it. */
function asItStands(stands: Communication, wished: Communication): Communication {
  const { status } = wished
  const { meta } = wished
  return {
    ...stands,
    ...(meta ? { meta } : {}),
    status: status === 'entered-in-error' ? status : stands.status,
  }
}

async function sourceOf(
  { store, accessScope }: RequestContext,
  { source }: Readonly<{ source: string }>,
  person: string | undefined,
): Promise<ResourceWithId> {
  const [type = '', id = ''] = source.split('/')
  const stored = await store.read(type, id, accessScope.scope)
  if (!stored?.resource || stored.person !== person)
    throw invalid('There is no such record of this person to retell')
  return { ...stored.resource, id }
}

/** A house of this one record says what there is to retell in it. */
function sourceIn(record: ResourceWithId, detail: string, { zone, now }: RequestContext) {
  const today = dayIn(zone, now)
  const patient = { resourceType: 'Patient' as const }
  const house = houseFromFhir({ ...houseLists([record]), patient }, { today, zone })
  return easySources(house, { sayDay: String, today }).find((each) => each.detail === detail)
}

const invalid = (text: string) =>
  new FhirProblem(422, 'business-rule', text, { expression: 'Communication.about' })

const movedOn = () =>
  new FhirProblem(
    409,
    'conflict',
    'The plan has changed since you read it. Read it again, then retell it',
  )
