import type { Patient, Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { decideRegistration } from '#domain/access/decide-registration.ts'
import { changedRegistrations, registrationsOf } from '#domain/roster/registrations-of.ts'
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
  if (resource.resourceType !== 'Patient') return
  await authorizeRegisteredSince(context, resource, standing)
  if (standing?.resourceType !== 'Patient') return
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

/** Since when, until when and why, of a new record too: said by the practice itself, or by the one that it handed the person over to. */
async function authorizeRegisteredSince(
  context: RequestContext,
  resource: Patient,
  standing: Resource | undefined,
): Promise<void> {
  const before = standing?.resourceType === 'Patient' ? registrationsOf(standing) : []
  const changed = changedRegistrations(before, registrationsOf(resource))
  if (changed.length === 0) return
  const { actor } = context
  const mine = isStaff(actor) && actor.role !== 'program' ? await placesOfActor(context) : []
  const agreed = [...mine, ...(await handedOverTo(context, resource.id ?? '', mine))]
  if (!changed.every((each) => agreed.includes(`Organization/${each}`))) throw forbidden(saidByOwn)
}

const saidByOwn =
  'Only staff of a practice, and administrators, say since when and until when a person is on its list (extensions registered and left-why)'

export const movedByBoth =
  'Both practices change where a person is registered: the current practice creates a task (code registration-handover, requester: itself, owner: the new practice), and the new practice then changes the record. An administrator can do it alone'
