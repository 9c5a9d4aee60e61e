import type { Resource } from '@medplum/fhirtypes'
import { isResource } from '#domain/fhir/checked-json.ts'
import { FhirProblem } from '#server/problem.ts'
import { readJson } from './read-json.ts'

export const fhirJson = 'application/fhir+json; charset=utf-8'
const largest = 64 * 1024 * 1024

const spoken = ['application/fhir+json', 'application/json', '*/*', 'application/*', 'text/json']
const formats = ['json', 'application/json', 'application/fhir+json', 'application/fhir json']

/** Refuses (406) a caller who does not accept JSON. `_format` has priority over the header, as FHIR says. */
export function negotiateJson(request: Request, url: URL): void {
  const format = url.searchParams.get('_format')
  if (format) {
    if (formats.includes(format.split(';')[0] ?? '')) return
    throw new FhirProblem(406, 'not-supported', 'Records are served as application/fhir+json')
  }
  const wanted = (request.headers.get('accept') ?? '*/*')
    .split(',')
    .map((each) => (each.split(';')[0] ?? '').trim().toLowerCase())
  if (!wanted.some((each) => spoken.includes(each) || each === '')) {
    throw new FhirProblem(406, 'not-supported', 'Records are served as application/fhir+json')
  }
}

export function contentType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}

export function mustSend(request: Request, kinds: readonly string[]): void {
  if (kinds.includes(contentType(request))) return
  throw new FhirProblem(415, 'not-supported', `The body must be sent as ${kinds[0]}`)
}

/** The body as text: 413 if it is larger than one request may be, 400 if it is not UTF-8. */
export async function bodyText(request: Request, most = largest): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > most) throw tooLarge(most)
  const bytes = await request.arrayBuffer()
  if (bytes.byteLength > most) throw tooLarge(most)
  return utf8(bytes)
}

/** FHIR's JSON is UTF-8: other bytes would be stored as broken characters. */
function utf8(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FhirProblem(
      400,
      'structure',
      'The body is not UTF-8: some of its characters cannot be read',
    )
  }
}

/** The longest form of a search: no real query needs more. */
const longestForm = 100_000

/** The query of a search by POST. */
export async function formIn(request: Request): Promise<URLSearchParams> {
  mustSend(request, ['application/x-www-form-urlencoded'])
  return new URLSearchParams(await bodyText(request, longestForm))
}

function tooLarge(most: number): FhirProblem {
  const size = most >= largest ? `${largest / 1024 / 1024} MB` : `${most} bytes`
  const words = `The body is larger than ${size}: send it in parts`
  return new FhirProblem(413, 'too-long', words)
}

const resourceKinds = ['application/fhir+json', 'application/json', 'text/json']

/** The record in the body: 415 for another format, 400 for what is not JSON or not a record. */
export async function bodyResource(request: Request): Promise<Resource> {
  mustSend(request, resourceKinds)
  const body = await readJson(await bodyText(request))
  if (!isResource(body)) throw new FhirProblem(400, 'structure', 'The body is not a FHIR resource')
  return body
}
