import type { Observation, Resource } from '@medplum/fhirtypes'
import { isStaff, namesOf } from '#domain/access/actor.ts'
import { changedElements } from '#domain/access/record-access-kind.ts'
import { isDecisionRecord } from '#domain/agreement/capacity-fhir.ts'
import { referenceTo } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { writerOf } from './own-words.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

/**
 * Whether a person can make a decision, or why somebody else made it, is recorded by the professional who judged it, in
 * their own name: an answer for the person rests on it. Others can only mark it as an error. Any other record is
 * returned unchanged.
 */
export function keepDecisionRecord(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): ResourceWithId {
  const stood = before !== undefined && isDecisionRecord(before) ? before : undefined
  if (!stood && !isDecisionRecord(resource)) return resource
  if (!isDecisionRecord(resource) || (before && !stood))
    throw refused('A record of who can decide stays one', 'Observation.code')
  if (stood && !namesOf(context.actor).includes(stood.performer?.[0]?.reference ?? ''))
    return markedAsError(resource, stood)
  return judgedBy(context, resource, person)
}

function judgedBy<R extends Observation>(
  context: RequestContext,
  resource: R,
  person: string | undefined,
): R {
  const { actor, now } = context
  if (!isStaff(actor) || !actor.practitioner)
    throw forbidden('Only a named professional records whether a person can decide')
  // the clock of a device may be ahead; nothing is judged later than now
  const isAhead = Date.parse(resource.effectiveDateTime ?? '') > now.getTime()
  return {
    ...resource,
    ...(isAhead ? { effectiveDateTime: now.toISOString() } : {}),
    performer: [referenceTo(writerOf(context, person).who)],
  }
}

function markedAsError<R extends Observation>(resource: R, stood: Observation): R {
  const changed = changedElements(stood, resource)
  const isError = resource.status === 'entered-in-error'
  if (changed.every((each) => each === 'status' && isError)) return resource
  throw forbidden('Somebody else recorded this: record what you found in your own name')
}

const refused = (text: string, expression: string) =>
  new FhirProblem(422, 'business-rule', text, { expression })
