import type { Consent, RelatedPerson } from '@medplum/fhirtypes'
import type { AccessLabel } from '#domain/access/labels/access-label.ts'
import { supportersOf } from '#domain/access/record-access-kind.ts'
import { dayWritten } from '#domain/calendar/days.ts'
import { nameInWords } from '#domain/person/shown-name.ts'
import { asksForRooms, consentedLabelsFor, namedIn } from './consent.ts'

/** What the person shares with someone close, on a day. */
export type Share = Readonly<{
  id: string
  /** the name in a share; for somebody who is not in the list of people close, it is all that is known */
  reference: string
  name: string
  /** the relationship in the words of the record */
  relationship?: string
  read: readonly AccessLabel[]
  write: readonly AccessLabel[]
  /** last day, `YYYY-MM-DD`; absent: until it is stopped */
  until?: string
  /** references of those who wrote it down for the person */
  writtenBy: readonly string[]
}>

/** What was written down for the person, and gives no access until they agree. */
export type WaitingShare = Readonly<{
  id: string
  /** as the person reads it: this is what they agree to */
  seen: Consent
  shares: readonly Share[]
  writtenBy: readonly string[]
}>

/** One line for each person close, also for those with whom nothing is shared; then everybody else with a share. */
export function sharesFrom(
  relatives: readonly RelatedPerson[],
  consents: readonly Consent[],
  day: string,
): readonly Share[] {
  const close = relatives.map((relative) => `RelatedPerson/${relative.id}`)
  const others = consents.flatMap(namedIn).filter((each) => !close.includes(each))
  const shares = [...new Set([...close, ...others])].map((reference) =>
    shareOf({ relatives, consents, day }, reference),
  )
  return shares.filter(({ reference, read }) => close.includes(reference) || read.length > 0)
}

/** What waits for the person’s agreement, each as one question. */
export function waitingFrom(
  relatives: readonly RelatedPerson[],
  consents: readonly Consent[],
  day: string,
): readonly WaitingShare[] {
  return consents.filter(asksForRooms).map((seen) => {
    const given = { relatives, consents: [{ ...seen, status: 'active' as const }], day }
    const shares = namedIn(seen).map((reference) => shareOf(given, reference))
    return { id: seen.id ?? '', seen, shares, writtenBy: supportersOf(seen) }
  })
}

type Known = Readonly<{
  relatives: readonly RelatedPerson[]
  consents: readonly Consent[]
  day: string
}>

function shareOf({ relatives, consents, day }: Known, reference: string): Share {
  const relative = relatives.find(({ id }) => reference === `RelatedPerson/${id}`)
  const relationship = relative?.relationship?.[0]
  const called = relationship?.text ?? relationship?.coding?.[0]?.display
  const inForce = consents.filter(
    (each) => each.status === 'active' && namedIn(each).includes(reference),
  )
  const until = endOfShare(inForce, reference)
  return {
    id: reference.split('/').at(-1) ?? '',
    reference,
    name: nameInWords(relative?.name, day) || shownIn(inForce, reference),
    ...(called ? { relationship: called } : {}),
    ...consentedLabelsFor(inForce, reference, day),
    ...(until ? { until } : {}),
    writtenBy: [...new Set(inForce.flatMap(supportersOf))],
  }
}

function provisionsFor(consents: readonly Consent[], reference: string) {
  return consents
    .flatMap((consent) => [consent.provision, ...(consent.provision?.provision ?? [])])
    .filter((each) => each?.actor?.some((actor) => actor.reference.reference === reference))
}

/** The name in a share itself; empty if there is none. */
function shownIn(consents: readonly Consent[], reference: string): string {
  const actors = provisionsFor(consents, reference).flatMap((each) => each?.actor ?? [])
  return actors.find((each) => each.reference.reference === reference)?.reference.display ?? ''
}

/** The last day of what is shared with somebody; undefined or empty: without an end. */
export function endOfShare(consents: readonly Consent[], reference: string): string | undefined {
  return provisionsFor(consents, reference)
    .map((each) => dayWritten(each?.period?.end ?? ''))
    .toSorted()
    .at(-1)
}
