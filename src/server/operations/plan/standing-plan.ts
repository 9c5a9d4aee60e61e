import type { CarePlan } from '@medplum/fhirtypes'
import { isPlan } from '#domain/plan/fhir.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, notFound } from '#server/problem.ts'

export type StandingPlan = Readonly<{
  id: string
  person: string
  /** the current version */
  version: number
  plan: CarePlan & { id: string }
}>

/** The plan that an operation is called on. 404 if there is none, or none that this caller may see. */
export async function standingPlan({
  id = '',
  store,
  scope,
}: OperationCall): Promise<StandingPlan> {
  const stored = await store.read('CarePlan', id, scope)
  const plan = stored?.resource
  if (!stored?.person || plan?.resourceType !== 'CarePlan') throw notFound()
  if (!isPlan(plan))
    throw new FhirProblem(
      400,
      'invalid',
      'This is the part of a plan about what to do if things get worse. Ask for the plan itself',
    )
  return { id, person: stored.person, version: stored.version, plan: { ...plan, id } }
}
