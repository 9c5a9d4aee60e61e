import { idIn } from '#domain/fhir/references-and-extensions.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

/** Everybody asks of their own organisation; an administrator says of which. Throws 400 and 403. */
export function organisationAsked({ actor }: Pick<OperationCall, 'actor'>, asked: string): string {
  const own = actor.organisation
  const named = asked.includes('/') ? idIn(asked) : asked
  if (actor.role === 'admin') {
    const organisation = named || own
    if (organisation) return organisation
    throw new FhirProblem(400, 'required', 'Say of which organisation: organisation')
  }
  if (!own || (named && named !== own)) throw forbidden('You can ask of your own organisation only')
  return own
}
