import type { HumanName, Identifier, Reference, Resource } from '@medplum/fhirtypes'
import { referenceTarget } from '#domain/fhir/reference-target.ts'

/** Everybody in whose name a record may speak: by reference, by a number, or by nothing but a name. */
export type ClaimedAuthors = Readonly<{
  /** `Practitioner/id`; those of a role as `PractitionerRole/id` */
  references: readonly string[]
  /** `system|value` */
  numbers: readonly string[]
  /** the words of each name, in small letters */
  names: readonly (readonly string[])[]
}>

/**
 * The elements that name a professional without speaking in the professional’s name: whom it is about, for, addressed to
 * or asked of, who is a member or has a part. Every other element that names one makes them an author of the record. A test
 * compares this with FHIR’s own definitions of every stored type.
 */
const namesOthers: ReadonlySet<string> = new Set([
  ...['subject', 'focus', 'for', 'about', 'recipient', 'receiver', 'patient', 'securityContext'],
  ...['Appointment.participant', 'CareTeam.participant', 'Consent.provision', 'Group.member'],
  ...['EpisodeOfCare.careManager', 'Group.managingEntity', 'Patient.generalPractitioner'],
  ...['PractitionerRole.practitioner', 'Schedule.actor', 'Task.owner', 'Person.link'],
  // what the service itself writes, or no reference at all
  ...['meta', 'text', 'contained', 'contact'],
])

type Found = { references: string[]; numbers: string[]; names: string[][] }

/** By FHIR’s rule, not by a list of elements: whatever names a professional, and is not said to name somebody else. */
export function claimedAuthors(resource: Resource): ClaimedAuthors {
  const found: Found = { references: [], numbers: [], names: [] }
  // a person, a professional or an organisation is nobody’s statement
  if (!isNobodys.has(resource.resourceType))
    walk(resource, { path: resource.resourceType, resource, found })
  return found
}

const isNobodys: ReadonlySet<string> = new Set([
  ...['Patient', 'RelatedPerson', 'Practitioner', 'PractitionerRole', 'Organization', 'Person'],
])

/** `path`: that of the record itself, of whose elements some mean others; deeper ones have no name of their own. */
type Place = Readonly<{ path?: string; resource: Resource; found: Found }>

function walk(value: unknown, place: Place): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) for (const each of value) walk(each, place)
  else if (isReference(value)) claim(value, place)
  else walkElements(value, place)
}

function walkElements(value: object, { path, resource, found }: Place): void {
  for (const key in value) {
    const each = (value as Readonly<Record<string, unknown>>)[key]
    // an annotation may name its author in words
    if (key === 'authorString' && typeof each === 'string') found.names.push(wordsOfName(each))
    if (typeof each === 'object' && !namesOther(key, path)) walk(each, { resource, found })
  }
}

const namesOther = (key: string, path: string | undefined) =>
  namesOthers.has(key) || (path !== undefined && namesOthers.has(`${path}.${key}`))

const parts: ReadonlySet<string> = new Set([
  ...['reference', 'display', 'identifier', 'type', 'id', 'extension'],
])

/** A coding has a display too, and a code or a system with it. */
function isReference(value: object): value is Reference {
  for (const key in value) if (!parts.has(key)) return false
  const { reference, display, identifier } = value as Readonly<Record<string, unknown>>
  const isNamed = typeof display === 'string' || typeof identifier === 'object'
  return typeof reference === 'string' || (reference === undefined && isNamed)
}

type Contained = Readonly<{ id?: string; name?: unknown; identifier?: unknown }>

function claim(said: Reference, place: Place): void {
  const target = said.reference ? referenceTarget(said.reference) : undefined
  const type = target?.type ?? said.type ?? 'Practitioner'
  if (!type.startsWith('Practitioner')) return
  if (target) place.found.references.push(`${type}/${target.id}`)
  else claimInWords(said, place)
}

function claimInWords(said: Reference, { resource, found }: Place): void {
  const { reference, display, identifier } = said
  if (identifier) claimNumbers([identifier], found)
  if (display) found.names.push(wordsOfName(display))
  const { contained = [] } = resource as { contained?: readonly Contained[] }
  for (const each of contained) if (`#${each.id}` === reference) claimContained(each, found)
}

/** Not checked yet: a file may hold anything. */
function claimContained({ identifier, name }: Contained, found: Found): void {
  if (Array.isArray(identifier)) claimNumbers(identifier as Identifier[], found)
  for (const { text, given = [], family = '' } of Array.isArray(name) ? (name as HumanName[]) : [])
    found.names.push(wordsOfName(text ?? [...given, family].join(' ')))
}

function claimNumbers(identifiers: readonly Identifier[], found: Found): void {
  for (const { system, value } of identifiers)
    if (system && value) found.numbers.push(`${system}|${value}`)
}

/** `Sister Amina Yusuf, RN` names Amina Yusuf. */
export const wordsOfName = (name: string): string[] => name.toLowerCase().match(/\p{L}+/gu) ?? []
