import type { Resource } from '@medplum/fhirtypes'
import { mayAsk, refusedAfterDeath, refusedToTheDead } from '#domain/person/after-death.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { patientOf } from './patient-of.ts'

/**
 * Refuses with 422 anything that asks something of a person who has died, or says that it was done with them since,
 * from any client. The death on the record decides: if it is removed there, nothing is refused any more.
 */
export async function refuseAfterDeath(
  context: RequestContext,
  resource: Resource,
  where: Readonly<{ person: string | undefined; before: Resource | undefined }>,
): Promise<void> {
  const { person, before } = where
  if (!person || !mayAsk(resource)) return
  const patient = await patientOf(context, person)
  const words = patient && refusedAfterDeath(patient, { resource, before }, context)
  if (words) throw new FhirProblem(422, 'business-rule', words)
}

/** Refuses with 422 what an operation asks only of the living. */
export async function mustBeLiving(
  context: RequestContext,
  person: string,
  what: Parameters<typeof refusedToTheDead>[1],
): Promise<void> {
  const patient = await patientOf(context, person)
  const words = patient && refusedToTheDead(patient, what)
  if (words) throw new FhirProblem(422, 'business-rule', words)
}
