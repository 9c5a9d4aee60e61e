import type { Consent, Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { extensionOf } from '#domain/fhir/references-and-extensions.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isOptOut, optOutKindsIn } from '#domain/opt-out/is-opt-out.ts'
import { toldHows } from '#domain/opt-out/opt-out.ts'
import { optOutFault, toldHowIn, withOptOutMarks } from '#domain/opt-out/opt-out-fhir.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>

const refused = (text: string, element: string) =>
  new FhirProblem(422, 'business-rule', text, { expression: `Consent.${element}` })

/**
 * What somebody says no to, as it is stored: the person says it, or a professional writes down how they were told.
 * Who may take it back is decided with the access rules. Throws 403 and 422.
 */
export function keepOptOut(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): ResourceWithId {
  if (!isOptOut(resource)) {
    if (before && isOptOut(before)) throw refused('What somebody said no to stays that', 'category')
    return resource
  }
  mustBeSound(resource, { before, person })
  // how and when it was said stays as it is while it stands
  const stood = before?.resourceType === 'Consent' ? before : undefined
  if (stood && stood.status === resource.status && !isNowTheirOwn(context, stood, person))
    return { ...stood, id: resource.id, ...(resource.meta ? { meta: resource.meta } : {}) }
  return withOptOutMarks(resource, {
    at: context.now.toISOString(),
    ...saidBy(context, resource, person),
  }) as ResourceWithId
}

/** What was written down for somebody, who now says it themselves. */
const isNowTheirOwn = ({ actor }: RequestContext, stood: Consent, person: string | undefined) =>
  stood.status === 'active' && toldHowIn(stood) !== undefined && actor.person === person

function mustBeSound(resource: Consent, { before, person }: Facts): void {
  if (before) mustBeSameKind(before, resource)
  else if (resource.status !== 'active')
    throw refused('What nobody said no to cannot be taken back', 'status')
  const fault = optOutFault(resource, person)
  if (fault) throw refused(fault, 'category')
}

function mustBeSameKind(before: Resource, after: Consent): void {
  if (!isOptOut(before)) throw refused('Another consent does not become this', 'category')
  if (optOutKindsIn(before).join() !== optOutKindsIn(after).join())
    throw refused('This is about something else: write a Consent of its own', 'category')
}

function saidBy({ actor }: RequestContext, consent: Consent, person: string | undefined) {
  if (person !== undefined && actor.person === person) return {}
  const { practitioner, name } = actor
  if (!practitioner || !(isStaff(actor) || actor.role === 'admin'))
    throw forbidden('Only the person says no, or a professional writes it down for them')
  const code = extensionOf(consent, 'told-how')?.valueCode
  const toldHow = toldHows.find((each) => each === code)
  if (!toldHow)
    throw refused(`Say how the person told you (told-how): ${toldHows.join(', ')}`, 'extension')
  return {
    toldHow,
    writtenBy: { reference: `Practitioner/${practitioner}`, name, voice: 'professional' as const },
  }
}

/** It is taken back, and stays in the history. */
export function mustStayOptedOut(stored: Resource): void {
  if (isOptOut(stored))
    throw forbidden('What somebody said no to is not deleted. It is taken back (inactive)')
}
