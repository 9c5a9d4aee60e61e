import type {
  Address,
  ContactPoint,
  Extension,
  PatientContact,
  Period,
  Resource,
} from '@medplum/fhirtypes'
import { dayWritten } from '#domain/calendar/days.ts'
import {
  extensionOf,
  extensionsOf,
  withExtensions,
  writtenExtension,
  writtenFrom,
} from '#domain/fhir/references-and-extensions.ts'
import { canonical } from '#domain/merge/merge-json.ts'
import type { WrittenBy } from '#domain/plan/plan.ts'
import {
  type Detail,
  type DetailFields,
  type DetailKind,
  DetailMovedOn,
} from './contact-details.ts'
import { contactName, type NamedContact, standingContact, withContact } from './named-contact.ts'

type Entry = (ContactPoint | Address) & { extension?: Extension[] }
type ListName = 'telecom' | 'address'
type Lists = { telecom?: Entry[]; address?: Entry[] }
const lists = ['telecom', 'address'] as const

/** True for a record with contact details. */
export const hasContactDetails = (resource: Resource): boolean =>
  ['Patient', 'RelatedPerson', 'Practitioner'].includes(resource.resourceType)

/** One element in place of another: without `from` it is added, without `to` removed. */
export type Swap = Readonly<{ list: ListName; at: number; from?: object; to?: object }>

/** Undone, the last first. */
export const backwards = (swaps: readonly Swap[]): readonly Swap[] =>
  swaps.toReversed().map(({ list, at, from, to }) => ({
    ...{ list, at },
    ...(to ? { from: to } : {}),
    ...(from ? { to: from } : {}),
  }))

/** Every number and address of a record, including those that are no longer right; `today` is `YYYY-MM-DD`. */
export function contactDetailsFromFhir(record: object, today: string): readonly Detail[] {
  const { telecom = [], address = [] } = record as Lists
  return [
    ...telecom.flatMap((each, at) => pointFrom(each as ContactPoint, at, today)),
    ...address.map((each, at) => addressFrom(each as Address, at, today)),
  ]
}

const nothing = { value: '', line: '', town: '', postcode: '', callWhen: '' }

function pointFrom(point: ContactPoint, at: number, today: string): readonly Detail[] {
  const { system = 'phone', value = '', use = '', rank } = point
  const kind = kinds[system]
  if (!kind || !value) return []
  return [
    {
      ...{ ...nothing, kind, value, use: use === 'old' ? '' : use, best: rank === 1 },
      callWhen: extensionOf(point as object, 'call-when')?.valueString ?? '',
      ...common(point, { at, today, list: 'telecom' }),
    },
  ]
}

const kinds: Readonly<Record<string, DetailKind>> = { phone: 'phone', sms: 'phone', email: 'email' }

function addressFrom(address: Address, at: number, today: string): Detail {
  const { line = [], district, city = '', postalCode = '', text = '', use = '' } = address
  const lines = [...line, district ?? ''].filter(Boolean).join('\n')
  return {
    ...{ ...nothing, kind: 'address', best: false, use: use === 'old' ? '' : use },
    ...{ line: lines || (city || postalCode ? '' : text), town: city, postcode: postalCode },
    ...common(address, { at, today, list: 'address' }),
  }
}

type Place = Readonly<{ at: number; today: string; list: ListName }>

function common(entry: Entry, { at, today, list }: Place) {
  const { start = '', end = '' } = entry.period ?? {}
  const written = extensionOf(entry, 'written') ? writtenFrom(entry as never, undefined) : undefined
  return {
    ...{
      key: `${list}-${at}`,
      at,
      stands: entry,
      from: dayWritten(start),
      until: dayWritten(end),
    },
    isOld: entry.use === 'old' || (end !== '' && dayWritten(end) < today),
    ...(written ? { written } : {}),
  }
}

