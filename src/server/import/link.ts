import type { Patient, Reference } from '@medplum/fhirtypes'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { careHomeCode } from '#domain/home/is-care-home.ts'
import { differencesBetween } from '#domain/import/differences.ts'
import { unverifiedNumbers } from '#domain/import/nhs-number-identifier.ts'
import { isSomeoneElse } from '#domain/person/someone-else.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { problemOf } from '#server/http/responses.ts'
import { resolveReferences } from '#server/interactions/resolve-references.ts'
import { findByCondition } from '#server/interactions/write/find-by-condition.ts'
import { FhirProblem } from '#server/problem.ts'
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
  item.resource = await withPractice(context, linked)
  const [unverified] = unverifiedNumbers(linked)
  if (unverified)
    item.note = `The check digit of the NHS number ${unverified} is wrong: it is kept as not verified, and nobody is found by it`
  if (context.isList) await standsAlready(context, item, linked)
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
  if (!patient.generalPractitioner?.some(isNamedByCode)) return patient
  const generalPractitioner: Reference[] = []
  for (const each of patient.generalPractitioner) {
    const { system, value } = isNamedByCode(each) ? (each.identifier ?? {}) : {}
    const condition = `Organization?identifier=${encodeURIComponent(`${system}|${value}`)}&${noHome}`
    const found = value && (await lookUp(context, condition))
    generalPractitioner.push(
      typeof found === 'string' && found ? { ...each, reference: found } : each,
    )
  }
  return { ...patient, generalPractitioner } as Practised
}

/** Nobody is registered in a care home, whatever code it has. */
const noHome = `type:not=${encodeURIComponent(`${gableCodeSystem}|${careHomeCode}`)}`

const isNamedByCode = ({ reference, identifier }: Reference) =>
  !reference && identifier?.system !== undefined && identifier.value !== undefined

/** `ifNoneExist` on a person (a row of a list has it): somebody who is here under another id is not changed. */
async function standsAlready(
  { context }: LinkContext,
  item: Item,
  patient: Practised,
): Promise<void> {
  const condition = item.entry.request?.ifNoneExist
  if (!condition) return
  item.ifNone = condition
  const found = await ask(context, 'Patient', condition)
  if (typeof found !== 'string') {
    if (found instanceof FhirProblem) item.reason = whyNobody(found)
    return
  }
  const id = found.slice('Patient/'.length)
  const standing = (await context.store.read('Patient', id, context.accessScope.scope))?.resource
  if (standing?.resourceType === 'Patient' && isSomeoneElse(unnumbered(standing), patient))
    item.reason = 'Someone with a different name and date of birth already has this NHS number here'
  else {
    item.stays = id !== patient.id
    if (standing?.resourceType === 'Patient')
      item.known = { id, differences: differencesBetween(standing, patient, context.zone) }
  }
}

const whyNobody = ({ code, message }: FhirProblem) =>
  code === 'multiple-matches' ? severalHere : `Person with this number: ${message}`

const severalHere =
  'More than one record here has this NHS number: decide under “Possible duplicates” which one is in use, then import this again'

/** Both were found by the number: it is not a difference. */
const unnumbered = ({ identifier: _identifier, ...patient }: Patient): Patient => patient
