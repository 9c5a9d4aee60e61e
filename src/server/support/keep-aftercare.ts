import type { Flag, Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { aftercareFault, aftercareFromFhir, aftercareIdFor } from '#domain/plan/crisis/aftercare.ts'
import { isAftercare } from '#domain/plan/crisis/is-aftercare.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

type Facts = Readonly<{ before: Resource | undefined; person: string | undefined }>
const isOne = (resource: Resource | undefined): resource is Flag =>
  resource?.resourceType === 'Flag' && isAftercare(resource)

const refusal = (words: string, element: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: `Flag.${element}` })

/** Section 117 aftercare as it is stored: whole, one for each person, and in the name of the professional who writes it. */
export function keepAftercare(
  context: RequestContext,
  resource: ResourceWithId,
  { before, person }: Facts,
): ResourceWithId {
  if (!isOne(resource)) {
    if (isOne(before)) throw refusal('A record of aftercare stays one', 'category')
    return resource
  }
  if (before && !isOne(before)) throw refusal('Another flag does not become this', 'category')
  const { actor } = context
  if (!isStaff(actor) || !actor.practitioner)
    throw forbidden('A professional named in the care records aftercare')
  mustBeWhole(context, resource, person)
  return {
    ...resource,
    id: resource.id,
    author: { reference: `Practitioner/${actor.practitioner}`, display: actor.name },
  }
}

function mustBeWhole({ now, zone }: RequestContext, flag: Flag, person: string | undefined): void {
  if (!person || flag.id !== aftercareIdFor(person))
    throw refusal('There is one record of aftercare for each person', 'id')
  if ((flag.category ?? []).flatMap(({ coding = [] }) => coding).length !== 1)
    throw refusal('A record of aftercare has one category', 'category')
  const fault = aftercareFault(aftercareFromFhir(flag), dayIn(zone, now))
  if (fault && flag.status !== 'entered-in-error') throw refusal(fault, 'period')
}
