import type { Patient, RelatedPerson, Resource } from '@medplum/fhirtypes'
import {
  type Bearer,
  isByNumber,
  meansBearer,
  namesByNumber,
  owning,
  withBearersNamed,
} from '#domain/access/named-by-number.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import { auditQueryIn } from '#server/audit/audit-query.ts'
import { smartSearchScope } from '#server/authorization/smart-scopes.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { rememberQuery, rememberReference } from '#server/http/request-memory.ts'
import { FhirProblem } from '#server/problem.ts'
import { nobodyInParticular, recordOwnerOf } from '#server/store/access/record-owner.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { refuseUnverifiedNumbers } from './refuse-unverified-numbers.ts'

type Somebody = (Patient | RelatedPerson) & { id?: string }

/**
 * Decisions about a record do not depend on a number alone: if somebody is named only by a number, and is the person
 * of the record or somebody close to them, the reference to the record that is here is added. Throws 422 if two people
 * have the number of the record’s subject.
 */
export async function withPeopleNamedByNumber<R extends Resource>(
  context: RequestContext,
  resource: R,
): Promise<R> {
  if (!namesByNumber(resource)) return resource
  const owned = await withOwner(context, resource)
  const person = await personOf(context, owned)
  if (!person || person === nobodyInParticular) return owned
  return withBearersNamed(owned, await bearersOf(context, person))
}

/** The subject of a record is never given only by a number, no matter who else it names. Throws 422. */
async function withOwner<R extends Resource>(context: RequestContext, resource: R): Promise<R> {
  const record = resource as unknown as Readonly<Record<string, unknown>>
  for (const name of owning) {
    const value = record[name]
    if (!isByNumber(value) || (value.type ?? 'Patient') !== 'Patient') continue
    const { system, value: number } = value.identifier
    const token = typeof system === 'string' ? `${system}|${number}` : number
    const written = bearersWritten(context).find(
      (each) => each.type === 'Patient' && meansBearer(value, each),
    )
    const person = written?.id ?? (await byNumber(context, token, value))
    if (!person) throw unknownNumber(`${resource.resourceType}.${name}`)
    return { ...resource, [name]: { ...value, reference: `Patient/${person}` } }
  }
  return resource
}

function unknownNumber(expression: string): FhirProblem {
  const text =
    'You have no access to a person with the number this record gives: refer to the record (Patient/id)'
  return new FhirProblem(422, 'business-rule', text, { expression })
}

/** Looked up like any query: within reach, and with an audit entry. */
async function byNumber(
  context: RequestContext,
  number: string,
  named: Parameters<typeof meansBearer>[0],
): Promise<string | undefined> {
  const escaped = number.replace(/[\\,$]/g, (letter) => `\\${letter}`)
  const condition = new URLSearchParams({ identifier: escaped })
  await refuseUnverifiedNumbers(context, condition)
  rememberQuery(context, auditQueryIn(`Patient?${condition}`))
  const scope = smartSearchScope(context, 'Patient')
  const found = await context.store.match('Patient', condition, scope, 20)
  const records = await context.store.readAll(
    found.map((id) => ({ type: 'Patient', id })),
    scope,
  )
  // the index has numbers that have ended too: they name nobody
  const here = found.filter((id) => {
    const resource = records.get(`Patient/${id}`)?.resource
    return resource && isSomebody(resource) && meansBearer(named, bearerFrom(context)(resource))
  })
  for (const id of here) rememberReference(context, `Patient/${id}`)
  if (here.length > 1)
    throw new FhirProblem(
      422,
      'multiple-matches',
      'More than one person has the number this record gives: refer to the record (Patient/id)',
    )
  return here[0]
}

/** People whose records this request writes. */
const bearersWritten = (context: RequestContext): readonly Bearer[] =>
  [...context.pendingWrites.values()].filter(isSomebody).map(bearerFrom(context))

const isSomebody = (resource: Resource): resource is Somebody =>
  resource.resourceType === 'Patient' || resource.resourceType === 'RelatedPerson'

async function bearersOf(context: RequestContext, person: string): Promise<readonly Bearer[]> {
  const { service, pendingWrites: coming } = context
  const { rows } = await service.sql.query<{ content: Somebody | string }>(
    `select content from resource
     where person = $1 and rt in ('Patient', 'RelatedPerson') and content is not null`,
    [person],
  )
  const here = rows.map(({ content }) => storedRecord<Somebody>(content))
  const written = [...coming.values()]
    .filter(isSomebody)
    .filter((each) => recordOwnerOf(each) === person)
  const byName = new Map(
    [...here, ...written].map((each) => [
      `${each.resourceType}/${each.id}`,
      bearerFrom(context)(each),
    ]),
  )
  return [...byName.values()]
}

/** With the numbers that name them today. */
const bearerFrom =
  ({ now, zone }: Pick<RequestContext, 'now' | 'zone'>) =>
  ({ resourceType, id = '', identifier = [] }: Somebody): Bearer => {
    const current = identifier.filter((each) => isCurrentIdentifier(each, dayIn(zone, now)))
    return { type: resourceType, id, identifier: current as Bearer['identifier'] }
  }
