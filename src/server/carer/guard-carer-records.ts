import type { Observation, Resource } from '@medplum/fhirtypes'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { hasEndedWhy, isCarerEnding } from '#domain/carer/carer-ending.ts'
import { isCarerOffer } from '#domain/carer/carer-offer.ts'
import { isCarerShares } from '#domain/carer/carer-shares.ts'
import { isCarerWords } from '#domain/carer/carer-words-code.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'
import { isAssessed, keepAssessed } from '#server/social-care/keep-assessed.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/**
 * What counts about a carer only because the service checks who says it: offers come through `$carer-offer`, why
 * somebody stopped through `$end-carer`, and assessments under the Care Act are kept by `keepAssessed`. Any other record is returned unchanged.
 */
export async function keepCarerRecord(
  context: RequestContext,
  resource: ResourceWithId,
  facts: Facts,
): Promise<ResourceWithId> {
  const { before } = facts
  if (before && changedElements(before, resource).length === 0) return resource
  const isOne = (is: (record: Resource) => boolean) =>
    is(resource) || (before !== undefined && is(before))
  if (isOne(isCarerOffer))
    throw forbidden('An assessment is offered to a carer, and answered, through $carer-offer')
  if (isOne(isCarerEnding) || hasEndedWhy(resource))
    throw forbidden(
      'Why somebody stopped caring is said through $end-carer, in a record of its own',
    )
  return isOne(isAssessed) ? await keepAssessed(context, resource, facts) : dated(resource, context)
}

/** A device’s clock dates nothing: the carer’s words and what they show count from when they come here. */
function dated(resource: ResourceWithId, { now }: RequestContext): ResourceWithId {
  const at = now.toISOString()
  if (isWithdrawn(resource)) return resource
  if (isHowItIs(resource)) return { ...resource, effectiveDateTime: at }
  return isCarerShares(resource) ? { ...resource, dateTime: at } : resource
}

const isWithdrawn = (resource: Resource) =>
  (resource as { status?: string }).status === 'entered-in-error'

const isHowItIs = (resource: Resource): resource is Observation =>
  resource.resourceType === 'Observation' &&
  (resource.code?.coding?.some(({ code }) => isCarerWords(code)) ?? false)

/** Nobody deletes them either: a decision is marked as an error. */
export function mustStayOfCarer(stored: Resource): void {
  if (isCarerOffer(stored) || isCarerEnding(stored) || isAssessed(stored))
    throw forbidden(
      'What was offered to a carer, found in an assessment, decided and said at the end is not deleted',
    )
}
