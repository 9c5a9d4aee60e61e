import type { Resource, Task } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { careRolesIn, referralsOf } from './care-roles-in.ts'
import { hasLastingAccess, placesOfActor } from './lasting-access.ts'

/** Ids of the referrals by which the actor, or their organisation, has access to this person now; the newest first. */
async function openReferrals(context: RequestContext, person: string): Promise<readonly string[]> {
  const { actor, service, now } = context
  const { rows } = await service.sql.query<{ id: string }>(
    `select s.id from relation l join resource s on s.rid = l.source_rid
     where l.person = $1 and l.kind = 'referral' and s.rt = 'ServiceRequest'
       and (l.org = $2 or l.agent = $3) and (l.until is null or l.until > $4) order by s.rid desc`,
    [person, actor.organisation ?? null, actor.practitioner ?? null, now],
  )
  return rows.map(({ id }) => id)
}

/**
 * True if a task is done for a referral by which the actor has access to this person. A task that gives somebody
 * access is not work for it: otherwise a guest could create one for themselves and keep access after the referral
 * ends.
 */
export async function isForReferral(
  context: RequestContext,
  resource: Resource,
  person: string,
): Promise<boolean> {
  const isWork = resource.resourceType === 'Task' && referralsAskedBy(resource).length === 0
  const named = isWork ? referralsOf(resource) : []
  if (named.length === 0) return false
  const open = await openReferrals(context, person)
  return named.some((each) => open.includes(each))
}

/**
 * A task that a guest by referral takes on, or promises, is done for that referral, and gives them nothing beyond it:
 * the service says so in `basedOn` if the guest does not.
 */
export async function tiedToReferral<R extends Resource>(
  context: RequestContext,
  resource: R,
  before: Resource | undefined,
): Promise<R> {
  if (resource.resourceType !== 'Task' || !isStaff(context.actor)) return resource
  if (isAskedOfOthers(resource) || referralsOf(resource).length > 0) return resource
  if (!(await isTakenOn(context, resource, before))) return resource
  const person = await personOf(context, resource)
  if (person === undefined || (await hasLastingAccess(context, person))) return resource
  const [referral] = await openReferrals(context, person)
  if (referral === undefined) return resource
  const basedOn = [...(resource.basedOn ?? []), { reference: `ServiceRequest/${referral}` }]
  return { ...resource, basedOn }
}

/** True if the task would give the guest access that they do not have already. */
async function isTakenOn(context: RequestContext, task: Task, before: Resource | undefined) {
  const owners = careRolesIn(task, context)
  if (owners.length === 0) return false
  const mine = await placesOfActor(context)
  return (
    owners.every(({ to }) => mine.includes(to)) &&
    !careRolesIn(before, context).some(({ to }) => mine.includes(to))
  )
}

/** Codes of tasks that ask another for something; nobody asks themselves. */
const asking = ['referral', 'registration-handover'].flatMap((each) => ownCode(each).coding ?? [])

/** Ids of the referrals that this task asks somebody to accept: they are open as long as it is. */
export function referralsAskedBy(task: Task): readonly string[] {
  return isAskedOfOthers(task) ? referralsOf({ ...task, basedOn: [] }) : []
}

function isAskedOfOthers({ code }: Task): boolean {
  return (code?.coding ?? []).some((each) =>
    asking.some((one) => one.system === each.system && one.code === each.code),
  )
}
