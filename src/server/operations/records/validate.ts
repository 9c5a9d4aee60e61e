import type {
  OperationOutcome,
  OperationOutcomeIssue,
  ParametersParameter,
  Resource,
} from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  authorizeWrite,
  beginRecord,
  type StandingRecord,
} from '#server/authorization/authorize-write.ts'
import { tiedToReferral } from '#server/authorization/open-referrals.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { noteShown } from '#server/http/request-context.ts'
import { problemOf } from '#server/http/responses.ts'
import { withPeopleNamedByNumber } from '#server/integrity/named-by-number.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, issueOf, outcomeOf } from '#server/problem.ts'
import { faultsOfBundle } from '#server/validation/bundle-faults.ts'
import { validateResource } from '#server/validation/validate.ts'

const purpose =
  'Says what is wrong with a record, or with creating, updating or deleting it (mode); stores nothing'
const modes = ['create', 'update', 'delete'] as const
type Mode = (typeof modes)[number]

async function run(call: OperationCall): Promise<OperationOutcome> {
  const { id, context } = call
  const type = context.url.pathname.split('/')[2] ?? ''
  const mode = modeIn(call)
  const issues =
    mode === 'delete'
      ? await faultsOfDeleting(call, type)
      : await faultsOfKeeping(call, { type, id, mode, resource: recordIn(call, type) })
  if (issues.length > 0) return outcomeOf(issues)
  return {
    resourceType: 'OperationOutcome',
    issue: [
      { severity: 'information', code: 'informational', details: { text: 'Nothing is wrong' } },
    ],
  }
}

/** From the address, or the parameter `mode` of a Parameters. */
function modeIn({ query, body }: OperationCall): Mode | undefined {
  const asked = query.get('mode') ?? parameterOf(body, 'mode')?.valueCode
  const mode = modes.find((each) => each === asked)
  if (asked && !mode)
    throw new FhirProblem(
      400,
      'not-supported',
      `mode must be one of ${modes.join(', ')}, not ${asked}`,
    )
  return mode
}

function parameterOf(body: Resource | undefined, name: string) {
  if (body?.resourceType !== 'Parameters') return undefined
  const given: unknown = body.parameter ?? []
  if (!Array.isArray(given))
    throw new FhirProblem(400, 'structure', 'The parameters must be a list')
  return (given as (ParametersParameter | null)[]).find((each) => each?.name === name) ?? undefined
}

/** The record itself, or the parameter `resource` of a Parameters. */
function recordIn({ body }: OperationCall, type: string): Resource {
  const found = body?.resourceType === 'Parameters' ? parameterOf(body, 'resource')?.resource : body
  if (!found) throw new FhirProblem(400, 'required', 'Send the record to be checked')
  if (found.resourceType === type) return found
  throw new FhirProblem(400, 'invalid', `The record is a ${found.resourceType}, not a ${type}`)
}

type Keeping = Readonly<{
  type: string
  id: string | undefined
  mode: Mode | undefined
  resource: Resource
}>

/** Shape first; a valid record is then checked like the write that `mode` names. */
async function faultsOfKeeping(
  call: OperationCall,
  { type, id, mode, resource }: Keeping,
): Promise<readonly OperationOutcomeIssue[]> {
  const shape = validateResource(resource)
  if (shape.length > 0) return shape
  if (resource.resourceType === 'Bundle') return faultsOfBundle(resource)
  const place = `${type}.id`
  if (id && resource.id !== id)
    return [issueOf('invariant', `The id in the record must be ${id}`, place)]
  if (!mode) return []
  const known = id ?? resource.id ?? crypto.randomUUID()
  const standing = await standingAs(call, type, known)
  if (mode === 'create' && standing)
    return [issueOf('duplicate', 'A record with this id is here already', place)]
  if (mode === 'update' && !standing)
    return [issueOf('not-found', 'There is no such record to change', place)]
  return await faultsOfWriting(call, { ...resource, id: known }, standing)
}

/** Records about which the answer reveals something: the audit log tells their person that they were read. */
async function standingAs(
  { store, scope, context }: OperationCall,
  type: string,
  id: string,
): Promise<StandingRecord | undefined> {
  const stored = await store.read(type, id, scope)
  if (!stored?.resource) return undefined
  await noteShown(context, [{ ...stored.resource, id }], '$validate')
  return { ...stored, resource: stored.resource }
}

async function faultsOfWriting(
  { context }: OperationCall,
  resource: ResourceWithId,
  standing: StandingRecord | undefined,
): Promise<readonly OperationOutcomeIssue[]> {
  const act = standing ? 'update' : 'create'
  const createdPatients = new Set(context.createdPatients)
  const withNewPatients: RequestContext = { ...context, createdPatients }
  if (!standing) await beginRecord(withNewPatients, resource)
  const called = await withPeopleNamedByNumber(withNewPatients, resource)
  const tied = await tiedToReferral<ResourceWithId>(withNewPatients, called, standing?.resource)
  return await refusals(authorizeWrite(withNewPatients, { act, resource: tied, standing }))
}

async function faultsOfDeleting(
  call: OperationCall,
  type: string,
): Promise<readonly OperationOutcomeIssue[]> {
  const { id, context } = call
  const standing = id ? await standingAs(call, type, id) : undefined
  if (!id || !standing) return [issueOf('not-found', 'There is no such record to delete')]
  const resource = { ...standing.resource, id }
  return await refusals(
    authorizeWrite(context, { act: 'delete', resource, standing: { ...standing, resource } }),
  )
}

/** What would be thrown, as an outcome. */
async function refusals(check: Promise<unknown>): Promise<readonly OperationOutcomeIssue[]> {
  try {
    await check
    return []
  } catch (error) {
    const problem = problemOf(error)
    if (problem.status === 500) throw error
    return problem.issues
  }
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
