import { isStaff } from '#domain/access/actor.ts'
import { placesRequest } from '#domain/population/places-request.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { isOfOrganisation, keepPlaces } from './places.ts'

/** How many people one coordinator of the caller’s organisation can look after at a time. */
export const setPlacesOperation: Operation = {
  name: 'set-places',
  on: 'system',
  changes: true,
  purpose:
    'Enters how many people a coordinator of the caller’s organisation can look after: coordinator (id of a Practitioner who has a role or an open case there), places. Kept with who entered it and when; for its staff and managers',
  async run(call) {
    const organisation = mayEnter(call)
    const { coordinator, places } = askedParameters(call, placesRequest)
    if (coordinator === '') throw new FhirProblem(400, 'required', 'Say which coordinator')
    const { context } = call
    const found = await context.service.store.read('Practitioner', coordinator, everyone)
    if (!found) throw new FhirProblem(422, 'not-found', 'There is no such coordinator here')
    if (!(await isOfOrganisation(context.service.sql, { coordinator, organisation })))
      throw new FhirProblem(
        422,
        'business-rule',
        'This person has no role and no open case in your organisation, so no places can be entered for them',
      )
    const { actor, now: at } = call
    await keepPlaces(context.service.sql, {
      ...{ organisation, coordinator, places, at },
      by: actor.name,
    })
    return placesRequest.write({ coordinator, places })
  },
}

function mayEnter({ actor, body }: OperationCall): string {
  const isOne = isStaff(actor) || actor.role === 'manager' || actor.role === 'admin'
  if (!isOne || actor.role === 'program' || !actor.organisation)
    throw forbidden('Only staff and managers of an organisation enter its places')
  if (body?.resourceType !== 'Parameters')
    throw new FhirProblem(400, 'required', 'Say which coordinator, and how many places')
  return actor.organisation
}
