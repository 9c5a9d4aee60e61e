import type { Resource } from '@medplum/fhirtypes'
import { isAboutNobody } from '#domain/access/record-owner.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import { canonical } from '#domain/merge/merge-json.ts'

/**
 * A reference reveals that a record exists. Links that a reader may not know of are left out of the records shown,
 * without a trace, and stay in them when the reader writes them back. `hidden`: `Type/id` of records hidden from the
 * reader.
 */
type Hidden = ReadonlySet<string>
type Json = Readonly<Record<string, unknown>>

/**
 * `Type/id` of every record that this one refers to and that may be hidden from somebody: people and records about
 * nobody are not.
 */
export function linksOf(resource: unknown): ReadonlySet<string> {
  const found = new Set<string>()
  gather(resource, found)
  return found
}

function gather(value: unknown, found: Set<string>): void {
  if (!isObject(value) && !Array.isArray(value)) return
  const name = linkIn(value)
  if (name) found.add(name)
  for (const each of Object.values(value)) gather(each, found)
}

function linkIn(value: unknown): string | undefined {
  if (!isObject(value) || typeof value['reference'] !== 'string') return undefined
  const target = referenceTarget(value['reference'])
  return target && mayBeWithheld(target.type) ? `${target.type}/${target.id}` : undefined
}

/** References to people and to records about nobody are always shown. */
export const mayBeWithheld = (type: string): boolean => !isSomebody(type) && !isAboutNobody(type)

/** Who said or did something is always shown with it. */
const isSomebody = (type: string) => type === 'Patient' || type === 'RelatedPerson'

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isHiddenLink = (value: unknown, hidden: Hidden) => hidden.has(linkIn(value) ?? '')

/** An entry of a list is left out as a whole if it is such a link, or exists for one. */
const isHiddenEntry = (value: unknown, hidden: Hidden): boolean =>
  isHiddenLink(value, hidden) ||
  (isObject(value) && Object.values(value).some((each) => isHiddenLink(each, hidden)))

/** The record as shown to somebody from whom these are hidden. */
export function withoutLinks<R extends Resource>(resource: R, hidden: Hidden): R {
  return hidden.size === 0 ? resource : (shown(resource, hidden) as R)
}

/**
 * A value without such a link is returned unchanged, and others are copied by spreading, which keeps the digits of
 * numbers.
 */
function shown(value: unknown, hidden: Hidden): unknown {
  if (Array.isArray(value)) return shownList(value, hidden)
  if (!isObject(value)) return value
  const changed = Object.entries(value)
    .map(([name, each]) => [name, each, shownElement(each, hidden)] as const)
    .filter(([, before, after]) => before !== after)
  if (changed.length === 0) return value
  const copy: Record<string, unknown> = { ...value }
  for (const [name, , after] of changed)
    if (after === undefined) delete copy[name]
    else copy[name] = after
  return copy
}

/** Undefined if nothing is left of it to show. */
function shownElement(element: unknown, hidden: Hidden): unknown {
  if (isHiddenLink(element, hidden)) return undefined
  const after = shown(element, hidden)
  return isEmptied(element, after) ? undefined : after
}

function shownList(list: readonly unknown[], hidden: Hidden): readonly unknown[] {
  const after = list
    .filter((each) => !isHiddenEntry(each, hidden))
    .map((each) => shown(each, hidden))
  const isSame = after.length === list.length && after.every((each, at) => each === list[at])
  return isSame ? list : after
}

/** FHIR has no empty lists. */
const isEmptied = (before: unknown, after: unknown) =>
  Array.isArray(before) && before.length > 0 && Array.isArray(after) && after.length === 0

/** The record that a reader wrote back, with the links that were hidden from them. */
export function withLinksOf<R extends Resource>(after: R, before: Resource, hidden: Hidden): R {
  return hidden.size === 0 ? after : (restored(after, before, hidden) as R)
}

function restored(after: unknown, before: unknown, hidden: Hidden): unknown {
  if (Array.isArray(before)) return restoredList(after, before, hidden)
  if (!isObject(before) || !isObject(after)) return after
  const merged: Record<string, unknown> = { ...after }
  for (const [name, stood] of Object.entries(before)) {
    const left = name in after ? restored(after[name], stood, hidden) : hiddenIn(stood, hidden)
    if (left !== undefined) merged[name] = left
  }
  return merged
}

/**
 * The hidden part of an element that is not written back: a reader who removes the last visible entry of a list leaves
 * the list out.
 */
function hiddenIn(existing: unknown, hidden: Hidden): unknown {
  if (isHiddenLink(existing, hidden)) return existing
  const entries = Array.isArray(existing)
    ? existing.filter((each) => isHiddenEntry(each, hidden))
    : []
  return entries.length > 0 ? entries : undefined
}

/** Visible entries keep the order in which they were read; the hidden entries come after them, each once. */
function restoredList(after: unknown, before: readonly unknown[], hidden: Hidden): unknown {
  if (!Array.isArray(after)) return after
  const seen = before.filter((each) => !isHiddenEntry(each, hidden))
  const existing = earlierPlaces(
    after,
    seen.map((each) => shown(each, hidden)),
  )
  const asRead = after.map((each, at) => {
    const place = existing[at]
    return place === undefined ? each : restored(each, seen[place], hidden)
  })
  const named = new Set(asRead.flatMap((each) => [...linksOf(each)]))
  const missing = before.filter(
    (each) => isHiddenEntry(each, hidden) && ![...linksOf(each)].every((name) => named.has(name)),
  )
  return [...asRead, ...missing]
}

type Place = number | undefined

/**
 * Which of the entries that were read each written entry was: one with the same content, wherever it is now; the others
 * in the order in which they are between these. If nothing was removed, the rest was reordered and reworded. New
 * entries were none of them.
 */
function earlierPlaces(after: readonly unknown[], read: readonly unknown[]): readonly Place[] {
  const free = Map.groupBy(read.keys(), (at) => canonical(read[at]))
  for (const places of free.values()) places.reverse()
  const same = after.map((each) => free.get(canonical(each))?.pop())
  const taken = new Set(same)
  const left = [...read.keys()].filter((at) => !taken.has(at))
  const between = inOrder(same, left)
  const used = new Set(between)
  const others = left.filter((at) => !used.has(at)).values()
  const isWhole = after.length >= read.length
  return between.map((place) => place ?? (isWhole ? others.next().value : undefined))
}

/** Gives each open place the first remaining entry between the known ones around it. */
function inOrder(same: readonly Place[], left: readonly number[]): readonly Place[] {
  const bounds = nextKnown(same)
  let from = -1
  let at = 0
  return same.map((place, index) => {
    if (place !== undefined) {
      from = place
      return place
    }
    while (at < left.length && (left[at] ?? 0) < from) at += 1
    const found = left[at]
    if (found === undefined || found > (bounds[index] ?? 0)) return undefined
    at += 1
    return found
  })
}

function nextKnown(same: readonly Place[]): readonly number[] {
  let next = Number.POSITIVE_INFINITY
  return same
    .toReversed()
    .map((place) => {
      next = place ?? next
      return next
    })
    .toReversed()
}
