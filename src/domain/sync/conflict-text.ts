import { digitsAt } from '#domain/decimal/digits.ts'
import type { SayDay } from '#domain/plan/record-text.ts'

type Plain = Readonly<Record<string, unknown>>

/** The content of an element, for a reader to compare: the words, names and numbers in it, not their structure. */
export function conflictText(value: unknown, sayDay: SayDay = String): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return all(value, Object.keys(value), sayDay)
  if (typeof value !== 'object') return isDay(value) ? sayDay(value) : String(value)
  const place = value as Plain
  const named = place['display'] ?? place['text']
  if (typeof named === 'string') return named
  return all(
    place,
    Object.keys(place).filter((key) => !frame.has(key)),
    sayDay,
  )
}

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)

const all = (place: object, keys: readonly string[], sayDay: SayDay) =>
  keys
    .map((key) => digitsAt(place, key) ?? conflictText((place as Plain)[key], sayDay))
    .filter(Boolean)
    .join(', ')

const frame = new Set(['url', 'system', 'id', 'linkId', 'reference'])
