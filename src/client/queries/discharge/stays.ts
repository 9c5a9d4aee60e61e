import type { EpisodeOfCare } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import type { Contact } from '#domain/contact/contact.ts'
import { contactFromFhir, contactToFhir } from '#domain/contact/fhir.ts'
import { followUpChoiceOf } from '#domain/discharge/follow-up-choice-of.ts'
import { usualFollowUp } from '#domain/discharge/follow-up-rule.ts'
import {
  type StayMessage,
  stayMessageFromFhir,
  stayMessageToFhir,
} from '#domain/discharge/stay-message.ts'
import { visitIn } from '#domain/discharge/stay-thread.ts'
import { wardStayFromFhir } from '#domain/discharge/ward-stay.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { createSaid } from './create-said.ts'

/** Every stay of a person in hospital, the last one first, and the visits to them. */
const encountersQuery = (person: string) =>
  queryOptions({
    queryKey: ['stays', person],
    queryFn: async ({ signal }) => {
      const found = await allRecords('Encounter', { patient: `Patient/${person}` }, signal)
      return {
        stays: found
          .flatMap((each) => wardStayFromFhir(each) ?? [])
          .toSorted((one, other) => other.from.localeCompare(one.from)),
        visits: found.flatMap((each) => visitIn(each) ?? []),
      }
    },
    meta: { kinds: ['Encounter'] },
  })

/** Every stay of a person in hospital, the last one first. */
export const staysQuery = (person: string) =>
  queryOptions({ ...encountersQuery(person), select: ({ stays }) => stays })

/** The visits to a person that were made, whoever made them. */
export const visitsMadeQuery = (person: string) =>
  queryOptions({ ...encountersQuery(person), select: ({ visits }) => visits })

/** What was said about stays, and every call and visit, made or tried. */
export const stayMessagesQuery = (person: string) =>
  queryOptions({
    queryKey: ['stay-messages', person],
    queryFn: async ({ signal }) => {
      const found = await allRecords('Communication', { patient: `Patient/${person}` }, signal)
      return {
        said: found.flatMap((each) => stayMessageFromFhir(each) ?? []),
        contacts: found.flatMap((each) => contactFromFhir(each) ?? []),
      }
    },
    meta: { kinds: ['Communication'] },
  })

const isOpen = ({ status }: EpisodeOfCare) => status === 'active' || status === 'onhold'

/** By when to call: the rule of the organisation that looks after the person, and who coordinates. */
export const followUpQuery = (person: string) =>
  queryOptions({
    queryKey: ['follow-up', person],
    queryFn: async ({ signal }) => {
      const cases = await allRecords('EpisodeOfCare', { patient: `Patient/${person}` }, signal)
      const standing = cases.find(isOpen)
      const id = idIn(standing?.managingOrganization?.reference)
      const organisation = id ? await fhir.find('Organization', id) : undefined
      const choice =
        organisation?.resourceType === 'Organization'
          ? followUpChoiceOf(organisation)
          : usualFollowUp
      return { choice, coordinator: standing?.careManager?.display ?? '' }
    },
    meta: { kinds: ['EpisodeOfCare', 'Organization'] },
  })

/** A call or a visit after a stay, made or tried, with what was answered. `at`: absent for just now. The caller keeps `id` over retries. */
export async function saveCallAfterStay(
  contact: Pick<Contact, 'id' | 'person' | 'way' | 'reached' | 'words' | 'answers'> &
    Readonly<{ stay: string; at: string | undefined }>,
): Promise<void> {
  const written = writtenNow(contact.person)
  const record = contactToFhir({ ...contact, ...written, at: contact.at ?? written.at })
  await createSaid(record, contact.at ? { exact: ['sent'] } : {})
}

/** The day on which somebody is expected home, or that the ward has its page. The caller keeps `id` over retries. */
export async function saveStayMessage(
  said: Pick<StayMessage, 'id' | 'kind' | 'person' | 'stay' | 'words' | 'on'>,
): Promise<void> {
  await createSaid(stayMessageToFhir({ ...said, ...writtenNow(said.person) }))
}
