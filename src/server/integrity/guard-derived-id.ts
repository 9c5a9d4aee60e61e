import type { RelatedPerson, Resource } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { nhsNumbers } from '#domain/person/someone-else.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { type DerivedId, derivedIds, isOfKind } from './derived-ids.ts'
import { peopleWithNumber } from './people-with-number.ts'

/**
 * Refuses a new record whose id is made from a record of somebody else, or is the place of another kind of record: it
 * would block that place, or be taken for what belongs there. Throws 422.
 */
export async function guardDerivedId(
  context: RequestContext,
  resource: ResourceWithId,
  person: string | undefined,
): Promise<void> {
  const isTaken = isServicesOwn(resource) || (await isPlaceOfAnother(context, resource, person))
  if (!isTaken) return
  throw new FhirProblem(422, 'business-rule', placeOfAnother, {
    expression: `${resource.resourceType}.id`,
  })
}

export const placeOfAnother =
  'This id is the place of another record, made from the id of what that is about. Send this record with an id of its own'

export async function isPlaceOfAnother(
  context: RequestContext,
  resource: ResourceWithId,
  person: string | undefined,
): Promise<boolean> {
  if (isCaseOfAnother(resource, person)) return true
  for (const each of derivedIds) {
    if (each.type !== resource.resourceType) continue
    const owners = await ownersOf(context, each, resource.id)
    const isAtHome = isOfKind(each, resource) && owners.includes(person ?? '')
    if (owners.length > 0 && !isAtHome) return true
  }
  return false
}

/**
 * Hospital stays from messages, what a carer’s illness sets off, what a meeting says about a person, and who takes a line
 * of Today: only the service makes these ids, from what it knows.
 */
export const isServicesOwn = ({ resourceType, id }: ResourceWithId): boolean =>
  (resourceType === 'Encounter' && /^adt-[0-9a-f]{40}$/.test(id)) ||
  (resourceType === 'Task' && /^(?:ill-[0-9a-f]{40}|(?:taken|next)-[0-9a-f]{32})$/.test(id)) ||
  (resourceType === 'Appointment' && /^talk-[0-9a-f]{32}$/.test(id))

/** No person is taken on so often. */
const mostCases = 200

/** The next case of a person has an id that everybody can work out who knows the person’s. */
function isCaseOfAnother(resource: Resource, person: string | undefined): boolean {
  const { resourceType, id = '' } = resource
  const hash = resourceType === 'EpisodeOfCare' && /^case-([0-9a-f]{32})$/.exec(id)?.[1]
  if (!hash) return false
  const isOwn = (before: number) => sha256Hex(`case/${person}/${before}`).slice(0, 32) === hash
  return !Array.from({ length: mostCases }, (_, before) => before).some(isOwn)
}

/** An id has 64 characters at most: what would be longer is cut, or replaced by its hash. */
const longest = 64
const hashLength = 48

type Row = Readonly<{ rt: string; owner: string; content: RelatedPerson | string | null }>

/** Whose the records are that the id may be made from; empty text: of nobody who has the place. */
async function ownersOf(
  context: RequestContext,
  derived: DerivedId,
  id: string,
): Promise<readonly string[]> {
  const found = conditionFor(derived, id)
  if (!found) return []
  const { rows } = await context.service.sql.query<Row>(
    `select distinct rt, case rt when 'Patient' then id else coalesce(person, '') end as owner,
       ${derived.inOwnRecord ? 'content' : 'null::jsonb as content'}
     from resource where rt = any($1::text[]) and ${found.sql}`,
    [derived.of, ...found.values],
  )
  if (!derived.inOwnRecord) return rows.map(({ owner }) => owner)
  const owners: string[] = []
  for (const { content } of rows) owners.push(...(await recordsOfCarer(context, content)))
  return owners
}

type Condition = Readonly<{ sql: string; values: readonly string[] }>

/** An index holds the few ids that are so long (migration 0034): they are found without reading all others. */
const isLong = 'length(id) > 40'

function conditionFor({ from, keeps, hashed }: DerivedId, id: string): Condition | undefined {
  const hash = hashed && hashIn(id, hashed)
  if (hash)
    return {
      sql: `${isLong} and left(encode(sha256(convert_to($2 || id, 'UTF8')), 'hex'), ${hashLength}) = $3`,
      values: [hashed, hash],
    }
  const rest = from.exec(id)?.[1]
  if (!rest) return undefined
  if (id.length < longest || !keeps) return { sql: 'id = $2', values: [rest] }
  if (keeps === 'end')
    return { sql: `${isLong} and right(id, ${rest.length}) = $2`, values: [rest] }
  // no character of an id comes after the tilde
  return {
    sql: `${isLong} and id collate "C" >= $2 and id collate "C" < $3`,
    values: [rest, `${rest}~`],
  }
}

function hashIn(id: string, hashed: string): string | undefined {
  const start = `${hashed.split('-')[0]}-`
  const hash = id.startsWith(start) ? id.slice(start.length) : ''
  return /^[0-9a-f]{48}$/.test(hash) ? hash : undefined
}

/** The records of the person who has the number of this carer; nobody’s while the carer has none. */
async function recordsOfCarer(
  { service, now, zone }: RequestContext,
  content: Row['content'],
): Promise<readonly string[]> {
  const carer = content === null ? {} : storedRecord<RelatedPerson>(content)
  const owners: string[] = []
  const today = dayIn(zone, now)
  for (const number of nhsNumbers(carer, today))
    for (const { id, bearers } of await peopleWithNumber(service.store, number, today))
      owners.push(id, ...bearers.flatMap((each) => each.id ?? []))
  return owners.length > 0 ? owners : ['']
}
