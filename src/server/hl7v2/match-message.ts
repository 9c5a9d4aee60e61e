import type { Encounter } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import { type Adt, adtOf } from '#domain/hl7v2/adt.ts'
import type { Message } from '#domain/hl7v2/message.ts'
import { parseMessage } from '#domain/hl7v2/message.ts'
import type { Reason } from '#domain/hl7v2/reasons.ts'
import { samePerson } from '#domain/hl7v2/same-person.ts'
import { nhsNumbersOn, nhsNumbersSince } from '#domain/person/someone-else.ts'
import {
  leadsTo,
  type NumberedPerson,
  peopleWithNumber,
} from '#server/integrity/people-with-number.ts'
import { sha256Hex } from '#server/sha256.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import type { Sql } from '#server/store/sql.ts'
import type { Store } from '#server/store/store.ts'
import { lock, takenOf } from './message-store.ts'

/** What a message is matched against, inside one transaction. */
export type AdtContext = Readonly<{ store: Store; sql: Sql; zone: string; now: Date }>

export type Fitting = Readonly<{
  adt: Adt
  person: string
  /** id of the Encounter */
  visit: string
  current: Readonly<{ encounter: Encounter; version: number }> | undefined
  /** the messages of this visit that were processed before */
  before: readonly Adt[]
}>

export type Misfit = Readonly<{ reason: Reason; nhs?: string }>

/** Whose stay a message is about, or why that is not certain. Locks the visit until the transaction ends. */
export async function matchMessage(
  context: AdtContext,
  message: Message,
): Promise<Fitting | Misfit> {
  const adt = adtOf(message, context.zone)
  if ('fault' in adt) return { reason: adt.fault }
  const nhs = adt.person.nhsNumber
  const found = await personWith(context.store, adt, dayOf(adt.happened, context.zone))
  if ('reason' in found) return { ...found, nhs }
  const visit = visitId(adt)
  await lock(context.sql, visit)
  const stored = await context.store.read('Encounter', visit, everyone)
  // a stay that began before two records were joined continues where it began
  const person = stored?.person ?? found.person
  if (person !== found.person && !(await isJoinedInto(context.store, person, found.person)))
    return { reason: 'visit-of-another', nhs }
  const encounter = stored?.resource as Encounter | undefined
  return {
    ...{ adt, visit, person },
    current: encounter && stored ? { encounter, version: stored.version } : undefined,
    before: await toldBefore(context, visit),
  }
}

async function personWith(
  store: Store,
  { person }: Adt,
  day: string,
): Promise<{ person: string } | Misfit> {
  // whose number it was when that happened: a message may come, or be tried again, much later
  const then = await peopleWithNumber(store, person.nhsNumber, day, nhsNumbersOn)
  // if nobody had it then, whoever has had it since: a record may say only when the number was entered
  const people =
    then.length > 0 ? then : await peopleWithNumber(store, person.nhsNumber, day, nhsNumbersSince)
  const [first] = people
  if (!first) return { reason: 'not-here' }
  // of several with one number, the one that has had it longest: a later record does not receive its messages
  const result = samePerson(person, knownOf(first))
  if (result === 'same') return { person: first.id }
  if (people.length > 1) return { reason: 'several-people' }
  return { reason: result === 'different' ? 'not-the-same' : 'nothing-to-compare' }
}

/** Everything that is known of a person, including from records that were joined to this one. */
function knownOf({ patient, bearers }: NumberedPerson) {
  const names = [patient, ...bearers].flatMap(({ name }) => name ?? [])
  const families = names.flatMap(({ family }) => family ?? [])
  return { families, birthDate: patient.birthDate ?? bearers[0]?.birthDate ?? '' }
}

async function isJoinedInto(store: Store, id: string, person: string): Promise<boolean> {
  const patient = (await store.read('Patient', id, everyone))?.resource
  if (patient?.resourceType !== 'Patient') return false
  return (await leadsTo(store, { ...patient, id }, id)).id === person
}

async function toldBefore({ sql, zone }: AdtContext, visit: string): Promise<readonly Adt[]> {
  const rows = await takenOf(sql, visit)
  return rows.flatMap(({ raw }) => {
    const message = parseMessage(raw)
    const adt = 'fault' in message ? undefined : adtOf(message, zone)
    return adt && !('fault' in adt) ? [adt] : []
  })
}

/** The same visit always has the same id; the number itself is in no address. */
function visitId({ visit }: Adt): string {
  return `adt-${sha256Hex(`${visit.authority}\n${visit.number}`).slice(0, 40)}`
}
