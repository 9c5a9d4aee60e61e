import type { Bundle, BundleEntry, Resource } from '@medplum/fhirtypes'
import { FhirProblem } from '#api/problem.ts'
import type { Written } from '#api/sql/store.ts'
import { versionTag } from './answers.ts'

export type Verb = 'DELETE' | 'POST' | 'PUT' | 'PATCH' | 'GET'

/** One entry of a transaction, taken apart. */
export type Step = Readonly<{
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

/** FHIR's order of work: deletes, creates, updates, reads. */
export const phases: readonly (readonly Verb[])[] = [
  ['DELETE'],
  ['POST'],
  ['PUT', 'PATCH'],
  ['GET'],
]

export const placeOf = (index: number): string => `Bundle.entry[${index}]`

const verbs: readonly string[] = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET']

export function stepsOf(bundle: Bundle): readonly Step[] {
  return (bundle.entry ?? []).map((entry, index) => stepOf(entry, index))
}

function stepOf(entry: BundleEntry, index: number): Step {
  const { request, resource } = entry
  const verb = request?.method
  if (!request?.url || !verb || !verbs.includes(verb)) {
    const text = 'The entry does not say what is to be done (request.method, request.url)'
    throw new FhirProblem(400, 'required', text, { expression: `${placeOf(index)}.request` })
  }
  const [path = '', condition] = request.url.replace(/^\//, '').split('?')
  const [type = '', id] = path.split('/')
  if ((verb === 'POST' || verb === 'PUT') && !resource) {
    const text = 'The entry holds no resource'
    throw new FhirProblem(400, 'required', text, { expression: `${placeOf(index)}.resource` })
  }
  return { index, verb: verb as Verb, type, id, condition, url: request.url, entry, resource }
}

export function writtenEntry(base: string, written: Written, full: boolean): BundleEntry {
  const { kept, outcome } = written
  return {
    fullUrl: `${base}/${kept.type}/${kept.id}`,
    ...(full && kept.resource ? { resource: kept.resource } : {}),
    response: {
      status: outcome === 'created' ? '201' : '200',
      location: `${kept.type}/${kept.id}/_history/${kept.version}`,
      etag: versionTag(kept.version),
      lastModified: kept.at,
    },
  }
}
