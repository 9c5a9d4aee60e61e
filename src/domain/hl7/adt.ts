import { isNhsNumber } from '#domain/person/nhs-number.ts'
import { type Message, repetitionsOf, segmentNamed, textAt, textIn, type Value } from './message.ts'
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

/** What one message says of a visit to hospital. Times are FHIR dateTimes. */
export type Adt = Readonly<{
  heading: Heading
  event: AdtEvent
  /** when it was entered at the hospital: what orders the messages of a visit */
  at: string
  /** when it happened, else when it was entered */
  happened: string
  person: Readonly<{ nhsNumber: string; family: string; birthDate: string }>
  visit: Readonly<{ number: string; authority: string }>
  /** code of v3-ActCode */
  class: string
  start?: string
  end?: string
  location: string
  reason: string
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

/** v3-ActCode by HL7 table 0004; what is not in it (C commercial, N, U) says nothing about the visit. */
const classes: Readonly<Record<string, string>> = {
  E: 'EMER',
  I: 'IMP',
  B: 'IMP',
  O: 'AMB',
  R: 'AMB',
  P: 'PRENC',
}

/** What the message says, or why it cannot be taken in. `zone`: where its clocks hang. */
export function adtOf(message: Message, zone: string): Adt | Readonly<{ fault: Fault }> {
  const fault = faultOf(message, zone)
  if (fault) return { fault }
  const person = personOf(message)
  if ('fault' in person) return person
  const heading = headingOf(message)
  const moment = (name: string, number: number) => momentOf(textAt(message, name, number), zone)
  const at = enteredAt(message, zone) ?? ''
  const [start, end] = [moment('PV1', 44), moment('PV1', 45)]
  return {
    ...{ heading, at, person, event: eventOf(message) ?? 'A08', class: classOf(message) ?? '' },
    happened: moment('EVN', 6) ?? at,
    visit: {
      number: textAt(message, 'PV1', 19),
      authority: authorityOf(repetitionsOf(message, 'PV1', 19)[0], heading),
    },
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    location: locationOf(repetitionsOf(message, 'PV1', 3)[0]),
    reason: textAt(message, 'PV2', 3, 2) || textAt(message, 'PV2', 3),
  }
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

/** A time that is there and cannot be read is a fault: guessing another would move the stay. */
function hasBadTime(message: Message, zone: string): boolean {
  return times.some(([name, number]) => {
    const text = textAt(message, name, number)
    return text !== '' && momentOf(text, zone) === undefined
  })
}

/** Who gave the number: its namespace or universal id, else the hospital that sends. */
function authorityOf(visit: Value[number] | undefined, { facility, sender }: Heading): string {
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
    family: textAt(message, 'PID', 5),
    birthDate: born ? born.slice(1, 4).join('-') : '',
  }
}

/**
 * Numbers that say that they are NHS numbers go first. One that says nothing of itself counts when its check digit fits;
 * a hospital's own number of ten digits is not taken for an NHS number.
 */
function nhsNumberIn(identifiers: Value): string | Readonly<{ fault: Fault }> {
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

/** Ward, room, bed and building in words, as far as they are said. */
function locationOf(place: Value[number] | undefined): string {
  const words = [1, 2, 3].map((part) => textIn(place, part))
  const building = [4, 7].map((part) => textIn(place, part))
  const spoken = textIn(place, 9)
  return spoken || [...words, ...building].filter(Boolean).join(', ')
}
