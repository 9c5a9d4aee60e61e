import type { Identifier, Organization, Patient, Reference } from '@medplum/fhirtypes'
import { dayIn } from '#domain/calendar/zone.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { isCurrentIdentifier } from '#domain/fhir/current-identifier.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { careHomeCode } from '#domain/home/is-care-home.ts'
import { isIdOfListRow } from '#domain/import/csv/csv-person.ts'
import { differencesBetween } from '#domain/import/differences.ts'
import { unverifiedNumbers } from '#domain/import/nhs-number-identifier.ts'
import { isSomeoneElse } from '#domain/person/someone-else.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { problemOf } from '#server/http/responses.ts'
import { leadsTo } from '#server/integrity/people-with-number.ts'
import { resolveReferences } from '#server/interactions/resolve-references.ts'
import {
  findAllByCondition,
  findByCondition,
} from '#server/interactions/write/find-by-condition.ts'
import { FhirProblem } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Item } from './items.ts'

type Linked = ResourceWithId

type LinkContext = Readonly<{
  context: RequestContext
  /** the result of each query: a file that names one practice a thousand times asks once */
  known: Map<string, string | Error>
  /** people only: nothing else depends on whether one of them is imported */
  isList: boolean
}>

/**
 * Links a record to what is here: conditional references, the practice that a person names only by its code, and a
 * person in a list who is here already. A condition that finds nothing is an error: the link could not be kept.
 */
export async function link(context: LinkContext, item: Item, resource: Linked): Promise<void> {
  const targets = new Map<string, string>()
  resolveReferences(resource, (reference) => {
    if (reference.startsWith('urn:uuid:'))
      item.note = `The bundle has no entry ${reference}: the link is kept as it is`
    if (/^[A-Z][A-Za-z]+\?/.test(reference)) targets.set(reference, '')
    return undefined
  })
  for (const reference of targets.keys()) {
    const found = await lookUp(context, reference)
    if (typeof found === 'string') targets.set(reference, found)
    else item.reason = `The reference ${reference}: ${found.message}`
  }
  const linked =
    targets.size > 0 ? resolveReferences(resource, (name) => targets.get(name)) : resource
  item.resource = linked
  if (linked.resourceType !== 'Patient' || item.reason) return
  const practised = await withPractice(context, linked)
  item.resource = practised
  const [unverified] = unverifiedNumbers(linked, dayIn(context.context.zone, context.context.now))
  if (unverified)
    item.note = `The check digit of the NHS number ${unverified} is wrong: it is kept as not verified, and nobody is found by it`
  if (context.isList) await standsAlready(context, item, practised)
}

async function lookUp({ context, known }: LinkContext, reference: string): Promise<string | Error> {
  const [type = '', condition = ''] = reference.split('?')
  const found = known.get(reference) ?? (await ask(context, type, condition))
  known.set(reference, found)
  return found
}

async function ask(
  context: RequestContext,
  type: string,
  condition: string,
): Promise<string | Error> {
  try {
    const found = await findByCondition(context, type, condition)
    return found ? `${type}/${found}` : new Error('finds no record: import that one first')
  } catch (error) {
    return problemOf(error)
  }
}

type Practised = Patient & { id: string }

async function withPractice(context: LinkContext, patient: Practised): Promise<Practised> {
  const today = dayIn(context.context.zone, context.context.now)
  const isNamedByCode = ({ reference, identifier }: Reference) =>
    !reference && identifier !== undefined && isCurrentIdentifier(identifier, today)
  if (!patient.generalPractitioner?.some(isNamedByCode)) return patient
  const generalPractitioner: Reference[] = []
  for (const each of patient.generalPractitioner) {
    const { system, value } = isNamedByCode(each) ? (each.identifier ?? {}) : {}
    const found = system && value && (await practiceByCode(context, { system, value }))
    generalPractitioner.push(found ? { ...each, reference: found } : each)
  }
  return { ...patient, generalPractitioner } as Practised
}

type Code = Readonly<{ system: string; value: string }>

/** The one practice that has this code now: one whose code has ended is not named by it. '' if none or several have it. */
async function practiceByCode({ context, known }: LinkContext, code: Code): Promise<string> {
  const condition = `Organization?identifier=${encodeURIComponent(`${code.system}|${code.value}`)}&${noHome}`
  const before = known.get(condition)
  if (typeof before === 'string') return before
  const today = dayIn(context.zone, context.now)
  const isSame = ({ system, value }: Identifier) => system === code.system && value === code.value
  const having: string[] = []
  for (const id of await findAllByCondition(context, 'Organization', condition, mostWithCode)) {
    const found = await context.store.read('Organization', id, context.accessScope.scope)
    const organization = found?.resource as Organization | undefined
    if (organization?.identifier?.some((each) => isSame(each) && isCurrentIdentifier(each, today)))
      having.push(id)
  }
  const only = having.length === 1 ? `Organization/${having[0]}` : ''
  known.set(condition, only)
  return only
}

const mostWithCode = 20

/** Nobody is registered in a care home, whatever code it has. */
const noHome = `type:not=${encodeURIComponent(`${gableCodeSystem}|${careHomeCode}`)}`

/**
 * A row of a list about somebody who is here, by its NHS number (`ifNoneExist`) or under the id that the row makes. A
 * record under another id is not changed; in one that a list brought, what is there stays and what it lacks is added.
 * What the row says differently is shown.
 */
