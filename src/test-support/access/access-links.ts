import type { Bundle } from '@medplum/fhirtypes'
import { graceId } from '#demo-data/identities.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { type expected, labels } from './access-expected.ts'

/** A kind of record that refers to another without being about it: whatever its label, it may refer to any. */
type Link = Readonly<{ from: string; element: string; parameter: string; to: string }>

const links: readonly Link[] = [
  { from: 'CarePlan', element: 'goal', parameter: 'goal', to: 'Goal' },
  { from: 'CarePlan', element: 'addresses', parameter: 'condition', to: 'Condition' },
  { from: 'CarePlan', element: 'careTeam', parameter: 'care-team', to: 'CareTeam' },
  { from: 'ServiceRequest', element: 'basedOn', parameter: 'based-on', to: 'CarePlan' },
  { from: 'Task', element: 'basedOn', parameter: 'based-on', to: 'ServiceRequest' },
  { from: 'Observation', element: 'derivedFrom', parameter: 'derived-from', to: 'Observation' },
  {
    from: 'Encounter',
    element: 'episodeOfCare',
    parameter: 'episode-of-care',
    to: 'EpisodeOfCare',
  },
  { from: 'Encounter', element: 'reasonReference', parameter: 'reason-reference', to: 'Condition' },
  { from: 'Communication', element: 'partOf', parameter: 'part-of', to: 'Communication' },
  {
    ...{ from: 'QuestionnaireResponse', element: 'basedOn', parameter: 'based-on' },
    to: 'ServiceRequest',
  },
]

export const sampleId = (type: string, label: string): string => `${label}-${type.toLowerCase()}`

/** The elements in which a record of this type refers to one record of each label. */
export function pointing(type: string): object {
  const own = links.filter((each) => each.from === type)
  return Object.fromEntries(
    own.map(({ element, to }) => [
      element,
      labels.map((label) => ({ reference: `${to}/${sampleId(to, label)}` })),
    ]),
  )
}

/** A search, what it should find, and how many pairs of records that tests. */
type Asked = Readonly<{ url: string; wanted: readonly string[]; cells: number }>

type Reaches = (typeof expected)[string]

/** Ids of the samples of a type that are expected to be visible. */
export const reachedOf = (type: string, reaches: Reaches): readonly string[] =>
  labels.filter((label) => reaches(type, label)).map((label) => sampleId(type, label))

/** What is found already is not included once more. */
const together = (found: readonly string[], along: readonly string[]) => [
  ...new Set([...found, ...along]),
]

/** Searches over one link: a record is found through another only by users who can see both. */
function askedOver({ from, parameter, to }: Link, reaches: Reaches): readonly Asked[] {
  const sources = reachedOf(from, reaches)
  const targets = reachedOf(to, reaches)
  const both = sources.length > 0 && targets.length > 0
  const all = (type: string) => labels.map((label) => sampleId(type, label)).join(',')
  const size = labels.length
  return [
    ...labels.map((label) => ({
      url: `${from}?${parameter}:${to}.identifier=${sampleId(to, label)}`,
      wanted: reaches(to, label) ? sources : [],
      cells: size,
    })),
    ...labels.map((label) => ({
      url: `${to}?_has:${from}:${parameter}:identifier=${sampleId(from, label)}`,
      wanted: reaches(from, label) ? targets : [],
      cells: size,
    })),
    {
      url: `${from}?_id=${all(from)}&_include=${from}:${parameter}`,
      wanted: together(sources, both ? targets : []),
      cells: size * size,
    },
    {
      url: `${to}?_id=${all(to)}&_revinclude=${from}:${parameter}`,
      wanted: together(targets, both ? sources : []),
      cells: size * size,
    },
  ]
}

/** Searches through the person’s own record, in both directions. */
function askedThroughHer(type: string, reaches: Reaches): readonly Asked[] {
  const isReached = reaches('Patient', 'open')
  const found = isReached ? reachedOf(type, reaches) : []
  return [
    { url: `${type}?patient:Patient.birthdate=1934-01-04`, wanted: found, cells: labels.length },
    { url: `${type}?patient.identifier=9991001018`, wanted: found, cells: labels.length },
    ...labels.map((label) => ({
      url: `Patient?_has:${type}:patient:identifier=${sampleId(type, label)}`,
      wanted: isReached && reaches(type, label) ? [graceId] : [],
      cells: 1,
    })),
  ]
}

/** Types without an identifier to search by, or without a way back to the person by that name. */
const withoutBoth = ['Provenance']

export function askedBy(reaches: Reaches, types: readonly string[]): readonly Asked[] {
  const through = types.filter((type) => !withoutBoth.includes(type))
  return [
    ...links.flatMap((link) => askedOver(link, reaches)),
    ...through.flatMap((type) => askedThroughHer(type, reaches)),
  ]
}

export type Found = Readonly<{ url: string; found: readonly string[]; total: boolean }>

/**
 * Sends all of it in one batch: what each search finds of the samples and the person, and whether its total says no
 * more.
 */
export async function findAll(
  { call }: Readonly<{ call: Caller }>,
  asked: readonly Asked[],
  isOurs: (id: string) => boolean,
): Promise<readonly Found[]> {
  const entry = asked.map(({ url }) => ({
    request: { method: 'GET', url: `${url}&_count=100&_total=accurate` },
  }))
  const init = { method: 'POST', json: { resourceType: 'Bundle', type: 'batch', entry } }
  const answered = (await (await call('/fhir', init)).json()) as Bundle
  return asked.map(({ url }, at) => {
    const bundle = answered.entry?.[at]?.resource as Bundle | undefined
    const entries = bundle?.entry ?? []
    const matches = entries.filter(({ search }) => search?.mode === 'match')
    return {
      url,
      found: entries
        .flatMap(({ resource }) => resource?.id ?? [])
        .filter(isOurs)
        .toSorted(),
      total: (bundle?.total ?? 0) === matches.length,
    }
  })
}
