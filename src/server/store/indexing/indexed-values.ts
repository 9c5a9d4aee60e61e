import { type DateRange, dateRange } from './date-range.ts'
import { isJson, type Json } from './values-at.ts'

const humanName = ['text', 'family', 'given', 'prefix', 'suffix']
const address = ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country']

/** The texts by which a string parameter finds a string, a HumanName, an Address or a CodeableConcept. */
export function stringValuesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value].filter(isSaid)
  if (!isJson(value)) return []
  const parts = 'family' in value || 'given' in value ? humanName : address
  const texts = [...parts, 'display'].flatMap((part) => value[part])
  return [...new Set(texts.filter(isSaid))]
}

function isSaid(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

export type IndexedCode = Readonly<{ system: string; value: string }>

/** System and code of a code, boolean, Coding, CodeableConcept, Identifier or ContactPoint. */
export function codingValuesOf(value: unknown): readonly IndexedCode[] {
  if (['string', 'boolean', 'number'].includes(typeof value))
    return [{ system: '', value: String(value) }]
  if (!isJson(value)) return []
  if (Array.isArray(value['coding']))
    return value['coding'].flatMap((each) => [...codingValuesOf(each)])
  return codingOf(value)
}

function codingOf(value: Json): readonly IndexedCode[] {
  // the system of a ContactPoint (phone, email) is a kind, not a namespace
  const system = isContact(value) ? '' : text(value['system'])
  const coded = text(value['code']) || text(value['value'])
  return coded || system ? [{ system, value: coded }] : []
}

const contactSystems = ['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other']

function isContact(value: Json): boolean {
  return 'value' in value && contactSystems.includes(text(value['system']))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The ranges of a date, dateTime, instant, Period or Timing. An open end is infinite. */
export function dateValuesOf(value: unknown): readonly DateRange[] {
  if (typeof value === 'string') {
    const range = dateRange(value)
    return range ? [range] : []
  }
  if (!isJson(value)) return []
  if (Array.isArray(value['event']))
    return value['event'].flatMap((each) => [...dateValuesOf(each)])
  const repeat = value['repeat']
  if (isJson(repeat)) return dateValuesOf(repeat['boundsPeriod'])
  return period(value)
}

function period(value: Json): readonly DateRange[] {
  const start = dateRange(text(value['start']))
  const end = dateRange(text(value['end']))
  return start || end ? [{ from: start?.from ?? -Infinity, to: end?.to ?? Infinity }] : []
}

type Amount = { lo: number | string; hi: number | string; s?: string; x?: string }

/** Value, unit and system of a Quantity, Money or Range; one entry for the code and one for a differing unit. */
export function quantityValuesOf(value: unknown): readonly Amount[] {
  if (!isJson(value)) return []
  if ('low' in value || 'high' in value) return rangeOf(value)
  const amount = value['value']
  if (typeof amount !== 'number') return []
  const span = compared(amount, text(value['comparator']))
  const system = text(value['system'])
  const code = text(value['code']) || text(value['currency'])
  const units = new Set([code, text(value['unit'])].filter(Boolean))
  if (units.size === 0) return [span]
  return [...units].map((unit) => ({ ...span, s: unit, x: unit === code ? system : '' }))
}

function compared(
  amount: number,
  comparator: string,
): { lo: number | string; hi: number | string } {
  if (comparator.startsWith('<')) return { lo: '-infinity', hi: amount }
  return { lo: amount, hi: comparator.startsWith('>') ? 'infinity' : amount }
}

function rangeOf(value: Json): readonly Amount[] {
  const low = isJson(value['low']) ? value['low'] : {}
  const high = isJson(value['high']) ? value['high'] : {}
  const lo = typeof low['value'] === 'number' ? low['value'] : '-infinity'
  const hi = typeof high['value'] === 'number' ? high['value'] : 'infinity'
  const code = text(low['code']) || text(high['code'])
  const system = text(low['system']) || text(high['system'])
  return [code ? { lo, hi, s: code, x: system } : { lo, hi }]
}
