import type { Bundle, Resource } from '@medplum/fhirtypes'
import { exactJson } from '#domain/decimal/digits.ts'
import { FhirProblem, issueOf, outcomeOf } from '#server/problem.ts'
import { StaleVersion, type StoredVersion, type WriteResult } from '#server/store/store.ts'
import { databaseError } from './database-error.ts'
import { fhirJson } from './negotiate-json.ts'
import type { RequestContext } from './request-context.ts'
import { type AskedLinks, visibleTo } from './visible-records.ts'

/** Records must not be cached: they change, and who may see them changes. */
const guarded = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' }

export function resourceResponse(
  resource: Resource,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(exactJson(resource), {
    status,
    headers: { 'Content-Type': fhirJson, ...guarded, ...headers },
  })
}

export function emptyResponse(
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(null, { status, headers: { ...guarded, ...headers } })
}

export function versionTag(version: number): string {
  return `W/"${version}"`
}

export function versionHeaders(stored: StoredVersion): Record<string, string> {
  return { ETag: versionTag(stored.version), 'Last-Modified': new Date(stored.at).toUTCString() }
}

/** The version in an `If-Match` (`W/"3"`, `"3"` or `3`); undefined if the header is absent. */
export function versionWanted(header: string | null | undefined): number | undefined {
  if (!header) return undefined
  const found = /^\s*(?:W\/)?"?(\d+)"?\s*$/.exec(header)
  if (!found) throw new FhirProblem(400, 'value', `If-Match cannot be read: ${header}`)
  return Number(found[1])
}

/** The answer to a write, as much of it as `Prefer: return=…` asks for. */
export async function writtenResponse(
  context: RequestContext,
  written: WriteResult & Readonly<{ links?: AskedLinks }>,
): Promise<Response> {
  const { kept, links } = written
  const status = written.outcome === 'created' ? 201 : 200
  const location = `${context.base}/${kept.type}/${kept.id}/_history/${kept.version}`
  const headers = { ...versionHeaders(kept), Location: location }
  const prefer = /return=(minimal|representation|OperationOutcome)/.exec(
    context.request.headers.get('prefer') ?? '',
  )?.[1]
  if (prefer === 'minimal') return emptyResponse(status, headers)
  if (prefer === 'OperationOutcome') return resourceResponse(done(written), status, headers)
  const shown = kept.resource && (await visibleTo(context, kept.resource, [], links))
  return resourceResponse(shown ?? done(written), status, headers)
}

function done({ kept, outcome }: WriteResult): Resource {
  const text = `${kept.type}/${kept.id} ${outcome}, version ${kept.version}`
  return {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'information', code: 'informational', details: { text } }],
  }
}

/** Turns anything thrown into an OperationOutcome; an unknown error says nothing about the inside. */
export function problemResponse(error: unknown): Response {
  const problem = problemOf(error)
  return resourceResponse(outcomeOf(problem.issues), problem.status, problem.headers)
}

export function problemOf(error: unknown): FhirProblem {
  if (error instanceof FhirProblem) return error
  if (error instanceof StaleVersion) return stale(error.found)
  if (error instanceof Error && error.name === 'SearchProblem') {
    return new FhirProblem(400, 'invalid', error.message)
  }
  const ofDatabase = databaseError(error)
  if (ofDatabase) return ofDatabase
  const text = 'Something went wrong here. Nothing was changed'
  return new FhirProblem(500, 'exception', text, { issues: [issueOf('exception', text)] })
}

export function stale(found: number): FhirProblem {
  const text =
    found === 0
      ? 'There is no such record to change'
      : `Someone has changed this record: it is now at version ${found}`
  return new FhirProblem(412, 'conflict', text, {
    headers: found === 0 ? {} : { ETag: versionTag(found) },
  })
}

export function bundleResponse(bundle: Bundle): Response {
  return resourceResponse(bundle)
}
