import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import {
  backwards,
  contactDetailsFromFhir,
  type Swap,
  swapped,
  swappedInContact,
} from '#domain/person/contact-details-fhir.ts'
import { contactIn, standingContact } from '#domain/person/named-contact.ts'

const ownerTypes = ['Patient', 'RelatedPerson', 'Practitioner'] as const

function split(owner: string) {
  const [record = ''] = owner.split('#')
  const [type, id = ''] = record.split('/')
  const known = ownerTypes.find((each) => each === type)
  if (!known) throw new Error(`${owner} has no contact details`)
  return { type: known, id, contact: contactIn(owner) }
}

/**
 * Every number and address of somebody (`Patient/1`, or `ownerOfContact` for a contact inside that record), including
 * those that are no longer right.
 */
export const contactDetailsQuery = (owner: string) => {
  const { type, id, contact } = split(owner)
  return queryOptions({
    queryKey: ['contact-details', owner],
    meta: { kinds: [type] },
    queryFn: async () => {
      const record = await fhir.read(type, id)
      if (!contact) return contactDetailsFromFhir(record, clockToday())
      return contactDetailsFromFhir(
        { telecom: standingContact(record, contact)?.telecom ?? [] },
        clockToday(),
      )
    },
  })
}

/**
 * Changes numbers and addresses on the current record; returns how to undo it. Rejects with `DetailMovedOn` if somebody
 * else changed the same one meanwhile. Safe to repeat.
 */
export async function changeDetails(
  owner: string,
  swaps: readonly Swap[],
): Promise<() => Promise<void>> {
  const { type, id, contact } = split(owner)
  const write = async (some: readonly Swap[]) => {
    await saveTogether({
      edits: [
        {
          ...{ type, id },
          onto: (current) => {
            if (!current) return undefined
            const record = { ...current, id }
            return contact
              ? swappedInContact(record, contact, { swaps: some, today: clockToday() })
              : swapped(record, some, clockToday())
          },
        },
      ],
    })
  }
  await write(swaps)
  return async () => await write(backwards(swaps))
}
