import type { AuditEvent } from '@medplum/fhirtypes'
import { dayOf, usualZone } from '#domain/calendar/zone.ts'
import { type AccessDeed, accessDeedOf, withCardsOnce } from './access-deed.ts'

/**
 * `emergency`: opened without a relation, with a reason. `card`: opened the emergency card by its link, or tried to;
 * name, role and reason are what the opener said. `access`: changed
 * who can see the record.
 */
export type AccessWay = 'looked' | 'changed' | 'refused' | 'emergency' | 'card' | 'access'

/** What one person did with the record on one day: the audit log, grouped so that it can be read. */
export type AccessEntry = Readonly<{
  /** `YYYY-MM-DD` */
  day: string
  name: string
  role: string
  /** id of the Organization they work for */
  organisation?: string
  way: AccessWay
  /** what it was, where the way alone would not say enough */
  deed?: AccessDeed
  /** `YYYY-MM-DD`: until when a card works */
  until?: string
  times: number
  /** instant of the latest */
  last: string
  /** kinds of record, as FHIR names them; empty if only the person’s own entry was touched */
  kinds: readonly string[]
  /**
   * why it was opened in an emergency, in the words of the user who did; who can see the record now, and who no longer
   */
  reason?: string
}>

/** Groups the audit log by day, person and action, newest first. */
/** `zone`: the time zone that decides on which day an access was. */
export function accessSummaryFrom(
  events: readonly AuditEvent[],
  zone = usualZone,
): readonly AccessEntry[] {
  const entries = new Map<string, AccessEntry>()
  for (const event of withCardsOnce(events)) {
    const entry = accessEntryOf(event, zone)
    const key = accessKey(entry)
    const before = entries.get(key)
    entries.set(key, before ? together(before, entry) : entry)
  }
  return [...entries.values()].toSorted((one, other) => other.last.localeCompare(one.last))
}

/** Entries of the same kind on one day are one line. */
export const accessKey = ({ day, name, role, way, deed, until }: AccessEntry): string =>
  [day, name, role, way, deed, until].join('|')

function together(one: AccessEntry, other: AccessEntry): AccessEntry {
  return {
    ...one,
    times: one.times + other.times,
    last: [one.last, other.last].toSorted().at(-1) ?? one.last,
    kinds: [...new Set([...one.kinds, ...other.kinds])].toSorted(),
    ...(one.way === 'access' ? { reason: reasonsOf(one, other) } : {}),
  }
}

/** Each change of who can see the record is listed, newest first as they came. */
const reasonsOf = (...entries: readonly AccessEntry[]) =>
  [...new Set(entries.flatMap(({ reason }) => reason ?? []))].join(' ')

function accessEntryOf(event: AuditEvent, zone: string): AccessEntry {
  const agent = event.agent.find((each) => each.requestor) ?? event.agent[0]
  const organisation = event.source.observer?.reference?.split('/')[1]
  return {
    day: dayOf(event.recorded, zone),
    name: agent?.name ?? agent?.who?.display ?? '',
    role: saidRoleIn(event) ?? agent?.role?.[0]?.coding?.[0]?.code ?? '',
    ...(organisation ? { organisation } : {}),
    way: wayOf(event),
    ...(wayOf(event) === 'changed' || wayOf(event) === 'looked' ? accessDeedOf(event) : {}),
    times: 1,
    last: event.recorded,
    kinds: kindsIn(event),
    ...(['emergency', 'card', 'access'].includes(wayOf(event)) && event.outcomeDesc
      ? { reason: wordsOf(event.outcomeDesc) }
      : {}),
  }
}

/** The service keeps a reason as `code: text`; the text is shown. */
const wordsOf = (reason: string) => reason.replace(/^[a-z-]+: /, '')

const isCard = ({ subtype = [] }: AuditEvent) =>
  subtype.some(({ code }) => code === '$open-emergency-card')

/** Whoever opens a card is not signed in: their role is what they said, before their reason. */
const saidRoleIn = (event: AuditEvent) =>
  isCard(event) ? /^([a-z-]+): /.exec(event.outcomeDesc ?? '')?.[1] : undefined

/** Everything done while the record was open in an emergency says so. */
const isBreakGlass = ({ subtype = [], purposeOfEvent = [] }: AuditEvent) =>
  [...subtype, ...purposeOfEvent.flatMap((each) => each.coding ?? [])].some(
    ({ code }) => code === 'break-glass' || code === 'BTG',
  )

function wayOf(event: AuditEvent): AccessWay {
  if (event.outcome !== undefined && event.outcome !== '0') return 'refused'
  if (isCard(event)) return 'card'
  if (isBreakGlass(event)) return 'emergency'
  if (event.subtype?.some(({ code }) => code === 'access-changed')) return 'access'
  return event.action === 'C' || event.action === 'U' || event.action === 'D' ? 'changed' : 'looked'
}

/** `Goal/1` and `Observation×120` are both reduced to their type. */
function kindsIn(event: AuditEvent): readonly string[] {
  const names = (event.entity ?? []).map((each) => each.what?.reference ?? each.name ?? '')
  const kinds = names.map((name) => name.split(/[/×]/)[0] ?? '')
  return [...new Set(kinds)].filter((kind) => kind !== '' && kind !== 'Patient').toSorted()
}
