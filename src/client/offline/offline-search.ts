import type { Bundle, Resource } from '@medplum/fhirtypes'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { patientsOf } from '#domain/sync/patients-of.ts'
import { referenceOf } from '#domain/sync/queued-save.ts'

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
}
/** They change the order or size of an answer; the screens accept all of it in any order. */
const harmless = ['_count', '_sort']

/**
 * Records of one kind that match a search, and those included with them. Throws `not-downloaded` for a search it does not
 * support.
 */
export function offlineSearch(
  type: string,
  params: URLSearchParams,
  records: ReadonlyMap<string, Resource>,
): Bundle {
  const conditions = [...params].filter(
    ([name]) => !harmless.includes(name) && !name.startsWith('_include') && name !== '_revinclude',
  )
  const found = [...records.values()].filter(
    (resource) =>
      resource.resourceType === type &&
      conditions.every(([name, value]) => matcherFor(name)(resource, value.split(','))),
  )
  const pointing = params.getAll('_revinclude').flatMap((each) => pointingAt(each, found, records))
  const members = params
    .getAll('_include:iterate')
    .flatMap((each) => namedIn(each, [...found, ...pointing], records))
  const entry = (mode: 'match' | 'include') => (resource: Resource) => ({
    ...{ resource, search: { mode } },
  })
  return {
    ...{ resourceType: 'Bundle', type: 'searchset', total: found.length },
    entry: [...found.map(entry('match')), ...[...pointing, ...members].map(entry('include'))],
  }
}

function matcherFor(name: string): Matcher {
  const matcher = matchers[name]
  if (!matcher) throw notDownloaded()
  return matcher
}

/** `Goal:patient`: the goals of the people found. */
function pointingAt(
  what: string,
  found: readonly Resource[],
  records: ReadonlyMap<string, Resource>,
): readonly Resource[] {
  const [type, by] = what.split(':')
  if (by !== 'patient') throw notDownloaded()
  const wanted = found.map(referenceOf)
  return [...records.values()].filter(
    (each) =>
      each.resourceType === type &&
      patientsOf(each).some((one) => wanted.includes(`Patient/${one}`)),
  )
}

/** `CareTeam:participant:Practitioner`: the members of the teams. */
function namedIn(
  what: string,
  from: readonly Resource[],
  records: ReadonlyMap<string, Resource>,
): readonly Resource[] {
  if (what !== 'CareTeam:participant:Practitioner') throw notDownloaded()
  const members = from.flatMap((each) =>
    each.resourceType === 'CareTeam' ? (each.participant ?? []) : [],
  )
  const wanted = new Set(members.map((each) => each.member?.reference ?? ''))
  return [...wanted].flatMap((reference) =>
    reference.startsWith('Practitioner/') ? (records.get(reference) ?? []) : [],
  )
}
