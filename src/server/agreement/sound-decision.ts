import type { Observation, Resource } from '@medplum/fhirtypes'
import { isRestricted } from '#domain/access/labels/restricted.ts'
import {
  type BestInterestsFault,
  bestInterestsFaults,
  type CapacityFault,
  capacityFaults,
} from '#domain/agreement/capacity.ts'
import {
  bestInterestsFromFhir,
  capacityFromFhir,
  isDecisionRecord,
} from '#domain/agreement/capacity-fhir.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'

/**
 * A capacity record and a best-interests record are whole and restricted; `keepDecisionRecord` sees to whose they are. Any
 * other record passes. Whether the person has capacity is never worked out here.
 */
export async function mustBeSoundDecision(
  context: RequestContext,
  resource: Resource,
  person: string | undefined,
): Promise<void> {
  if (!isDecisionRecord(resource) || resource.status === 'entered-in-error') return
  if (!isRestricted(resource))
    throw problem('A decision about capacity is restricted to the person and named professionals')
  await mustBeWhole(context, resource, person)
}

const problem = (text: string) =>
  new FhirProblem(422, 'business-rule', text, { expression: 'Observation' })

async function mustBeWhole(
  context: RequestContext,
  resource: Observation,
  person: string | undefined,
): Promise<void> {
  const capacity = capacityFromFhir(resource)
  const [fault] = capacity ? capacityFaults(capacity) : []
  if (fault) throw problem(capacityWords[fault])
  const decision = bestInterestsFromFhir(resource)
  if (!capacity && !decision) throw problem('The record is not complete')
  const [missing] = decision ? bestInterestsFaults(decision) : []
  if (missing) throw problem(bestInterestsWords[missing])
  if (decision) await mustRestOnCapacity(context, decision.capacity, person)
  if ((capacity ?? decision)?.planId === '')
    throw problem('Say which plan the decision is about, in focus')
}

async function mustRestOnCapacity(
  { store, accessScope }: RequestContext,
  reference: string,
  person: string | undefined,
): Promise<void> {
  const id = reference.split('/')[1] ?? ''
  const stored = await store.read('Observation', id, accessScope.scope)
  const found =
    stored?.resource?.resourceType === 'Observation' ? capacityFromFhir(stored.resource) : undefined
  if (stored?.person !== person || !found || found.hasCapacity)
    throw problem(bestInterestsWords['no-capacity-record'])
}

const capacityWords: Readonly<Record<CapacityFault, string>> = {
  'no-decision': 'Say which decision it is about',
  'no-support': 'Say what was done to help the person decide',
  'no-reasons': 'Give the reasons',
  'no-impairment': 'Say what impairment or disturbance of the mind or brain there is (stage 1)',
  'no-ability':
    'Say what the person could not do: understand, retain, weigh or communicate (stage 2)',
  'no-because': 'Say how the impairment is the cause',
  'review-before': 'The day to look again cannot be before the day of the decision',
}

const bestInterestsWords: Readonly<Record<BestInterestsFault, string>> = {
  'no-capacity-record':
    'A decision in the person’s best interests needs a capacity record that says they cannot decide this',
  'no-wishes': 'Write what the person wishes, feels and believes',
  'no-decided': 'Write what was decided',
  'no-why': 'Write why this is in the person’s best interests',
  'nobody-consulted':
    'Write who was asked. Where there is nobody to ask, name the independent mental capacity advocate (IMCA)',
}
