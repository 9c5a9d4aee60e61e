import type { Consent, ConsentProvision, Resource } from '@medplum/fhirtypes'
import { type AccessLabel, sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import { dayByClockOf, dayWritten } from '#domain/calendar/days.ts'
import { opensCarerTopics } from '#domain/carer/carer-shares.ts'

/** What a person has allowed one other person: rooms to see, and rooms to write in. */
export type ConsentedLabels = Readonly<{
  read: readonly AccessLabel[]
  write: readonly AccessLabel[]
}>

/**
 * Reads an active Consent: each provision (`permit`) names who (`actor.reference`), which rooms (`class`: room codes of
 * our own system) and what (`action` code `read` or `write`; writing includes reading). A nested provision inherits the
 * actor and period of the one around it. A share that has ended gives nothing; `day` may be an instant.
 */
export function consentedLabelsFor(
  consents: readonly Consent[],
  reference: string,
  day: string,
): ConsentedLabels {
  const given = consents
    .filter((consent) => consent.status === 'active')
    .flatMap((consent) => (consent.provision ? provisionsOf(consent.provision) : []))
    .filter((provision) => isFor(provision, reference) && isWithin(provision, day))
  const permits = given.filter((provision) => (provision.type ?? 'permit') === 'permit')
  const denied = roomsIn(given.filter((provision) => provision.type === 'deny'))
  const write = roomsIn(permits.filter(mayWrite)).filter((room) => !denied.includes(room))
  const read = roomsIn(permits).filter((room) => !denied.includes(room))
  return { read, write }
}

/** References of everybody whom a Consent names, at any depth. */
export function namedIn({ provision }: Consent): readonly string[] {
  const actors = (provision ? provisionsOf(provision) : []).flatMap((each) => each.actor ?? [])
  return [...new Set(actors.flatMap(({ reference }) => reference.reference ?? []))]
}

/**
 * True if a Consent gives somebody access to a room of ours now, or shows something of a carer’s own record. One that is
 * over, or of another kind, does not.
 */
export function opensRooms(resource: Resource): boolean {
  if (resource.resourceType !== 'Consent' || resource.status !== 'active') return false
  if (opensCarerTopics(resource)) return true
  return roomsIn(resource.provision ? provisionsOf(resource.provision) : []).length > 0
}

/** True if a Consent would give access to a room once the person agrees: it is written down, and waits for them. */
export function asksForRooms(resource: Resource): boolean {
  if (resource.resourceType !== 'Consent') return false
  const isWaiting = resource.status === 'proposed' || resource.status === 'draft'
  return isWaiting && opensRooms({ ...resource, status: 'active' })
}

/** True if a Consent says that somebody had access to a room, and is over. */
export function tellsOfRooms(resource: Resource): boolean {
  if (resource.resourceType !== 'Consent' || asksForRooms(resource)) return false
  return opensRooms({ ...resource, status: 'active' })
}

function provisionsOf(outer: ConsentProvision): readonly ConsentProvision[] {
  const { provision: nested, ...own } = outer
  const inner = (nested ?? []).flatMap((each) =>
    provisionsOf({
      ...each,
      ...(each.actor ? {} : own.actor ? { actor: own.actor } : {}),
      ...(each.period ? {} : own.period ? { period: own.period } : {}),
    }),
  )
  return [own, ...inner]
}

function isFor(provision: ConsentProvision, reference: string): boolean {
  return provision.actor?.some((actor) => actor.reference.reference === reference) ?? false
}

function isWithin(provision: ConsentProvision, day: string): boolean {
  const { start, end } = provision.period ?? {}
  return (!start || hasCome(start, day)) && (!end || !isPast(end, day))
}

/** A share starts with its first day, in the caller's calendar. */
function hasCome(start: string, at: string): boolean {
  const first = start.length > 10 && at.length > 10 ? dayByClockOf(at, start) : dayWritten(start)
  return first <= dayWritten(at)
}

/** An end with a time, asked for at an instant, is over at that time; otherwise a day lasts to its end. */
function isPast(end: string, at: string): boolean {
  if (end.length > 10 && at.length > 10) return Date.parse(end) <= Date.parse(at)
  return dayWritten(end) < dayWritten(at)
}

function mayWrite(provision: ConsentProvision): boolean {
  return (
    provision.action?.some((action) => action.coding?.some((each) => each.code === 'write')) ??
    false
  )
}

function roomsIn(provisions: readonly ConsentProvision[]): readonly AccessLabel[] {
  const codes = provisions.flatMap((provision) => provision.class ?? []).map((each) => each.code)
  return sharedAccessLabels.filter((room) => codes.includes(room))
}
