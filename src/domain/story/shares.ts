import type { Consent, RelatedPerson } from '@medplum/fhirtypes'
import { sharedWith } from '#domain/access/consent.ts'
import type { Room } from '#domain/access/room.ts'
import { nameInWords } from '#domain/person/shown-name.ts'

/** What the person shares with someone close, as it holds on a day. */
export type Share = Readonly<{
  id: string
  name: string
  /** the relationship in the words of the record */
  relationship?: string
  read: readonly Room[]
  write: readonly Room[]
  /** last day, `YYYY-MM-DD`; absent: until it is taken back */
  until?: string
}>

/** One line for each person close, also for those with whom nothing is shared. */
export function sharesFrom(
  relatives: readonly RelatedPerson[],
  consents: readonly Consent[],
  day: string,
): readonly Share[] {
  return relatives.map((relative) => {
    const reference = `RelatedPerson/${relative.id}`
    const rooms = sharedWith(consents, reference, day)
    const relationship = relative.relationship?.[0]
    const called = relationship?.text ?? relationship?.coding?.[0]?.display
    const until = endOf(consents, reference)
    return {
      id: relative.id ?? '',
      name: nameInWords(relative.name, day),
      ...(called ? { relationship: called } : {}),
      ...rooms,
      ...(until ? { until } : {}),
    }
  })
}

function endOf(consents: readonly Consent[], reference: string): string | undefined {
  return consents
    .filter((consent) => consent.status === 'active')
    .flatMap((consent) => [consent.provision, ...(consent.provision?.provision ?? [])])
    .filter((each) => each?.actor?.some((actor) => actor.reference.reference === reference))
    .map((each) => each?.period?.end?.slice(0, 10) ?? '')
    .toSorted()
    .at(-1)
}