/** The element with what was typed; everything else stays as it was. */
function entryFrom(fields: DetailFields, existing: object | undefined): Entry {
  const { kind, use, callWhen, from, until } = fields
  const { use: was, period, rank, ...rest } = withoutMark(existing ?? {}) as ContactPoint
  const days = periodOf({ from, until }, period)
  const common = {
    ...rest,
    ...(use ? { use } : {}),
    ...(days ? { period: days } : {}),
    ...(rank !== undefined && was !== 'old' ? { rank } : {}),
  } as Entry
  if (kind === 'address') return addressOf(fields, common as Address)
  const { extension: _extension, ...point } = common as ContactPoint & Entry
  return {
    ...point,
    system: (common as ContactPoint).system ?? kind,
    value: fields.value.trim(),
    ...withExtensions(common, {
      'call-when': callWhen.trim() ? [{ valueString: callWhen.trim() }] : [],
    }),
  } as ContactPoint
}

function addressOf({ line, town, postcode }: DetailFields, existing: Address): Address {
  const {
    line: _line,
    city: _city,
    district: _district,
    postalCode: _code,
    text: _text,
    ...rest
  } = existing
  const lines = line
    .split('\n')
    .map((each) => each.trim())
    .filter(Boolean)
  return {
    ...rest,
    ...(lines.length > 0 ? { line: lines } : {}),
    ...(town.trim() ? { city: town.trim() } : {}),
    ...(postcode.trim() ? { postalCode: postcode.trim() } : {}),
  }
}

/** Days as typed; an instant of the same day stays as exact as it was. */
function periodOf(
  { from, until }: Pick<DetailFields, 'from' | 'until'>,
  existing: Period | undefined,
): Period | undefined {
  const asExact = (typed: string, was: string | undefined) =>
    was !== undefined && typed !== '' && dayWritten(was) === typed ? was : typed
  const start = asExact(from, existing?.start)
  const end = asExact(until, existing?.end)
  if (!start && !end) return undefined
  return { ...(start ? { start } : {}), ...(end ? { end } : {}) }
}

const listOf = (kind: DetailKind): ListName => (kind === 'address' ? 'address' : 'telecom')

export const adding = (fields: DetailFields): readonly Swap[] => [
  { list: listOf(fields.kind), at: -1, to: entryFrom(fields, undefined) },
]

export const correcting = (detail: Detail, fields: DetailFields): readonly Swap[] => [
  swapOf(detail, entryFrom(fields, detail.stands)),
]

/** No longer right from this day on: it stays in the record as a previous one. */
export function markingOld(detail: Detail, today: string): readonly Swap[] {
  const { rank: _rank, ...entry } = withoutMark(detail.stands) as ContactPoint
  const end = detail.until && detail.until < today ? detail.until : today
  return [swapOf(detail, { ...entry, use: 'old', period: { ...entry.period, end } } as Entry)]
}

/** This one is tried first. */
export function makingBest(detail: Detail, all: readonly Detail[]): readonly Swap[] {
  const before = all.filter(
    (each) => each.kind === detail.kind && each.best && each.key !== detail.key,
  )
  const plain = ({ stands }: Detail) => {
    const { rank: _rank, ...entry } = withoutMark(stands) as ContactPoint
    return entry
  }
  return [
    ...before.map((each) => swapOf(each, plain(each))),
    swapOf(detail, { ...plain(detail), rank: 1 }),
  ]
}

const swapOf = ({ kind, at, stands }: Detail, to: object): Swap => ({
  ...{ list: listOf(kind), at, from: withoutMark(stands), to },
})

/** Who wrote it is not part of its content. */
function withoutMark(entry: object): object {
  const { extension: _all, ...rest } = entry as Entry
  return { ...rest, ...withExtensions(entry as Entry, { written: [] }) }
}

const says = (entry: object) => canonical(withoutMark(entry))
const unranked = (entry: object) => {
  const { rank: _rank, ...rest } = entry as ContactPoint
  return rest
}

const isSaid = (list: readonly object[], entry: object | undefined) =>
  entry !== undefined && list.some((each) => says(each) === says(entry))

