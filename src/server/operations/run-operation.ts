import type { Resource } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import { auditQueryOf } from '#server/audit/audit-query.ts'
import { bodyResource } from '#server/http/negotiate-json.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { rememberQuery } from '#server/http/request-memory.ts'
import { resourceResponse } from '#server/http/responses.ts'
import { visibleTo } from '#server/http/visible-records.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Operation } from './operation.ts'
import { operationRegistry } from './registry.ts'

export type Called = Readonly<{ name: string; type?: string; id?: string }>

/**
 * Runs a named operation. One that changes nothing may be called by GET; one with its own input format reads the
 * request itself.
 */
export async function runOperation(context: RequestContext, called: Called): Promise<Response> {
  const operation = operationRegistry.find((each) => isCalled(each, called))
  if (!operation) throw new FhirProblem(404, 'not-supported', `$${called.name} is not served here`)
  const { request } = context
  if (request.method !== 'POST' && operation.changes) {
    throw new FhirProblem(405, 'not-supported', `$${called.name} must be called with POST`, {
      headers: { Allow: 'POST' },
    })
  }
  const body = await bodyFor(operation, request)
  const question = auditQueryOf(pathOf(called), body)
  if (question) rememberQuery(context, question)
  const answer = await operation.run({
    actor: context.actor,
    scope: context.accessScope.scope,
    store: context.store,
    sql: context.sql,
    now: context.now,
    today: dayIn(context.zone, context.now),
    query: context.url.searchParams,
    request,
    context,
    ...(called.id ? { id: called.id } : {}),
    ...(body ? { body } : {}),
  })
  await noteCalled(context, called, operation)
  if (answer instanceof Response) return answer
  return resourceResponse(await visibleTo(context, answer, operation.records?.(answer)))
}

function pathOf({ name, type, id }: Called): string {
  return [...(type ? [type] : []), ...(id ? [id] : []), `$${name}`].join('/')
}

function isCalled(operation: Operation, { name, type, id }: Called): boolean {
  if (operation.name !== name) return false
  if (id) return operation.on === 'instance' && (operation.type ?? type) === type
  if (type) return operation.on === 'type' && (operation.type ?? type) === type
  return operation.on === 'system'
}

async function bodyFor(operation: Operation, request: Request): Promise<Resource | undefined> {
  if (request.method !== 'POST' || operation.readsRequest) return undefined
  const empty = request.body === null || request.headers.get('content-length') === '0'
  return empty ? undefined : await bodyResource(request)
}

async function noteCalled(
  context: RequestContext,
  called: Called,
  operation: Operation,
): Promise<void> {
  const person = called.type === 'Patient' ? called.id : undefined
  const what = new Map(person ? [[person, [`Patient/${person}`]] as const] : [])
  await note(context, what, { act: operation.changes ? 'E' : 'R', way: `$${operation.name}` })
}
