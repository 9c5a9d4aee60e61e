import type { Resource } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { deathIn } from '#domain/person/death.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { forbidden } from '#server/problem.ts'

/** Staff, an administrator, and the systems that send records say that somebody has died: never the person’s or a carer’s sign-in. Throws 403. */
export function guardDeath(
  { actor }: Pick<RequestContext, 'actor'>,
  before: Resource | undefined,
  after: Resource,
): void {
  if (after.resourceType !== 'Patient') return
  const stood = before?.resourceType === 'Patient' ? deathIn(before) : undefined
  if (stood === deathIn(after)) return
  if (isStaff(actor) || actor.role === 'admin') return
  if (actor.role !== 'person' && actor.role !== 'carer') return
  throw forbidden('A death is recorded, and removed, by a professional: tell the team')
}
