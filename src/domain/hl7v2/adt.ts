import { dayOf } from '#domain/calendar/zone.ts'
import { isNhsNumber } from '#domain/person/nhs-number.ts'
import {
  type Hl7Value,
  isTakenBack,
  type Message,
  repetitionsOf,
  segmentNamed,
  textAt,
  textIn,
} from './message.ts'
import { momentOf } from './moment.ts'
import type { Fault } from './reasons.ts'

const takenEvents = ['A01', 'A02', 'A03', 'A04', 'A08', 'A11', 'A13'] as const
export type AdtEvent = (typeof takenEvents)[number]

/** Which message this is; all that is needed to answer it. */
export type Heading = Readonly<{
  id: string
  sender: string
  facility: string
  /** `ADT^A01` */
  kind: string
  version: string
}>

/** What one message says about a hospital visit. Times are FHIR dateTimes; null withdraws what was said before. */
export type Adt = Readonly<{
  heading: Heading
  event: AdtEvent
  /** when it was entered at the hospital: what orders the messages of a visit */
  at: string
  /** when it happened, otherwise when it was entered */
  happened: string
  person: Readonly<{ nhsNumber: string; family: string; birthDate: string }>
  visit: Readonly<{ number: string; authority: string }>
  /** code of v3-ActCode */
  class: string
  start?: string | null
  end?: string | null
  location: string | null
  reason: string | null
  /** the day or instant of death, `true` without one; false: not dead; absent: nothing is said about it */
  died?: string | boolean
}>

export function headingOf(message: Message): Heading {
  return {
    id: textAt(message, 'MSH', 10),
    sender: textAt(message, 'MSH', 3),
    facility: textAt(message, 'MSH', 4),
    kind: [textAt(message, 'MSH', 9), textAt(message, 'MSH', 9, 2)].filter(Boolean).join('^'),
    version: textAt(message, 'MSH', 12),
  }
}

/** v3-ActCode by HL7 table 0004; codes that are not in it (C commercial, N, U) say nothing about the visit. */
const classes: Readonly<Record<string, string>> = {
  E: 'EMER',
  I: 'IMP',
  B: 'IMP',
  O: 'AMB',
  R: 'AMB',
  P: 'PRENC',
}

/** The content of the message, or why it cannot be processed. `zone`: the time zone of its clock. */
export function adtOf(message: Message, zone: string): Adt | Readonly<{ fault: Fault }> {
  const fault = faultOf(message, zone)
  if (fault) return { fault }
  const person = personOf(message)
  if ('fault' in person) return person
  const heading = headingOf(message)
  const at = enteredAt(message, zone) ?? ''
  return {
    ...{ heading, at, person, event: eventOf(message) ?? 'A08', class: classOf(message) ?? '' },
    happened: momentOf(textAt(message, 'EVN', 6), zone) ?? at,
    visit: {
      number: textAt(message, 'PV1', 19),
      authority: authorityOf(repetitionsOf(message, 'PV1', 19)[0], heading),
    },
    ...timesOf(message, zone),
    location: orBack(message, 'PV1', 3, locationOf(repetitionsOf(message, 'PV1', 3)[0])),
    reason: reasonOf(message),
    ...deathIn(message, zone),
  }
}

/** The value of a field, or null if it withdraws what was said before. */
function orBack(message: Message, name: string, number: number, said: string): string | null {
  return said === '' && isTakenBack(message, name, number) ? null : said
}

function timesOf(message: Message, zone: string): Pick<Adt, 'start' | 'end'> {
  const time = (number: number) =>
    orBack(message, 'PV1', number, momentOf(textAt(message, 'PV1', number), zone) ?? '')
  const [start, end] = [time(44), time(45)]
  return { ...(start === '' ? {} : { start }), ...(end === '' ? {} : { end }) }
}

function reasonOf(message: Message): string | null {
  const said = textAt(message, 'PV2', 3, 2) || textAt(message, 'PV2', 3)
  if (said === '' && isTakenBack(message, 'PV2', 3, 2)) return null
  return orBack(message, 'PV2', 3, said)
}

/** Discharge dispositions of HL7 table 0112 that mean that the person died (20, and 40 to 42 in hospice care). */
const endedInDeath = ['20', '40', '41', '42']

/** PID-30 says whether, PID-29 when; a discharge in death says so if PID-30 is silent. `""` withdraws a death. */
function deathIn(message: Message, zone: string): Pick<Adt, 'died'> {
  const raw = (number: number) => repetitionsOf(message, 'PID', number)[0]?.[0]?.[0]?.trim() ?? ''
  const said = raw(30).toUpperCase()
  const at = diedAt(message, { name: 'PID', number: 29, zone })
  if (said === 'Y') return { died: at ?? true }
  if (said === 'N' || said === '""') return { died: false }
  if (at) return { died: at }
  const ended = eventOf(message) === 'A03' && endedInDeath.includes(textAt(message, 'PV1', 36))
  if (ended) return { died: diedAt(message, { name: 'PV1', number: 45, zone }) ?? true }
  return raw(29) === '""' ? { died: false } : {}
}

