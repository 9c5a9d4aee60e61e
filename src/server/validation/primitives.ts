import { dayWritten } from '#domain/calendar/days.ts'

/**
 * The form of each FHIR R4 primitive (https://hl7.org/fhir/R4/datatypes.html); lengths and spaces are checked
 * separately.
 */
const text = /\S/
const patterns: Readonly<Record<string, RegExp>> = {
  id: /^[A-Za-z0-9\-.]{1,64}$/,
  code: /^[^\s]+( [^\s]+)*$/,
  date: /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/,
  dateTime:
    /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d+)?)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00))?)?)?$/,
  instant:
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)$/,
  time: /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?$/,
  uri: /^\S*$/,
  url: /^\S*$/,
  canonical: /^\S*$/,
  oid: /^urn:oid:[0-2](\.(0|[1-9]\d*))+$/,
  uuid: /^urn:uuid:[0-9a-f-]{36}$/,
  base64Binary: /^[A-Za-z0-9+/=\s]*$/,
  string: text,
  markdown: text,
  xhtml: text,
}

const numbers: Readonly<Record<string, (value: number) => boolean>> = {
  decimal: Number.isFinite,
  integer: (value) => Number.isInteger(value) && Math.abs(value) <= 2_147_483_648,
  unsignedInt: (value) => Number.isInteger(value) && value >= 0,
  positiveInt: (value) => Number.isInteger(value) && value > 0,
}

export function isPrimitive(type: string): boolean {
  return type === 'boolean' || type.startsWith('code:') || type in patterns || type in numbers
}

/** What is wrong with a primitive value, as text; undefined if nothing is. */
export function faultOfPrimitive(type: string, value: unknown): string | undefined {
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : 'must be true or false'
  return numbers[type] ? numberFault(type, value) : textFault(type, value)
}

function numberFault(type: string, value: unknown): string | undefined {
  return typeof value === 'number' && numbers[type]?.(value) ? undefined : `must be a ${type}`
}

function textFault(type: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return `must be text (${type.split(':')[0]})`
  if (type.startsWith('code:')) return codeFault(type.slice(5).split(' '), value)
  if (value.includes('\u0000')) return 'must not contain a null character'
  if (!value.isWellFormed()) return 'contains an incomplete character'
  if (!patterns[type]?.test(value)) return `is not a ${type}`
  if (type === 'xhtml' && running.test(value)) return 'must not hold anything that runs (txt-1)'
  return dated.includes(type) && !isOnCalendar(value)
    ? 'names a day that does not exist'
    : undefined
}

/** Elements and attributes that a browser would run: a narrative leaves with every copy of its record. */
const running =
  /<\s*(script|iframe|object|embed|form|base|meta|link)\b|<[^>]*(\son\w+\s*=|\b(java|vb)script\s*:)/i

const dated = ['date', 'dateTime', 'instant']

/** 30 February has the form of a day and does not exist; a year or a month alone always does. */
function isOnCalendar(value: string): boolean {
  const [year, month, day] = dayWritten(value).split('-').map(Number)
  if (year === 0) return false
  if (year === undefined || month === undefined || day === undefined) return true
  const date = new Date(Date.UTC(2000, month - 1, day))
  // set separately: Date.UTC takes the years 1 to 99 as 1901 to 1999
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function codeFault(codes: readonly string[], value: string): string | undefined {
  return codes.includes(value) ? undefined : `must be one of ${codes.join(', ')}`
}
