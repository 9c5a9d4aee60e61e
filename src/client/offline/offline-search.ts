import type { Bundle, Resource } from '@medplum/fhirtypes'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'

/** This device cannot answer: it says so and never guesses. */
export const notDownloaded = () => new FhirError({ kind: 'not-downloaded', status: 0 })

type Matcher = (resource: Resource, wanted: readonly string[]) => boolean
type Named = Readonly<Record<string, unknown>>

const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]

/** The codes of a plain value, a CodeableConcept, or several of them. */
function codesIn(value: unknown): readonly string[] {
  return listOf(value).flatMap((each) => {
    if (typeof each !== 'object') return [String(each)]
    const codings = (each as { coding?: readonly { code?: string }[] }).coding ?? []
    return codings.flatMap((coding) => coding.code ?? [])
  })
}

const byCode =
  (field: string): Matcher =>
  (resource, wanted) =>
    codesIn((resource as unknown as Named)[field]).some((code) => wanted.includes(code))

/** The searches that the app makes, and no others. */
const matchers: Readonly<Record<string, Matcher>> = {
  _id: (resource, wanted) => wanted.includes(resource.id ?? ''),
  patient: (resource, wanted) =>
    patientsOf(resource).some((each) => wanted.includes(`Patient/${each}`)),
  practitioner: (resource, wanted) => {
    const { practitioner } = resource as { practitioner?: { reference?: string } }
    return wanted.includes(practitioner?.reference ?? '')
  },
  active: (resource, wanted) =>
    wanted.includes(String((resource as { active?: boolean }).active ?? true)),
  code: byCode('code'),
  category: byCode('category'),
  intent: byCode('intent'),
  status: byCode('status'),
  type: byCode('type'),
}
/** They change the order or size of an answer; the screens accept all of it in any order. */
const harmless = ['_count', '_sort']

/**
 * Records of one kind that match a search. Throws `not-downloaded` for a search it does not
 * support.
 */
export function offlineSearch(
  type: string,
  params: URLSearchParams,
  records: ReadonlyMap<string, Resource>,
): Bundle {
  const conditions = [...params].filter(([name]) => !harmless.includes(name))
  const entry = [...records.values()]
    .filter(
      (resource) =>
        resource.resourceType === type &&
        conditions.every(([name, value]) => matcherFor(name)(resource, value.split(','))),
    )
    .map((resource) => ({ resource, search: { mode: 'match' as const } }))
  return { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry }
}

function matcherFor(name: string): Matcher {
  const matcher = matchers[name]
  if (!matcher) throw notDownloaded()
  return matcher
}
