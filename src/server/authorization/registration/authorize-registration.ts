import type { Resource } from '@medplum/fhirtypes'
import { decideRegistration } from '#domain/access/decide-registration.ts'
import { placesOfActor } from '#server/authorization/lasting-access.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'
import { handedOverTo } from './hand-over.ts'
import { custodianOf, registeredIn, withPractices } from './registered-with.ts'

/** A person moves from one practice to another if both agree, or an administrator does it. Throws 403. */
export async function authorizeRegistration(
  context: RequestContext,
  resource: Resource,
  standing: Resource | undefined,
): Promise<void> {
  if (resource.resourceType !== 'Patient' || standing?.resourceType !== 'Patient') return
  const [stood, wished] = [registeredIn(standing), registeredIn(resource)]
  if (stood.toSorted().join() === wished.toSorted().join()) return
  const [before, after] = [
    await withPractices(context, stood),
    await withPractices(context, wished),
  ]
  const { id = '' } = resource
  const mine = await placesOfActor(context)
  const handedOver = await handedOverTo(context, id, mine)
  const custodian = await custodianOf(context, id)
  if (decideRegistration({ before, after, mine, handedOver, custodian })) return
  throw forbidden(movedByBoth)
}

export const movedByBoth =
  'Both practices change where a person is registered: the current practice creates a task (code registration-handover, requester: itself, owner: the new practice), and the new practice then changes the record. An administrator can do it alone'
