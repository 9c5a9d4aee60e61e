import type { Resource } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import { questionOf } from '#server/audit/audited-request.ts'
import { shownTo } from '#server/authorization/visible-records.ts'
import { bodyResource } from '#server/http/negotiation.ts'
import { note, type Visit } from '#server/http/request-context.ts'
import { resourceAnswer } from '#server/http/responses.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Operation } from './operation.ts'
import { operations } from './registry.ts'

export type Called = Readonly<{ name: string; type?: string; id?: string }>

/** Runs a named operation. One that changes nothing may be called by GET; one that takes its own format reads the request itself. */
export async function runOperation(visit: Visit, called: Called): Promise<Response> {
  const operation = operations.find((each) => isCalled(each, called))
  if (!operation) throw new FhirProblem(404, 'not-supported', `$${called.name} is not served here`)
  const { request } = visit
  if (request.method !== 'POST' && operation.changes) {
    throw new FhirProblem(405, 'not-supported', `$${called.name} must be called with POST`, {
      headers: { Allow: 'POST' },
    })
  }
  const body = await bodyFor(operation, request)
  const question = questionOf(pathOf(called), body)
  if (question) visit.asked.push(question)
  const answer = await operation.run({
    actor: visit.actor,
    scope: visit.reach.scope,
    store: visit.store,
    sql: visit.sql,
    now: visit.now,
    today: dayIn(visit.zone, visit.now),
    query: visit.url.searchParams,
    request,
    visit,
    ...(called.id ? { id: called.id } : {}),
    ...(body ? { body } : {}),
  })
  await noteCalled(visit, called, operation)
  if (answer instanceof Response) return answer
  return resourceAnswer(await shownTo(visit, answer, operation.records?.(answer)))
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

async function noteCalled(visit: Visit, called: Called, operation: Operation): Promise<void> {
  const person = called.type === 'Patient' ? called.id : undefined
  const what = new Map(person ? [[person, [`Patient/${person}`]] as const] : [])
  await note(visit, what, { act: operation.changes ? 'E' : 'R', way: `$${operation.name}` })
}
