import type { Encounter, Patient } from '@medplum/fhirtypes'
import { everyone } from '#api/access/scope-of.ts'
import { sha256Hex } from '#api/sha256.ts'
import type { Sql } from '#api/sql/sql.ts'
import type { Store } from '#api/sql/store.ts'
import { type Adt, adtOf } from '#domain/hl7/adt.ts'
import type { Message } from '#domain/hl7/message.ts'
import { parseMessage } from '#domain/hl7/message.ts'
import type { Reason } from '#domain/hl7/reasons.ts'
import { likeness } from '#domain/hl7/same-person.ts'
import { lock, takenOf } from './kept-messages.ts'

const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number'

/** The ground that a message is judged on, inside one transaction. */
export type Ground = Readonly<{ store: Store; sql: Sql; zone: string }>

export type Fitting = Readonly<{
  adt: Adt
  person: string
  /** id of the Encounter */
  visit: string
  current: Readonly<{ encounter: Encounter; version: number }> | undefined
  /** the messages of this visit that were taken in before */
  before: readonly Adt[]
}>

export type Misfit = Readonly<{ reason: Reason; nhs?: string }>

/** Whose stay a message tells of, or why that cannot be said for certain. Holds the visit until the transaction ends. */
export async function judge(ground: Ground, message: Message): Promise<Fitting | Misfit> {
  const adt = adtOf(message, ground.zone)
  if ('fault' in adt) return { reason: adt.fault }
  const nhs = adt.person.nhsNumber
  const found = await personWith(ground.store, adt)
  if ('reason' in found) return { ...found, nhs }
  const visit = visitId(adt)
  await lock(ground.sql, visit)
  const kept = await ground.store.read('Encounter', visit, everyone)
  if (kept?.person && kept.person !== found.person) return { reason: 'visit-of-another', nhs }
  const encounter = kept?.resource as Encounter | undefined
  return {
    ...{ adt, visit, person: found.person },
    current: encounter && kept ? { encounter, version: kept.version } : undefined,
    before: await toldBefore(ground, visit),
  }
}

async function personWith(store: Store, { person }: Adt): Promise<{ person: string } | Misfit> {
  const query = new URLSearchParams({ identifier: `${nhsNumberSystem}|${person.nhsNumber}` })
  const [id, another] = await store.match('Patient', query, everyone, 2)
  if (id === undefined) return { reason: 'not-here' }
  if (another !== undefined) return { reason: 'several-people' }
  const kept = await store.read('Patient', id, everyone)
  const patient = kept?.resource as Patient | undefined
  const families = (patient?.name ?? []).flatMap(({ family }) => family ?? [])
  const known = { families, birthDate: patient?.birthDate ?? '' }
  const result = likeness(person, known)
  if (result === 'same') return { person: id }
  return { reason: result === 'different' ? 'not-the-same' : 'nothing-to-compare' }
}

async function toldBefore({ sql, zone }: Ground, visit: string): Promise<readonly Adt[]> {
  const rows = await takenOf(sql, visit)
  return rows.flatMap(({ raw }) => {
    const message = parseMessage(raw)
    const adt = 'fault' in message ? undefined : adtOf(message, zone)
    return adt && !('fault' in adt) ? [adt] : []
  })
}

/** The same visit always has the same id; the number itself stands in no address. */
function visitId({ visit }: Adt): string {
  return `adt-${sha256Hex(`${visit.authority}\n${visit.number}`).slice(0, 40)}`
}
