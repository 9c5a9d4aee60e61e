import type { Patient, RelatedPerson, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { identityReason, originalIdentity } from '#domain/person/original-identity.ts'
import { anotherPerson, isSomeoneElse, nhsNumbers } from '#domain/person/someone-else.ts'
import { isSharedWith } from '#server/authorization/shared-with.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { storedRecord } from '#server/store/stored-json.ts'

type Somebody = (Patient | RelatedPerson) & { id?: string }

const isSomebody = (resource: Resource | undefined): resource is Somebody =>
  resource?.resourceType === 'Patient' || resource?.resourceType === 'RelatedPerson'

const details = ['identifier', 'name', 'birthDate', 'gender']

/**
 * A record of one person never becomes that of another, in any way and in any number of steps, unless an administrator
 * gives a reason. Throws 422; 403 for a reason from anybody else.
 */
export async function guardIdentity(
  context: RequestContext,
  standing: Resource | undefined,
  resource: Resource,
): Promise<void> {
  if (!isSomebody(standing) || !isSomebody(resource)) return
  const reason = identityReason(resource)
  const isNewReason = reason !== undefined && reason !== identityReason(standing)
  if (isNewReason && context.actor.role !== 'admin')
    throw forbidden('Only an administrator can say why a record is about another person')
  if (isNewReason || !(await isAnotherThan(context, standing, resource))) return
  throw new FhirProblem(422, 'business-rule', anotherPerson(resource))
}

/** True if these details belong to somebody other than the person of the record, now or as it was started. */
async function isAnotherThan(
  context: RequestContext,
  standing: Somebody,
  resource: Somebody,
): Promise<boolean> {
  if (!changedElements(standing, resource).some((name) => details.includes(name))) return false
  const today = dayIn(context.zone, context.now)
  if (isSomeoneElse(standing, resource, today)) return true
  const begun = originalIdentity([...(await earlierOf(context, resource)), standing])
  return isSomeoneElse(begun, resource, today) || (await opensToAnother(context, begun, resource))
}

/** A carer with access signs in by that number: it cannot be changed to somebody else's. */
async function opensToAnother(
  context: RequestContext,
  begun: Pick<Somebody, 'identifier'>,
  resource: Somebody,
): Promise<boolean> {
  if (resource.resourceType !== 'RelatedPerson') return false
  const today = dayIn(context.zone, context.now)
  const known = nhsNumbers(begun, today)
  if (known.length === 0 || nhsNumbers(resource, today).every((each) => known.includes(each)))
    return false
  return await isSharedWith(context, resource)
}

async function earlierOf(
  { service }: RequestContext,
  { resourceType, id }: Somebody,
): Promise<readonly Somebody[]> {
  const { rows } = await service.sql.query<{ content: Somebody | string }>(
    'select content from history where rt = $1 and id = $2 and content is not null order by vid',
    [resourceType, id ?? ''],
  )
  return rows.map(({ content }) => storedRecord<Somebody>(content))
}
