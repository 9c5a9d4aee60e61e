import type { HumanName, PatientContact } from '@medplum/fhirtypes'

/**
 * A contact by name in a person's own record (`Patient.contact`): its place and name, so that a number is never given
 * to another contact who took that place meanwhile.
 */
export type NamedContact = Readonly<{ place: number; name: string }>

const nameIn = (name: HumanName | undefined): string =>
  name?.text ??
  [...(name?.prefix ?? []), ...(name?.given ?? []), name?.family ?? ''].filter(Boolean).join(' ')

export const contactName = (contact: PatientContact): string =>
  nameIn(contact.name) || (contact.organization?.display ?? '')

/** Whose details they are, as contact details name it: `Patient/1#0 Ada Bell`. */
export const ownerOfContact = (patient: string, { place, name }: NamedContact): string =>
  `Patient/${patient}#${place} ${name}`

/** The contact that an owner names; undefined if it names a whole record. */
export function contactIn(owner: string): NamedContact | undefined {
  const [, place, name = ''] = /#(\d+) (.*)$/s.exec(owner) ?? []
  return place === undefined ? undefined : { place: Number(place), name }
}

type Contacts = { contact?: PatientContact[] | undefined }

/** The contact's current place: the same, or that of the only one with its name; -1 if it is gone. */
function placeNow({ contact = [] }: Contacts, { place, name }: NamedContact): number {
  const [at, also] = contact.flatMap((each, one) => (contactName(each) === name ? [one] : []))
  const current = contact[place]
  if (current && contactName(current) === name) return place
  return also === undefined ? (at ?? -1) : -1
}

/** The contact in the record; undefined if it is no longer there. */
export const standingContact = (record: object, who: NamedContact): PatientContact | undefined =>
  (record as Contacts).contact?.[placeNow(record as Contacts, who)]

/** The record with another contact in its place. */
export function withContact<R extends object>(
  record: R,
  who: NamedContact,
  contact: PatientContact,
): R {
  const at = placeNow(record as Contacts, who)
  const contacts = (record as Contacts).contact?.map((each, one) => (one === at ? contact : each))
  return { ...record, contact: contacts }
}
