import type { OperationOutcome, Resource } from '@medplum/fhirtypes'
import { FhirProblem, outcomeOf } from '#api/problem.ts'
import { faultsIn } from '#api/validation/validate.ts'
import type { Operation, OperationContext } from './operation.ts'

const purpose = 'Says what is wrong with a record before it is kept; keeps nothing'

async function run({ body, visit }: OperationContext): Promise<OperationOutcome> {
  const resource = recordIn(body)
  const type = visit.url.pathname.split('/')[2]
  if (resource.resourceType !== type) {
    throw new FhirProblem(400, 'invalid', `The record is a ${resource.resourceType}, not a ${type}`)
  }
  const issues = faultsIn(resource)
  if (issues.length > 0) return outcomeOf(issues)
  return {
    resourceType: 'OperationOutcome',
    issue: [
      { severity: 'information', code: 'informational', details: { text: 'Nothing is wrong' } },
    ],
  }
}

/** The record itself, or the parameter `resource` of a Parameters. */
function recordIn(body: Resource | undefined): Resource {
  if (body && body.resourceType !== 'Parameters') return body
  const found = body?.parameter?.find((each) => each.name === 'resource')?.resource
  if (found) return found
  throw new FhirProblem(400, 'required', 'Send the record that is to be checked')
}

export const validateType: Operation = {
  name: 'validate',
  on: 'type',
  changes: false,
  purpose,
  run,
}
export const validateRecord: Operation = {
  name: 'validate',
  on: 'instance',
  changes: false,
  purpose,
  run,
}
