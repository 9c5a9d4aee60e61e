import type { Communication, Resource } from '@medplum/fhirtypes'
import { hasMessageCategory } from '#domain/agreement/comment-message.ts'
import { isWholeDay } from '#domain/calendar/days.ts'
import { dayOf } from '#domain/calendar/zone.ts'
import {
  extensionOf,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'

/** What is written down about a stay, beside calls: the day on which the person may come home, and what the ward was given. */
const stayMessageKinds = ['expected-discharge', 'ward-sheet'] as const
export type StayMessageKind = (typeof stayMessageKinds)[number]

/** `words`: who said the day; to whom the page was given. */
export type StayMessage = Readonly<{
  id: string
  kind: StayMessageKind
  person: string
  stay: string
  words: string
  /** the day on which the person is expected home, of the first kind */
  on?: string
  by: Who
  at: string
}>

export function stayMessageToFhir(said: StayMessage): Communication & { id: string } {
  const { id, kind, person, stay, words, on, by, at } = said
  return {
    ...{ resourceType: 'Communication', id, status: 'completed', category: [ownCode(kind)] },
    ...{ subject: { reference: `Patient/${person}` }, about: [{ reference: `Encounter/${stay}` }] },
    ...{ sender: referenceTo(by), sent: at, payload: [{ contentString: words }] },
    ...withExtensions(undefined, { 'expected-on': on ? [{ valueDate: on }] : [] }),
  }
}

export const stayMessageKindOf = (record: Resource | undefined): StayMessageKind | undefined =>
  record?.resourceType === 'Communication'
    ? stayMessageKinds.find((kind) => hasMessageCategory(record, kind))
    : undefined

/** The stay that a message is about; undefined if it is about something else. */
export function stayIn(message: Communication): string | undefined {
  const [about, ...others] = message.about ?? []
  return others.length === 0 && about?.reference?.startsWith('Encounter/')
    ? idIn(about.reference)
    : undefined
}

/** What is said about a stay, and a call or visit after it: also one that names a stay among other things. */
export const isAboutStay = (message: Communication): boolean =>
  stayMessageKindOf(message) !== undefined ||
  (hasMessageCategory(message, 'contact') &&
    (message.about ?? []).some(({ reference }) => reference?.startsWith('Encounter/')))

/** Undefined for messages of another kind, and for withdrawn ones. */
export function stayMessageFromFhir(message: Communication): StayMessage | undefined {
  const kind = stayMessageKindOf(message)
  const by = whoFrom(message.sender)
  const stay = stayIn(message)
  if (!kind || !by || !stay || !message.sent || message.status !== 'completed') return undefined
  const on = extensionOf(message, 'expected-on')?.valueDate
  return {
    ...{ id: message.id ?? '', kind, stay, person: idIn(message.subject?.reference) },
    ...{ words: message.payload?.[0]?.contentString ?? '', by, at: message.sent },
    ...(on ? { on } : {}),
  }
}

/** The last word on when the person may come home. */
export const expectedHome = (said: readonly StayMessage[], stay: string) =>
  said
    .filter((each) => each.stay === stay && each.kind === 'expected-discharge')
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))[0]

export type StayFault = 'no-day' | 'before-admission' | 'no-words' | 'over'

/** What is wrong with a message about a stay, for the one who writes it. */
export function stayMessageFault(
  said: Readonly<{ kind: StayMessageKind; on?: string | undefined; words: string }>,
  stay: Readonly<{ from: string; until?: string | undefined }>,
  zone: string,
): StayFault | undefined {
  if (said.words.trim() === '') return 'no-words'
  if (said.kind !== 'expected-discharge') return undefined
  if (stay.until) return 'over'
  if (!said.on || !isWholeDay(said.on)) return 'no-day'
  return said.on < dayOf(stay.from, zone) ? 'before-admission' : undefined
}
