import { digitsAt } from '#domain/decimal/digits.ts'

type Plain = Readonly<Record<string, unknown>>

/** What stands in a place of a record, as a reader may compare it: the words, names and numbers in it, not their frame. */
export function placeText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return all(value, Object.keys(value))
  if (typeof value !== 'object') return String(value)
  const place = value as Plain
  const named = place['display'] ?? place['text']
  if (typeof named === 'string') return named
  return all(
    place,
    Object.keys(place).filter((key) => !frame.has(key)),
  )
}

const all = (place: object, keys: readonly string[]) =>
  keys
    .map((key) => digitsAt(place, key) ?? placeText((place as Plain)[key]))
    .filter(Boolean)
    .join(', ')

const frame = new Set(['url', 'system', 'id', 'linkId', 'reference'])
