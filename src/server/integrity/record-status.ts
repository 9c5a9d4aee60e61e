import type { Patient, Resource } from '@medplum/fhirtypes'
import { isInUse } from '#domain/person/joined.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

const openings = ['planned', 'waitlist', 'active', 'onhold']

/** The elements that say that a record is no longer in use, or which one replaces it, in any order. */
const standingOf = (patient: Patient): readonly string[] => [
  ...(patient.active === false ? ['not in use'] : []),
  ...(patient.link ?? [])
    .filter(({ type }) => type === 'replaced-by' || type === 'replaces')
    .map(({ type, other }) => `${type} ${other.reference ?? JSON.stringify(other)}`)
    .toSorted(),
]

/**
 * Whether a record is in use, and which other one replaces it, decides where messages, emergency access and a person's
 * own sign-in go: an administrator decides it, when both sides are known, and never a saved record alone.
 */
export function changesRecordStatus(before: Resource | undefined, after: Resource): boolean {
  if (before?.resourceType !== 'Patient' || after.resourceType !== 'Patient') return false
  return standingOf(before).join() !== standingOf(after).join()
}

/** Most systems know nothing of what was joined or set aside here, and send nothing about it. */
export const tellsOfRecordStatus = (resource: Resource): boolean =>
  resource.resourceType === 'Patient' && standingOf(resource).length > 0

export const onlyByAdministrator =
  'Only an administrator can decide whether a record is in use and which record replaces it'

export function guardRecordStatus(
  { actor }: RequestContext,
  before: Resource | undefined,
  after: Resource,
) {
  if (actor.role !== 'admin' && changesRecordStatus(before, after))
    throw forbidden(onlyByAdministrator)
}

/** Nobody is taken on through a record that was joined to another or set aside, but through the one in use. */
export async function guardTakingOn(
  context: RequestContext,
  resource: Resource,
  person: string | undefined,
) {
  if (resource.resourceType !== 'EpisodeOfCare' || !person) return
  if (!openings.includes(resource.status)) return
  const patient = (await context.service.store.read('Patient', person, everyone))?.resource
  if (patient?.resourceType !== 'Patient' || isInUse(patient)) return
  const text =
    'This record is no longer in use. Open the record that replaces it, and take the person on there'
  throw new FhirProblem(422, 'business-rule', text)
}
