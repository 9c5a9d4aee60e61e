import type { Communication, Provenance } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { eventFromFhir } from '#domain/agreement/fhir.ts'
import { ownCode, referenceTo } from '#domain/fhir/references-and-extensions.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import { madeHere } from '#domain/plan/plan-record.ts'

/** A change of who can see a person: who gained and who lost access as text, who did it and when (instant). */
export type AccessNews = Readonly<{ id: string; words: string } & WrittenBy>

/** The changes of access to a person that the service recorded, newest first. */
export function accessNewsFrom(provenances: readonly Provenance[]): readonly AccessNews[] {
  return provenances
    .flatMap((each) => eventFromFhir(each) ?? [])
    .filter(({ id, kind }) => kind === 'change-access' && id.startsWith(madeHere))
    .map(({ id, by, at, words = '' }) => ({ id, by, at, words }))
    .toSorted((one, other) => other.at.localeCompare(one.at))
}

/** What the coordinator has not marked as seen. The coordinator's own changes are not news to them. */
export function unseenBy(
  reader: string,
  news: readonly AccessNews[],
  messages: readonly Communication[],
): readonly AccessNews[] {
  // somebody else's message marks nothing as seen
  const own = messages.filter(({ sender }) => sender?.reference === reader)
  return news.filter(
    ({ id, by }) =>
      by.reference !== reader && !own.some((each) => isSeenIn(each, `Provenance/${id}`)),
  )
}

/** True if the message marks this change as seen: `Provenance/1`. A withdrawn one marks nothing. */
export const isSeenIn = (message: Communication, reference: string): boolean =>
  hasMessageCategory(message, 'access-seen') &&
  message.status === 'completed' &&
  (message.about ?? []).some((each) => each.reference === reference)

type Seen = Readonly<{ id: string; person: string; news: readonly string[]; written: WrittenBy }>

/** “Seen”: the coordinator's message, kept beside the change it is about. */
export function accessSeenToFhir({
  id,
  person,
  news,
  written,
}: Seen): Communication & { id: string } {
  return {
    ...{ resourceType: 'Communication', id, status: 'completed' },
    category: [ownCode('access-seen')],
    subject: { reference: `Patient/${person}` },
    about: news.map((each) => ({ reference: `Provenance/${each}` })),
    sender: referenceTo(written.by),
    sent: written.at,
  }
}