/** `true` for a day after the message itself: the death is told, and its day cannot be right. */
function diedAt(
  message: Message,
  { name, number, zone }: Readonly<{ name: string; number: number; zone: string }>,
): string | true | undefined {
  const at = momentOf(textAt(message, name, number), zone)
  const entered = enteredAt(message, zone)
  if (!at || !entered) return at
  const day = (moment: string) => (moment.length > 10 ? dayOf(moment, zone) : moment)
  return day(at) > day(entered).slice(0, day(at).length) ? true : at
}

function faultOf(message: Message, zone: string): Fault | undefined {
  if (textAt(message, 'MSH', 9) !== 'ADT' || !eventOf(message)) return 'not-taken'
  if (!segmentNamed(message, 'PID') || !segmentNamed(message, 'PV1')) return 'incomplete'
  if (!enteredAt(message, zone) || hasBadTime(message, zone)) return 'time-unread'
  if (!textAt(message, 'PV1', 19)) return 'no-visit'
  return classOf(message) ? undefined : 'class-unknown'
}

function eventOf(message: Message): AdtEvent | undefined {
  const event = textAt(message, 'MSH', 9, 2) || textAt(message, 'EVN', 1)
  return takenEvents.find((each) => each === event)
}

const enteredAt = (message: Message, zone: string) =>
  momentOf(textAt(message, 'EVN', 2) || textAt(message, 'MSH', 7), zone)

const classOf = (message: Message) => classes[textAt(message, 'PV1', 2).toUpperCase()]

const times: readonly (readonly [string, number])[] = [
  ['EVN', 6],
  ['PV1', 44],
  ['PV1', 45],
]

/** A time that is present and cannot be read is an error: a guess would move the stay. */
function hasBadTime(message: Message, zone: string): boolean {
  return times.some(([name, number]) => {
    const text = textAt(message, name, number)
    return text !== '' && momentOf(text, zone) === undefined
  })
}

/** Who gave the number: its namespace or universal id, otherwise the hospital that sends. */
function authorityOf(visit: Hl7Value[number] | undefined, { facility, sender }: Heading): string {
  const [namespace = '', universal = ''] = visit?.[3] ?? []
  return universal.trim() || namespace.trim() || facility || sender
}

const nhsNames = ['NHS', 'NNN', 'NHSNUMBER', 'NHSNBR', 'NH']

function personOf(message: Message): Adt['person'] | Readonly<{ fault: Fault }> {
  const found = nhsNumberIn(repetitionsOf(message, 'PID', 3))
  if (typeof found !== 'string') return found
  const born = /^(\d{4})(\d\d)(\d\d)/.exec(textAt(message, 'PID', 7))
  return {
    nhsNumber: found,
    family: familyIn(repetitionsOf(message, 'PID', 5), textAt(message, 'EVN', 2)),
    birthDate: born ? born.slice(1, 4).join('-') : '',
  }
}

/** HL7 table 0200: the legal name, then one without another kind; a maiden name or an alias last. */
const nameRank = (type: string) =>
  type === 'L' ? 0 : ['', 'D', 'R', 'C', 'U'].includes(type) ? 1 : type === 'N' ? 2 : 3

/**
 * The family name that counts if a hospital sends several: the legal one that is used at the time (`at`, as HL7 writes
 * it).
 */
function familyIn(names: Hl7Value, at: string): string {
  const isOver = (name: Hl7Value[number]) => {
    const until = textIn(name, 13) || (name[9]?.[1]?.trim() ?? '')
    return /^\d{4}/.test(until) && until.slice(0, 8) < at.slice(0, Math.min(8, until.length))
  }
  const rank = (name: Hl7Value[number]) =>
    nameRank(textIn(name, 7).toUpperCase()) + (isOver(name) ? 10 : 0)
  const [first] = names.filter((each) => textIn(each, 1)).toSorted((a, b) => rank(a) - rank(b))
  return textIn(first, 1)
}

/**
 * Numbers marked as NHS numbers come first. An unmarked one counts if its check digit is right; a hospital's own
 * number of ten digits is not mistaken for an NHS number.
 */
function nhsNumberIn(identifiers: Hl7Value): string | Readonly<{ fault: Fault }> {
  const numbers = identifiers.map((each) => ({
    number: textIn(each, 1).replace(/[\s-]/g, ''),
    authority: textIn(each, 4).toUpperCase(),
    type: textIn(each, 5).toUpperCase(),
  }))
  const said = numbers.filter(
    ({ number, authority, type }) =>
      number !== '' && (nhsNames.includes(authority) || nhsNames.includes(type)),
  )
  const silent = numbers.filter(({ authority, type }) => authority === '' && type === '')
  const chosen = said.length > 0 ? said : silent.filter(({ number }) => isNhsNumber(number))
  const different = new Set(chosen.map(({ number }) => number))
  const [number] = different
  if (number === undefined) return { fault: 'no-nhs-number' }
  if (different.size > 1) return { fault: 'two-nhs-numbers' }
  return isNhsNumber(number) ? number : { fault: 'nhs-number-wrong' }
}

/** Ward, room, bed and building as text, as far as they are given. */
function locationOf(place: Hl7Value[number] | undefined): string {
  const words = [1, 2, 3].map((part) => textIn(place, part))
  const building = [4, 7].map((part) => textIn(place, part))
  const spoken = textIn(place, 9)
  return spoken || [...words, ...building].filter(Boolean).join(', ')
}