/**
 * The record with the change; undefined if it says so already. Throws `DetailMovedOn` if what is to be changed is no
 * longer there.
 */
export function swapped<R extends object>(
  record: R,
  swaps: readonly Swap[],
  today: string,
): R | undefined {
  const isDone = swaps.every(({ list, from, to }) => {
    const existing = (record as Lists)[list] ?? []
    return to ? isSaid(existing, to) : !isSaid(existing, from)
  })
  if (isDone) return undefined
  return swaps.reduce((current, swap) => oneSwapped(current, swap, today), record)
}

/** The same for a contact by name in the record. Throws `DetailMovedOn` if nobody has that name any more. */
export function swappedInContact<R extends object>(
  record: R,
  who: NamedContact,
  { swaps, today }: Readonly<{ swaps: readonly Swap[]; today: string }>,
): R | undefined {
  const current = standingContact(record, who)
  if (!current) throw new DetailMovedOn(undefined)
  const { telecom, ...rest } = current
  const changed = swapped(telecom ? { telecom } : {}, swaps, today)
  return changed && withContact(record, who, { ...rest, ...changed })
}

function oneSwapped<R extends object>(record: R, { list, at, from, to }: Swap, today: string): R {
  const existing = (record as Lists)[list] ?? []
  if (!from) return to ? { ...record, [list]: [...existing, to] } : record
  const found = existing.findIndex((each) => says(each) === says(from))
  if (found < 0) throw new DetailMovedOn(detailAt(record, list, { at, today }))
  const next = existing.flatMap((each, place) => (place === found ? (to ?? []) : each))
  const { [list]: _list, ...rest } = record as Record<string, unknown>
  return { ...rest, ...(next.length > 0 ? { [list]: next } : {}) } as R
}

const detailAt = (record: object, list: ListName, { at, today }: Omit<Place, 'list'>) =>
  contactDetailsFromFhir(record, today).find(({ key }) => key === `${list}-${at}`)

/** The same change on top of somebody else's change. */
export const overTheirs = (swaps: readonly Swap[], theirs: Detail | undefined): readonly Swap[] =>
  swaps.flatMap((swap) => {
    if (!theirs) return swap.to ? [{ list: swap.list, at: -1, to: swap.to }] : []
    const isIt = swap.list === listOf(theirs.kind) && swap.at === theirs.at
    return [isIt ? { ...swap, from: withoutMark(theirs.stands) } : swap]
  })

/**
 * Marks each number and address that is new or changed with who wrote it; the mark of the others is kept. A mark from
 * the client does not count.
 */
export function withDetailsMarked<R extends object>(after: R, before: object, by: WrittenBy): R {
  const marked = listsMarked(after, before, by)
  const { contact } = after as { contact?: PatientContact[] }
  if (!Array.isArray(contact)) return marked
  const existing = ((before as { contact?: PatientContact[] }).contact ?? []).map((each) => ({
    ...{ name: contactName(each), telecom: each.telecom ?? [] },
  }))
  const contacts = contact.map((each) => {
    const same = existing.filter(({ name }) => name === contactName(each))
    return listsMarked(each, { telecom: same.flatMap(({ telecom }) => telecom) }, by)
  })
  return { ...marked, contact: contacts }
}

function listsMarked<R extends object>(after: R, before: object, by: WrittenBy): R {
  const marked = { ...after } as R & Lists
  for (const list of lists) {
    const entries = (after as Lists)[list]
    if (!Array.isArray(entries)) continue
    const existing = (before as Lists)[list] ?? []
    marked[list] = entries.map((entry) => {
      // which one is called first does not change the number
      const same = existing.find((each) => says(unranked(each)) === says(unranked(entry)))
      const mark = same ? extensionsOf(same, 'written') : writtenExtension(by)
      const { extension: _extension, ...rest } = entry
      return { ...rest, ...withExtensions(entry, { written: mark }) }
    })
  }
  return marked
}
