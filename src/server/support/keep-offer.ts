import type { Resource, ServiceRequest } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { extensionOf, withExtensions } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isOffer } from '#domain/support/is-offer.ts'
import { goalOfOffer, kindOfOffer, offerEndedParts } from '#domain/support/offer-fhir.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

type Offer = ServiceRequest & { id: string }
type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

const most = 500

/**
 * An offer as it is stored: made by a professional in their own name, and not reworded after that, because the answer is
 * to these words. It can only be ended, with a reason. Throws 403 and 422.
 */
export async function keepOffer(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): Promise<ResourceWithId> {
  const { actor } = context
  if (!isStaff(actor) || !actor.practitioner)
    throw forbidden('A professional makes and ends an offer')
  const offer = resource as Offer
  if (before) return ended(context, offer, before as ServiceRequest)
  mustBeWhole(offer, person)
  await mustServeOwnGoal(context, offer)
  const { requester: _sent, ...rest } = offer
  return {
    ...rest,
    requester: { reference: `Practitioner/${actor.practitioner}`, display: actor.name },
    // whatever a device’s clock says: an offer is made when it comes here
    authoredOn: context.now.toISOString(),
  }
}

function mustBeWhole(offer: Offer, person: string | undefined): void {
  if (offer.status !== 'active' || offer.intent !== 'proposal')
    throw refusal('An offer begins as an active proposal', 'status')
  if (offer.subject?.reference !== `Patient/${person}`)
    throw refusal('Name the person as Patient/<id>', 'subject')
  // under another category beside it, it would be a referral as well, which opens the record to somebody
  if ((offer.category ?? []).flatMap(({ coding = [] }) => coding).length !== 1)
    throw refusal('An offer has one category', 'category')
  if (!kindOfOffer(offer)) throw refusal('Say what kind of help it is', 'code')
  if (!isShort(offer.code?.text)) throw refusal('Say in words what is offered', 'code')
  const giver = offer.performer ?? []
  if (giver.length > 1 || giver.some((each) => each.reference || !isShort(each.display)))
    throw refusal('Say in words who gives it: an offer asks nobody', 'performer')
}

const isShort = (text = '') => text.trim() !== '' && text.length <= most

const refusal = (words: string, element?: string) =>
  new FhirProblem(
    422,
    'business-rule',
    words,
    element ? { expression: `ServiceRequest.${element}` } : {},
  )

async function mustServeOwnGoal(context: RequestContext, offer: Offer): Promise<void> {
  const id = goalOfOffer(offer)
  if (!id) return
  const coming = context.pendingWrites.get(`Goal/${id}`)
  const goal = coming ?? (await context.store.read('Goal', id, context.accessScope.scope))?.resource
  if (goal?.resourceType !== 'Goal' || goal.subject.reference !== offer.subject?.reference)
    throw refusal('This goal is not in the person’s record', 'extension')
}

const changesAtEnd: readonly string[] = ['status', 'extension:offer-ended']

function ended(context: RequestContext, resource: Offer, before: ServiceRequest): Offer {
  const changed = changedElements(before, resource)
  if (changed.length === 0) return resource
  if (!isOffer(before) || !isOffer(resource) || before.status !== 'active')
    throw forbidden('An offer stays as it was made')
  if (resource.status !== 'revoked' || changed.some((each) => !changesAtEnd.includes(each)))
    throw forbidden('An offer is not reworded, because the answer is to these words. End it')
  const words = extensionOf(resource, 'offer-ended')?.extension?.find(
    ({ url }) => url === 'words',
  )?.valueString
  if (!isShort(words)) throw refusal('Say why it ends', 'extension')
  const { actor, now } = context
  const by = {
    ...{ reference: `Practitioner/${actor.practitioner}`, name: actor.name },
    voice: 'professional' as const,
  }
  const parts = offerEndedParts({ words: words ?? '', by, at: now.toISOString() })
  return { ...resource, id: resource.id, ...withExtensions(resource, { 'offer-ended': [parts] }) }
}
