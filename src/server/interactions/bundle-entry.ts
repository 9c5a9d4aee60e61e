import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import type { RequestContext } from '#server/http/request-context.ts'
import { versionTag } from '#server/http/responses.ts'
import { visibleTo } from '#server/http/visible-records.ts'
import { FhirProblem } from '#server/problem.ts'
import type { WriteResult } from '#server/store/store.ts'

export type Verb = 'DELETE' | 'POST' | 'PUT' | 'PATCH' | 'GET'

/** One parsed entry of a transaction. */
export type BundleStep = Readonly<{
  index: number
  verb: Verb
  type: string
  id?: string | undefined
  /** search of a conditional interaction, without the question mark */
  condition?: string | undefined
  url: string
  entry: BundleEntry
  resource?: Resource | undefined
}>

/** With the result of its condition. */
export type Planned = BundleStep & Readonly<{ found?: string | undefined }>

/** FHIR's order of work: deletes, creates, updates, reads. */
export const phases: readonly (readonly Verb[])[] = [
  ['DELETE'],
  ['POST'],
  ['PUT', 'PATCH'],
  ['GET'],
]

export const placeOfEntry = (index: number): string => `Bundle.entry[${index}]`

const verbs: readonly string[] = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET']

const isVerb = (verb: unknown): verb is Verb => typeof verb === 'string' && verbs.includes(verb)

export function stepsOf(bundle: Bundle): readonly BundleStep[] {
  return bundleEntriesOf(bundle).map((entry, index) => stepOf(entry, index))
}

/** Far more than a person's whole record has. */
const mostEntries = 10_000

const tooMany = () =>
  new FhirProblem(
    413,
    'too-costly',
    `A Bundle may have at most ${mostEntries} entries: send it in parts`,
  )

/** As they were sent: their shape has not been checked yet. */
export function bundleEntriesOf(bundle: Bundle): readonly BundleEntry[] {
  const entries: unknown = bundle.entry ?? []
  if (Array.isArray(entries) && entries.length > mostEntries) throw tooMany()
  if (Array.isArray(entries)) return entries as BundleEntry[]
  const text = 'The entries of a Bundle must be a list'
  throw new FhirProblem(400, 'structure', text, { expression: 'Bundle.entry' })
}

export function stepOf(entry: BundleEntry | null, index: number): BundleStep {
  const { request, resource } = entry ?? {}
  const verb = request?.method
  if (!entry || typeof request?.url !== 'string' || !isVerb(verb) || request.url === '') {
    const text = 'The entry does not say what to do (request.method, request.url)'
    throw new FhirProblem(400, 'required', text, { expression: `${placeOfEntry(index)}.request` })
  }
  mustBeShort([request.url, request.ifNoneExist], index)
  const [path = '', condition] = request.url.replace(/^\//, '').split('?')
  const [type = '', id] = path.split('/')
  if ((verb === 'POST' || verb === 'PUT') && !resource) {
    const text = 'The entry has no resource'
    throw new FhirProblem(400, 'required', text, { expression: `${placeOfEntry(index)}.resource` })
  }
  return { index, verb, type, id, condition, url: request.url, entry, resource }
}

/** As long as an address on the wire may be. */
const longestAddress = 16_000

function mustBeShort(texts: readonly unknown[], index: number): void {
  if (!texts.some((each) => typeof each === 'string' && each.length > longestAddress)) return
  const text = `An address or condition may have at most ${longestAddress} characters`
  throw new FhirProblem(400, 'too-long', text, { expression: `${placeOfEntry(index)}.request` })
}

/** The text of a JSON Patch, which is a Binary in a bundle. */
export function patchIn(resource: Resource | undefined): string {
  if (resource?.resourceType !== 'Binary' || !resource.data) {
    throw new FhirProblem(
      400,
      'invalid',
      'A patch in a bundle must be a Binary that holds a JSON Patch',
    )
  }
  return new TextDecoder().decode(bytesOf(resource.data))
}

function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    throw new FhirProblem(400, 'value', 'The data of the Binary is not base64')
  }
}

export async function writtenEntry(
  context: RequestContext,
  { kept, outcome }: WriteResult,
  full: boolean,
): Promise<BundleEntry> {
  return {
    fullUrl: `${context.base}/${kept.type}/${kept.id}`,
    ...(full && kept.resource ? { resource: await visibleTo(context, kept.resource) } : {}),
    response: {
      status: outcome === 'created' ? '201' : '200',
      location: `${kept.type}/${kept.id}/_history/${kept.version}`,
      etag: versionTag(kept.version),
      lastModified: kept.at,
    },
  }
}
