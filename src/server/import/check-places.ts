import type { Resource } from '@medplum/fhirtypes'
import { authorizeCareRoles, isKey } from '#server/authorization/authorize-care-roles.ts'
import { referralsOf } from '#server/authorization/care-roles-in.ts'
import { hasLastingAccess } from '#server/authorization/lasting-access.ts'
import { tiedToReferral } from '#server/authorization/open-referrals.ts'
import {
  authorizeRegistration,
  movedByBoth,
} from '#server/authorization/registration/authorize-registration.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Fine } from './items.ts'

/**
 * An import gives access to nobody whom the importer could not give access by hand, and moves nobody to another
 * practice: a person registered elsewhere here than the file says stays as here, and the rest of their records is
 * imported.
 */
export async function checkPlaces(context: RequestContext, items: readonly Fine[]): Promise<void> {
  for (const item of items.filter((each) => !each.stays)) {
    const fault = await faultOf(context, item)
    if (fault === movedByBoth) item.stays = true
    else item.reason = fault
  }
}

async function faultOf(context: RequestContext, item: Fine) {
  const { resource } = item
  if (await fillsPlaces(context, resource))
    return 'Other records are waiting for a role with this id'
  if (!isKey(resource.resourceType) || context.actor.role === 'admin') return undefined
  const person = await personOf(context, resource)
  if (person === undefined) return undefined
  if (context.createdPatients.has(person)) return await sinceFault(context, resource)
  const stored = await context.service.store.read(resource.resourceType, resource.id, everyone)
  const standing = stored?.resource && { resource: stored.resource }
  const act = standing ? 'update' : 'create'
  // as by hand: a task that a guest accepts is linked to the referral, and ends with it
  item.resource = await tied(context, resource, { before: stored?.resource, person })
  try {
    await authorizeCareRoles(context, { act, resource: item.resource, standing }, person)
    return undefined
  } catch (problem) {
    if (problem instanceof FhirProblem) return problem.message
    throw problem
  }
}

/** Whom a file brings is the importer’s; since when they are on the list of another practice is not. */
async function sinceFault(context: RequestContext, resource: Resource) {
  try {
    await authorizeRegistration(context, resource, undefined)
    return undefined
  } catch (problem) {
    if (problem instanceof FhirProblem) return problem.message
    throw problem
  }
}

type Stood = Readonly<{ before: Resource | undefined; person: string }>

/** A file does not know the links that the service added: they stay when a guest imports the task again. */
async function tied<R extends Resource>(
  context: RequestContext,
  resource: R,
  { before, person }: Stood,
) {
  if (resource.resourceType !== 'Task' || before?.resourceType !== 'Task')
    return await tiedToReferral(context, resource, before)
  const isLoose = referralsOf(resource).length === 0 && before.basedOn !== undefined
  if (!isLoose) return await tiedToReferral(context, resource, before)
  if (await hasLastingAccess(context, person)) return resource
  return { ...resource, basedOn: before.basedOn }
}

/** Teams may name a role before it is here: the user who imports the role decides who it is. */
async function fillsPlaces(
  context: RequestContext,
  { resourceType, id }: Resource,
): Promise<boolean> {
  if (resourceType !== 'PractitionerRole' || context.actor.role === 'admin') return false
  const { rows } = await context.service.sql.query<{ person: string }>(
    'select distinct person from relation where role = $1',
    [id],
  )
  for (const { person } of rows) if (!(await hasLastingAccess(context, person))) return true
  return false
}
