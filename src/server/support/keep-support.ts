import type { Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isOffer, isOfferWord } from '#domain/support/is-offer.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'
import { keepTask } from '#server/task/keep-task.ts'
import { keepAftercare } from './keep-aftercare.ts'
import { keepHome, mustBeHome } from './keep-home.ts'
import { keepOffer } from './keep-offer.ts'
import { keepOfferWord } from './keep-offer-word.ts'
import { keepPhoto } from './keep-photo.ts'
import { keepReferral } from './keep-referral.ts'
import { mustBeHours } from './must-be-hours.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/** Help that is offered or asked for by a referral or as a task, what the person says about it, and their picture, as they are stored; any other record unchanged. */
export async function keepSupport(
  context: RequestContext,
  resource: ResourceWithId,
  facts: Facts,
): Promise<ResourceWithId> {
  const { before } = facts
  await mustBeHome(context, resource, before)
  await mustBeHours(context, resource, before)
  if (isOffer(resource) || (before && isOffer(before)))
    return await keepOffer(context, resource, facts)
  if (isOfferWord(resource) || (before && isOfferWord(before)))
    return await keepOfferWord(context, resource, facts)
  const home = keepHome(context, resource, before)
  const referred = await keepReferral(context, home, facts)
  const task = await keepTask(context, referred, facts)
  return await keepPhoto(context, keepAftercare(context, task, facts), facts)
}

/** An offer is ended, and what was said about it is marked as an error: neither is deleted. */
export function mustStayOffered(stored: Resource): void {
  if (isOffer(stored)) throw forbidden('An offer is not deleted. End it, and say why')
  if (isOfferWord(stored))
    throw forbidden('What a person said about an offer is not deleted. Mark it as an error')
}
