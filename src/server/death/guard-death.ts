import type { Patient, Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { deathIn, faultOfRecordedDeath } from '#domain/person/death.ts'
import { hasLastingAccess } from '#server/authorization/lasting-access.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'

const faultWords = {
  ahead: 'The date of death is in the future',
  'before-birth': 'The date of death is before the date of birth',
} as const

/**
 * Staff, an administrator, and the systems that send records say that somebody has died, and take it back: never the
 * person’s or a carer’s sign-in, and of staff nobody whose access is a guest’s. Throws 403, and 422 for a day of death that
 * cannot be.
 */
export async function guardDeath(
  context: RequestContext,
  before: Resource | undefined,
  after: Resource,
): Promise<void> {
  if (after.resourceType !== 'Patient') return
  const stood = before?.resourceType === 'Patient' ? before : undefined
  mustBePossible(context, stood, after)
  if ((stood ? deathIn(stood) : undefined) === deathIn(after)) return
  await mustBeByTeam(context, stood)
}

/** What was recorded with a fault already may be corrected in every other respect. */
function mustBePossible(context: RequestContext, stood: Patient | undefined, after: Patient) {
  const isAsItStood =
    stood && deathIn(stood) === deathIn(after) && stood.birthDate === after.birthDate
  const fault = isAsItStood ? undefined : faultOfRecordedDeath(after, context)
  if (!fault) return
  throw new FhirProblem(422, 'business-rule', faultWords[fault], { expression: 'Patient.deceased' })
}

async function mustBeByTeam(context: RequestContext, stood: Patient | undefined): Promise<void> {
  const { actor } = context
  if (actor.role === 'person' || actor.role === 'carer')
    throw forbidden('A death is recorded, and removed, by a professional: tell the team')
  if (!stood?.id || !isStaff(actor) || (await hasLastingAccess(context, stood.id))) return
  throw forbidden(
    'You have access through a referral, a task or for a limited time. Only the care team or the practice can record a death, or remove it: tell them',
  )
}
