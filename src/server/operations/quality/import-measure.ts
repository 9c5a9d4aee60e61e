import type { Bundle, Measure, Resource } from '@medplum/fhirtypes'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { cqlMeasureId, measureToKeep } from '#domain/quality/kept-measure.ts'
import {
  largestMeasureBundle,
  type ReadMeasure,
  readMeasureBundle,
} from '#domain/quality/measure-bundle.ts'
import { mustHaveEngine } from '#server/cql/evaluate-person.ts'
import { isStoredType } from '#server/fhir/stored-types.ts'
import { bodyText } from '#server/http/negotiate-json.ts'
import { readJson } from '#server/http/read-json.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, issueOf } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { validateResource } from '#server/validation/validate.ts'

/** Takes a measure in CQL, or a new version of it. What stands stays as it is if anything is wrong with what came. */
export const importMeasureOperation: Operation = {
  name: 'import-measure',
  on: 'type',
  type: 'Measure',
  changes: true,
  alone: true,
  readsRequest: true,
  purpose:
    'Takes a measure in CQL, or a new version of it: a Bundle with the Measure, its Libraries with ELM and its ValueSets with their codes; an empty body adds those that come with Gable; everything that is wrong is said; for administrators',
  async run(call) {
    if (call.actor.role !== 'admin') throw forbidden('Only an administrator takes measures')
    const bundles = await bundlesIn(call)
    const read = bundles.map(mustBeSound)
    return await withinRecord(call.context, async (inside) => {
      const kept: Measure[] = []
      for (const each of read) kept.push(await keepMeasure(inside, each))
      return { resourceType: 'Bundle', type: 'collection', entry: kept.map(asEntry) }
    })
  },
}

const asEntry = (resource: Measure) => ({ resource })

async function bundlesIn(call: OperationCall): Promise<readonly (Resource | undefined)[]> {
  const text = await bodyText(call.request, largestMeasureBundle)
  if (text.trim() === '') return await mustHaveEngine(call).ownMeasures()
  const body = (await readJson(text)) as Resource | undefined
  const isEmpty = body?.resourceType === 'Parameters' && !body.parameter?.length
  return isEmpty ? await mustHaveEngine(call).ownMeasures() : [body as Bundle]
}

function mustBeSound(bundle: Resource | undefined): ReadMeasure {
  const read = readMeasureBundle(bundle, isStoredType)
  if ('faults' in read)
    throw new FhirProblem(422, 'business-rule', read.faults[0] ?? '', {
      issues: read.faults.slice(0, 20).map((words) => issueOf('business-rule', words)),
    })
  const shape = validateResource(measureToKeep(read.read, new Date(0))[0])
  const [issue] = shape
  if (issue) throw new FhirProblem(422, 'structure', issue.details?.text ?? '', { issues: shape })
  return read.read
}

async function keepMeasure(context: RequestContext, read: ReadMeasure): Promise<Measure> {
  const { store } = context.service
  const id = cqlMeasureId(read.measure)
  const [measure, library] = measureToKeep(read, context.now)
  const before = (await store.read('Measure', id, everyone))?.resource as Measure | undefined
  if (before && before.url !== read.measure.url)
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      `Another measure has the name ${read.measure.name}: ${before.url}. Give this one its own name`,
    )
  for (const resource of [measure, library]) await put(context, resource, before)
  return measure
}

async function put(
  context: RequestContext,
  resource: ResourceWithId,
  measure: Measure | undefined,
): Promise<void> {
  const { store } = context.service
  const stands = await store.read(resource.resourceType, resource.id, everyone)
  if (stands?.resource && sameContent(stands.resource, resource)) return
  const version = resource.resourceType === 'Library' ? resource.version : undefined
  if (version !== undefined && measure?.version === version)
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      `Version ${version} of this measure is here already, and is worked out in another way. Give the new one its own version`,
    )
  const request = { resource, expect: stands ? { version: stands.version } : ('absent' as const) }
  const written = await store.write(request)
  const act = stands ? ('U' as const) : ('C' as const)
  const done = { request, act, person: undefined, before: stands?.resource, written }
  await noteWritten(context, [done], '$import-measure')
}

function sameContent(one: Resource, other: Resource): boolean {
  const of = (each: Resource) => JSON.stringify('content' in each ? each.content : each)
  if (one.resourceType === 'Library') return of(one) === of(other)
  const { meta: _, ...stands } = one
  return JSON.stringify(stands) === JSON.stringify(other)
}
