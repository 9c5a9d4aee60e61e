import type { Task } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { careRolesIn } from '#server/authorization/care-roles-in.ts'
import { placesElsewhere } from '#server/authorization/lasting-access.ts'
import { isForReferral } from '#server/authorization/open-referrals.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { everyone } from '#server/store/access/access-scope.ts'

type Kept = Task & ResourceWithId

/**
 * A rule lets nobody in: its task keeps an owner who has lasting access without it, themselves or by where they work, or whose
 * referral it is done for and ends with. Otherwise it is there for the team, and asked of nobody.
 */
export async function ownerWithAccess(
  context: RequestContext,
  person: string,
  task: Kept,
): Promise<Kept> {
  return (await isForReferral(context, task, person))
    ? task
    : await withLastingOwner(context, person, task)
}

/** The same for a task that is done for no referral. */
export async function withLastingOwner(
  context: Pick<RequestContext, 'service' | 'now' | 'zone'>,
  person: string,
  task: Kept,
): Promise<Kept> {
  const stored = await context.service.store.read('Task', task.id, everyone)
  const before = careRolesIn(stored?.resource, context).map(({ to }) => to)
  const asked = careRolesIn(task, context).flatMap(({ to }) => (before.includes(to) ? [] : [to]))
  if (asked.length === 0) return task
  const lasting = await placesElsewhere(context, person, task)
  const places = await Promise.all(asked.map((each) => placesOf(context, each)))
  if (places.every((each) => each.some((place) => lasting.includes(place)))) return task
  const { owner: _guest, ...rest } = task
  return rest
}

/** Somebody, and where they work. */
async function placesOf(
  { service }: Pick<RequestContext, 'service'>,
  to: string,
): Promise<readonly string[]> {
  const { rows } = await service.sql.query<{ org: string }>(
    `select content->'organization'->>'reference' as org from resource
     where rt = 'PractitionerRole' and content is not null
       and coalesce(content->>'active', 'true') = 'true'
       and (content->'practitioner'->>'reference' = $1 or $1 = 'PractitionerRole/' || id)`,
    [to],
  )
  return [to, ...rows.map(({ org }) => org)]
}
