import { canonical } from '#domain/merge/merge-json.ts'
import { addDigits, digitsAt, holdsDigits, rewritten, shallow } from './digits.ts'

type Plain = Readonly<Record<string, unknown>>

/**
 * A client that reads a record with plain JavaScript and sends it back has 1.5 for 1.50. If the number of a place is
 * the same as before, the earlier digits stay, unless others are sent.
 */
export function keepDigits<T>(after: T, before: unknown): T {
  return holdsDigits(before) ? (withDigits(after, before) as T) : after
}

function withDigits(after: unknown, before: unknown): unknown {
  if (!isObject(after) || !isObject(before)) return after
  if (Array.isArray(after)) return Array.isArray(before) ? keptInList(after, before) : after
  return changed(after, (key) => ({ holder: before, key }))
}

function keptInList(after: readonly unknown[], before: readonly unknown[]): unknown {
  const partners = partnersIn(after, before)
  return changed(after, (at) => ({ holder: before, key: String(partners[Number(at)]) }))
}

type Place = Readonly<{ holder: object; key: string }>

/** A copy if something has to be kept; otherwise the argument. */
function changed<T extends object>(after: T, placeOf: (key: string) => Place): T {
  const inside = rewritten(after, (key, each) => withDigits(each, earlierValue(placeOf(key))))
  const said = Object.keys(after).flatMap((key) => {
    const existing = earlierDigits(after, key, placeOf(key))
    return existing === undefined ? [] : [[key, existing] as const]
  })
  if (said.length === 0) return inside
  const copy = inside === after ? (shallow(after) as T) : inside
  addDigits(copy, Object.fromEntries(said))
  return copy
}

const earlierValue = ({ holder, key }: Place) => (holder as Plain)[key]

/** Unless other digits are sent. */
function earlierDigits(after: object, key: string, place: Place): string | undefined {
  if (earlierValue(place) !== (after as Plain)[key] || digitsAt(after, key) !== undefined)
    return undefined
  return digitsAt(place.holder, place.key)
}

/**
 * The earlier list place of each entry: the same content, the same name, or the same place of a list of the same
 * length.
 */
function partnersIn(after: readonly unknown[], before: readonly unknown[]): readonly number[] {
  const contents = before.map(canonical)
  const byContent = placesBy(contents, (each) => String(each))
  const byName = placesBy(before, nameOf)
  const isEven = after.length === before.length
  return after.map((each, at) => {
    const content = canonical(each)
    if (contents[at] === content) return at
    const named = byName.get(nameOf(each)) ?? []
    const byItsName = named.length === 1 ? named[0] : undefined
    return byContent.get(content)?.[0] ?? byItsName ?? (isEven ? at : -1)
  })
}

function placesBy(list: readonly unknown[], name: (each: unknown) => string) {
  const places = new Map<string, number[]>()
  for (const [at, each] of list.entries()) {
    const key = name(each)
    const known = places.get(key)
    if (known) known.push(at)
    else places.set(key, [at])
  }
  return places
}

const isObject = (value: unknown): value is Plain => typeof value === 'object' && value !== null

function nameOf(element: unknown): string {
  if (!isObject(element)) return canonical(element)
  const { id, linkId, url, code } = element
  return canonical([id, linkId, url, code].find((each) => each !== undefined) ?? '')
}