async function standsAlready(
  { context }: LinkContext,
  item: Item,
  patient: Practised,
): Promise<void> {
  const condition = item.entry.request?.ifNoneExist
  if (condition) item.ifNone = condition
  const standing = await standingOf(context, patient.id, condition)
  if (standing instanceof FhirProblem) item.reason = whyNobody(standing)
  if (!standing || standing instanceof FhirProblem) return
  const { id, patient: here } = standing
  item.stays = id !== patient.id
  if (!here) return
  item.reason = whyAnother(here, patient, {
    ...{ byNumber: condition !== undefined, today: dayIn(context.zone, context.now) },
  })
  item.known = { id, differences: differencesBetween(here, patient, context.zone) }
  // what was corrected here is kept by the store, which says so
  if (!item.stays && (await isFromImport(context, id)))
    item.resource = withWhatIsHere(here, patient)
}

async function isFromImport({ service }: RequestContext, id: string): Promise<boolean> {
  const { rows } = await service.sql.query<{ brought: boolean }>(
    `select brought from resource where rt = 'Patient' and id = $1`,
    [id],
  )
  return rows[0]?.brought === true
}

type StandingPerson = Readonly<{ id: string; patient?: Patient | undefined }>

/** Whom the row is about: the record in use. Without a patient if the importer has no access to it. */
async function standingOf(
  context: RequestContext,
  id: string,
  condition: string | undefined,
): Promise<StandingPerson | FhirProblem | undefined> {
  if (condition) {
    const found = await findPersonInUse(context, condition)
    return typeof found === 'string'
      ? { id: found, patient: await patientHere(context, found) }
      : found
  }
  const here = isIdOfListRow(id) ? await patientHere(context, id) : undefined
  if (!here) return undefined
  const led = await leadsTo(context.service.store, here, id)
  return { id: led.id, patient: led.id === id ? here : await patientHere(context, led.id) }
}

async function patientHere(context: RequestContext, id: string): Promise<Patient | undefined> {
  const found = await context.store.read('Patient', id, context.accessScope.scope)
  return found?.resource?.resourceType === 'Patient' ? found.resource : undefined
}

/** The id of the one person in use whom a condition finds: records that were joined are one. */
export async function findPersonInUse(
  context: RequestContext,
  condition: string,
): Promise<string | FhirProblem | undefined> {
  try {
    const ids = await findAllByCondition(context, 'Patient', condition, mostJoined)
    const people = new Set<string>()
    for (const id of ids) {
      const found = (await context.service.store.read('Patient', id, everyone))?.resource
      const led =
        found?.resourceType === 'Patient' && (await leadsTo(context.service.store, found, id))
      people.add(led ? led.id : id)
    }
    if (people.size > 1)
      throw new FhirProblem(412, 'multiple-matches', 'The condition finds more than one record')
    return [...people][0]
  } catch (error) {
    return problemOf(error)
  }
}

const mostJoined = 20

/** Why the row is about somebody else than the record that it was found to mean. */
function whyAnother(
  here: Patient,
  brought: Patient,
  { byNumber, today }: Readonly<{ byNumber: boolean; today: string }>,
): string | undefined {
  if (isSomeoneElse(byNumber ? unnumbered(here) : here, brought, today))
    return byNumber
      ? 'Someone with a different name and date of birth already has this NHS number here'
      : 'The record with this id is about someone with a different name and date of birth here'
  const [mine, theirs] = [unverifiedNumbers(here, today), unverifiedNumbers(brought, today)]
  const differs =
    mine.length > 0 && theirs.length > 0 && !mine.some((each) => theirs.includes(each))
  return differs && !byNumber
    ? 'The record with this id has another NHS number, which is not verified either: it is not changed'
    : undefined
}

/** What the list leaves out, or says differently, stays as it is here; what is missing here is added. */
function withWhatIsHere(here: Patient, brought: Practised): Practised {
  const { meta: _meta, text: _text, ...standing } = here
  const { deceasedBoolean: _undated, ...lived } = standing
  const base = brought.deceasedDateTime && !isDead(standing) ? lived : standing
  const kept = Object.entries(standing).filter(([name]) => ofTheRecord.includes(name))
  const { deceasedDateTime: _died, ...undated } = brought
  return {
    ...base,
    ...(isDead(standing) ? undated : brought),
    ...Object.fromEntries(kept),
    ...withMissing('identifier', standing, brought, numberName),
    ...withMissing('telecom', standing, brought, ({ system }) => system ?? ''),
  }
}

const numberName = ({ system, type, value }: Identifier) => `${system ?? type?.text}|${value}`

const ofTheRecord: readonly string[] = ['name', 'birthDate', 'gender', 'address']

const isDead = ({ deceasedBoolean, deceasedDateTime }: Patient) =>
  deceasedBoolean === true || deceasedDateTime !== undefined

/** FHIR has no empty lists. */
function withMissing<K extends 'identifier' | 'telecom'>(
  list: K,
  here: Patient,
  brought: Patient,
  key: (each: NonNullable<Patient[K]>[number]) => string,
): Partial<Patient> {
  type Each = NonNullable<Patient[K]>[number]
  const standing = (here[list] ?? []) as Each[]
  const known = new Set(standing.map(key))
  const all = [
    ...standing,
    ...((brought[list] ?? []) as Each[]).filter((each) => !known.has(key(each))),
  ]
  return all.length > 0 ? { [list]: all } : {}
}

const whyNobody = ({ code, message }: FhirProblem) =>
  code === 'multiple-matches' ? severalHere : `Person with this number: ${message}`

const severalHere =
  'More than one record here has this NHS number: decide under “Possible duplicates” which one is in use, then import this again'

/** Both were found by the number: it is not a difference. */
const unnumbered = ({ identifier: _identifier, ...patient }: Patient): Patient => patient
