import type { Binary, CareTeam, Encounter, Reference, Resource } from '@medplum/fhirtypes'
import { type Bearer, meansBearer, namesByNumber, owning } from '#domain/access/named-by-number.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { isStoredType } from '#server/fhir/stored-types.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { problemOf } from '#server/http/responses.ts'
import { withPeopleNamedByNumber } from '#server/integrity/named-by-number.ts'
import { findAllByCondition } from '#server/interactions/write/find-by-condition.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { nobodyInParticular, recordOwnerOf } from '#server/store/access/record-owner.ts'
import type { Fine } from './items.ts'

/**
 * Determines whose each record is if it does not say so by a plain reference: by the person's number alone (a logical
 * reference), or because one person's records refer to it (R4 allows an Encounter, a CareTeam and a Binary without a
 * subject). The result is written into the record, and noted.
 */
export async function assignOwners(context: RequestContext, items: readonly Fine[]): Promise<void> {
  const numbers = numbersIn(items, dayIn(context.zone, context.now))
  const known = new Map<string, string | undefined>()
  for (const item of items) await nameByNumber(item, { context, numbers, known })
  const without = items.filter(({ resource }) => mayLackOwner(resource) && !recordOwnerOf(resource))
  if (without.length === 0) return
  const namedIn = whoNames(items)
  for (const item of without) takeOwner(item, namedIn)
}

/** The author, performer or recipient is also linked to the record that is here or in the same import. */
export async function namePeople(context: RequestContext, items: readonly Fine[]): Promise<void> {
  const numbered = items.filter(({ resource }) => namesByNumber(resource))
  if (numbered.length === 0) return
  const coming = new Map(
    items
      .filter(({ resource: { resourceType } }) =>
        ['Patient', 'RelatedPerson'].includes(resourceType),
      )
      .map(({ resource }) => [`${resource.resourceType}/${resource.id}`, resource] as const),
  )
  for (const item of numbered)
    try {
      item.resource = await withPeopleNamedByNumber(
        { ...context, pendingWrites: coming },
        item.resource,
      )
    } catch (error) {
      const problem = problemOf(error)
      if (problem.status === 500) throw error
      item.reason = problem.message
    }
}

type Numbers = Readonly<{
  context: RequestContext
  /** people in the same import, by `system|value`; undefined if two have the same */
  numbers: ReadonlyMap<string, string | undefined>
  /** what the store answered */
  known: Map<string, string | undefined>
}>

function numbersIn(items: readonly Fine[], today: string): ReadonlyMap<string, string | undefined> {
  const people = items.flatMap(({ resource }) =>
    resource.resourceType === 'Patient' ? [resource] : [],
  )
  const numbers = new Map<string, string | undefined>()
  for (const { id, identifier = [] } of people)
    for (const { system, value } of identifier.filter((each) => isCurrentIdentifier(each, today))) {
      const number = `${system}|${value}`
      numbers.set(number, numbers.has(number) ? undefined : id)
    }
  return numbers
}

async function nameByNumber(item: Fine, numbers: Numbers): Promise<void> {
  const record = item.resource as unknown as Record<string, unknown>
  for (const name of owning) {
    const reference = record[name] as Reference | undefined
    const { system, value } = reference?.identifier ?? {}
    if (!reference || reference.reference || !system || !value) continue
    if (reference.type && reference.type !== 'Patient') continue
    const id = await idByNumber(`${system}|${value}`, numbers)
    if (id)
      item.resource = { ...item.resource, [name]: { ...reference, reference: `Patient/${id}` } }
  }
}

async function idByNumber(number: string, { context, numbers, known }: Numbers) {
  if (numbers.has(number)) return numbers.get(number)
  if (!known.has(number)) {
    const condition = `identifier=${encodeURIComponent(number)}`
    const found = await findAllByCondition(context, 'Patient', condition, mostWithNumber).catch(
      () => [],
    )
    const bearers: string[] = []
    for (const id of found) if (await bears(context, id, number)) bearers.push(id)
    // two people with one number, or none: the record does not say whose it is
    known.set(number, bearers.length === 1 ? bearers[0] : undefined)
  }
  return known.get(number)
}

/** More than one of whom it has ended may have had a number. */
const mostWithNumber = 20

/** The index has numbers that have ended too: they name nobody. */
async function bears(
  { service, zone, now }: RequestContext,
  id: string,
  number: string,
): Promise<boolean> {
  const patient = (await service.store.read('Patient', id, everyone))?.resource
  if (patient?.resourceType !== 'Patient') return false
  const [system, value = ''] = number.split('|')
  const identifier = (patient.identifier ?? []).filter((each) =>
    isCurrentIdentifier(each, dayIn(zone, now)),
  )
  return meansBearer(
    { type: 'Patient', identifier: { system, value } },
    { type: 'Patient', id, identifier: identifier as Bearer['identifier'] },
  )
}

/** For each record, by `Type/id`, the people whose records refer to it. */
function whoNames(items: readonly Fine[]): ReadonlyMap<string, ReadonlySet<string>> {
  const namedIn = new Map<string, Set<string>>()
  for (const { resource } of items) {
    const person = recordOwnerOf(resource)
    if (!person || person === nobodyInParticular) continue
    for (const name of linksIn(resource)) {
      const people = namedIn.get(name) ?? new Set()
      namedIn.set(name, people.add(person))
    }
  }
  return namedIn
}

function linksIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => {
    if (typeof each !== 'string') return linksIn(each)
    const target = key === 'reference' || key === 'url' ? referenceTarget(each) : undefined
    return target ? [`${target.type}/${target.id}`] : []
  })
}

function takeOwner(item: Fine, namedIn: ReadonlyMap<string, ReadonlySet<string>>): void {
  const { resource } = item
  if (!mayLackOwner(resource) || recordOwnerOf(resource)) return
  const [person, ...others] = namedIn.get(`${resource.resourceType}/${resource.id}`) ?? []
  if (!person || others.length > 0) return
  const reference = { reference: `Patient/${person}` }
  item.resource =
    resource.resourceType === 'Binary'
      ? { ...resource, securityContext: reference }
      : { ...resource, subject: reference }
  item.note = `It does not say which person it is about. Records of Patient/${person} refer to it, so it is kept with them`
}

const mayLackOwner = (
  resource: ResourceWithId,
): resource is (Binary | CareTeam | Encounter) & { id: string } =>
  ['Binary', 'CareTeam', 'Encounter'].includes(resource.resourceType)

/** Why a record that belongs to nobody is not stored, as text for the importer. */
export function ownerless({ resourceType }: Resource): string {
  if (!isStoredType(resourceType)) return `Gable does not store records of type ${resourceType}`
  return 'It does not say which person it is about, and no record of a single person here refers to it'
}
