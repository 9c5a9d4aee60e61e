import type { Bundle, Resource } from '@medplum/fhirtypes'
import { exactJson, readExactly } from '#domain/decimal/digits.ts'
import { isResource } from '#domain/fhir/checked-json.ts'
import { type CallHandler, callRequest } from './call-request.ts'
import type { Call } from './tab-channels.ts'

/**
 * A write that was sent again after its first owner was lost, and is refused because the record has changed: was it the
 * first sending that changed it? It was, if every record that it puts now holds exactly what was sent. Then the answer
 * is that of a write that succeeded; otherwise none, and the refusal stays.
 */
export async function replayCheck(call: Call, handler: CallHandler): Promise<Response | undefined> {
  const sent = sentBy(call)
  if (sent.length === 0) return undefined
  const found: Resource[] = []
  for (const resource of sent) {
    const url = new URL(`/fhir/${resource.resourceType}/${resource.id}`, call.url).href
    const response = await handler(callRequest(call, { method: 'GET', url }))
    if (!response.ok) return undefined
    const current = readExactly(await response.text())
    if (!isResource(current) || contentOf(current) !== contentOf(resource)) return undefined
    found.push(current)
  }
  return call.method === 'PUT' ? answerOne(found) : answerAll(found)
}

/** The records that a PUT or a transaction made only of PUTs would write; none for anything else. */
function sentBy(call: Call): readonly Resource[] {
  if (!call.body) return []
  const body = readExactly(new TextDecoder().decode(call.body))
  if (!isResource(body)) return []
  if (call.method === 'PUT') return [body]
  if (body.resourceType !== 'Bundle') return []
  const entries = body.entry ?? []
  const isOnlyPuts = entries.every((entry) => entry.request?.method === 'PUT' && entry.resource)
  return isOnlyPuts ? entries.flatMap((entry) => (entry.resource ? [entry.resource] : [])) : []
}

function contentOf(resource: Resource): string {
  const { meta: _, ...content } = resource
  return JSON.stringify(sorted(content))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  )
}

function headersFor(resource: Resource): Record<string, string> {
  return {
    'Content-Type': 'application/fhir+json',
    ETag: `W/"${resource.meta?.versionId}"`,
  }
}

function answerOne([resource]: readonly Resource[]): Response | undefined {
  if (!resource) return undefined
  return new Response(exactJson(resource), { status: 200, headers: headersFor(resource) })
}

function answerAll(resources: readonly Resource[]): Response {
  const bundle: Bundle = {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: resources.map((resource) => ({
      resource,
      response: {
        status: '200',
        etag: `W/"${resource.meta?.versionId}"`,
        location: `${resource.resourceType}/${resource.id}/_history/${resource.meta?.versionId}`,
      },
    })),
  }
  return new Response(exactJson(bundle), {
    status: 200,
    headers: { 'Content-Type': 'application/fhir+json' },
  })
}
