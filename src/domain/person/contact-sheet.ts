import type {
  Address,
  CodeableConcept,
  ContactPoint,
  Patient,
  Period,
  RelatedPerson,
} from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'

import { extensionOf, given } from '#domain/fhir/references-and-extensions.ts'
import { type CareHome, careHomeIn } from '#domain/home/care-home.ts'
import { contactName, ownerOfContact } from './named-contact.ts'
import { nameInWords } from './shown-name.ts'

/** A number to call or an address to write to, with its use: `home`, `mobile`, `work`, `temp`, or empty. */
export type ContactNumber = Readonly<{
  value: string
  use: string
  /** when to call, in words */
  callWhen?: string
  /** to be tried first, if there are several */
  best?: boolean
}>

/** How to reach one person. */
export type Reached = Readonly<{
  id: string
  name: string
  /** in the words of the record: son, carer, neighbour; empty if nothing is recorded */
  relation: string
  phones: readonly ContactNumber[]
  emails: readonly ContactNumber[]
}>

/** Where the person lives and can be called, and who to call next. */
export type ContactSheet = Readonly<{
  phones: readonly ContactNumber[]
  emails: readonly ContactNumber[]
  /** the care home in which the person lives; it is among the others too */
  home?: CareHome
  /** current addresses, each as its lines */
  addresses: readonly (readonly string[])[]
  /** carers and relatives with a record of their own, then the contacts in the person's own record */
  others: readonly Reached[]
}>

type SheetFacts = Readonly<{
  patient: Patient
  relatives: readonly RelatedPerson[]
  /** `YYYY-MM-DD`: what ended before it is left out */
  today: string
}>

/** How to reach the person on this day, from Patient and RelatedPerson. What is marked old or has ended is left out. */
export function contactSheetFrom({ patient, relatives, today }: SheetFacts): ContactSheet {
  const related = relatives
    .filter((each) => each.active !== false && isCurrent(each.period, today))
    .map((each) => ({
      id: `RelatedPerson/${each.id}`,
      name: nameInWords(each.name, today),
      relation: relationIn(each.relationship),
      ...numbers(each.telecom, today),
    }))
  const named = (patient.contact ?? [])
    .map((each, place) => ({ each, place }))
    .filter(({ each }) => isCurrent(each.period, today))
    .map(({ each, place }) => ({
      id: ownerOfContact(patient.id ?? '', { place, name: contactName(each) }),
      name: contactName(each),
      relation: relationIn(each.relationship),
      ...numbers(each.telecom, today),
    }))
  return {
    ...numbers(patient.telecom, today),
    ...given('home', careHomeIn(patient)),
    addresses: (patient.address ?? [])
      .filter((each) => each.use !== 'old' && isCurrent(each.period, today))
      .map(linesOf)
      .filter((lines) => lines.length > 0),
    others: [...related, ...named.filter((each) => !related.some((one) => isSame(one, each)))],
  }
}

/** The same contact twice: by name in the person's record, and with a record of their own. */
const isSame = (one: Reached, other: Reached) =>
  one.name !== '' &&
  one.name === other.name &&
  other.phones.every(({ value }) => one.phones.some((each) => digits(each.value) === digits(value)))

const digits = (text: string) => text.replaceAll(/\D/g, '')

export function numbers(telecom: readonly ContactPoint[] | undefined, today: string) {
  const current = (telecom ?? [])
    .filter((each) => each.value && each.use !== 'old' && isCurrent(each.period, today))
    .toSorted((one, other) => (one.rank ?? 99) - (other.rank ?? 99))
  const of = (systems: readonly string[]) =>
    current
      .filter((each) => systems.includes(each.system ?? ''))
      .map((each) => ({
        ...{ value: each.value ?? '', use: each.use ?? '' },
        ...given('callWhen', extensionOf(each as object, 'call-when')?.valueString),
        ...(each.rank === 1 ? { best: true } : {}),
      }))
  return { phones: of(['phone', 'sms']), emails: of(['email']) }
}

/** A period that has not ended before this day and has begun; no period at all is current. */
function isCurrent(period: Period | undefined, today: string): boolean {
  const { start, end } = period ?? {}
  return (!start || dayWritten(start) <= today) && (!end || end >= today.slice(0, end.length))
}

function linesOf(address: Address): readonly string[] {
  const { line = [], city, district, postalCode, text } = address
  const lines = [...line, district, city, postalCode].filter((each) => each !== undefined)
  return lines.length > 0 ? lines : (text ?? '').split('\n').filter((each) => each.trim() !== '')
}

function relationIn(concepts: readonly CodeableConcept[] | undefined): string {
  const words = (concepts ?? []).map((each) => each.text ?? each.coding?.[0]?.display ?? '')
  return words.filter(Boolean).join(', ')
}
