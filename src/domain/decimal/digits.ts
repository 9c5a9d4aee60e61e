/**
 * JavaScript reads 1.50 as 1.5 and cuts a decimal of 20 digits; FHIR R4 says that the digits of a decimal have a
 * meaning (https://hl7.org/fhir/R4/datatypes.html#decimal). So a record is read with `readExactly` and written with
 * `exactJson`: beside a number that JavaScript would write differently, its digits as sent are stored under a symbol.
 * Spreading an object copies them; keys, comparisons and JSON.stringify do not see them. They count as long as the
 * number beside them is the same.
 */
const digits = Symbol('digits as sent')

type NotedDigits = Readonly<Record<string, string>>
type Holder = Record<string, unknown> & { [digits]?: NotedDigits }

/** Characters of a number: longer than anything measured. */
const longest = 1_000
/** RFC 8259 */
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * A number that JavaScript might write differently: minus zero, a zero at its end, an exponent, many digits, or very
 * small. Quick to search for; a false match in running text costs only time.
 */
const perhaps =
  /[:[,]\s*(?:-0|-?(?:\d+\.\d*0|\d+(?:\.\d+)?[eE][+-]?\d+|[\d.]{16,}|0\.000000\d+))(?=[\s,}\]])/

export const mayHoldDigits = (text: string): boolean => perhaps.test(text)

/** What a reviver of JSON.parse gets besides the value; browsers from before 2025 give nothing: there the digits are lost. */
export type DigitSource = Readonly<{ source?: string }>

/** On objects just read or copied by `copyOf`: nobody shares them. */
export function setDigits(holder: object, key: string, said: string): void {
  const fresh = holder as Fresh
  fresh[digits] ??= {}
  // no element has this name, and it would not become a member
  if (key !== '__proto__') fresh[digits][key] = said
}

type Fresh = { [digits]?: Record<string, string> }

/** A reviver that notes the digits of a number beside it. */
export function noteDigits(this: object, key: string, value: unknown, from?: DigitSource): unknown {
  const source = from?.source
  if (typeof value === 'number' && source !== undefined && source !== String(value))
    setDigits(this, key, source)
  return value
}

/** NaN for a number that JavaScript could not compare, or that is too long: validation of a record finds it. */
function noteKeepable(this: object, key: string, value: unknown, from?: DigitSource): unknown {
  if (typeof value === 'number' && !isKeepable(value, from?.source)) return Number.NaN
  return noteDigits.call(this, key, value, from)
}

function isKeepable(value: number, said = String(value)): boolean {
  const isZero = !/[1-9]/.test(said.split(/e/i)[0] ?? '')
  return said.length <= longest && Number.isFinite(value) && (value !== 0 || isZero)
}

/** As JSON.parse. A number that is too large, too small or too long becomes NaN: `strangeNumberIn` finds it. */
export function readExactly(text: string): unknown {
  return mayHoldDigits(text) ? JSON.parse(text, noteKeepable) : JSON.parse(text)
}

/** The objects may be shared with a copy: they are not changed. */
export function addDigits(holder: object, said: NotedDigits): void {
  const place = holder as Holder
  place[digits] = { ...place[digits], ...said }
}

/** The digits as they were sent; undefined if they are those that JavaScript writes. */
export function digitsAt(holder: object, key: string): string | undefined {
  const { [digits]: all, [key]: value } = holder as Holder
  const sent = all?.[key]
  return sent !== undefined && Number(sent) === value && number.test(sent) ? sent : undefined
}

export type NumberPlace = readonly [holder: object | undefined, key: string]

/** Numbers from several places under new names, each with its digits: spreading would keep only the last place's. */
export function numbersOf<K extends string>(
  places: Readonly<Partial<Record<K, NumberPlace>>>,
): Partial<Record<K, number>> {
  const found: Record<string, number> = {}
  for (const [name, [holder, key]] of Object.entries(
    places as Readonly<Record<string, NumberPlace>>,
  )) {
    const value = (holder as Holder | undefined)?.[key]
    if (!holder || typeof value !== 'number') continue
    found[name] = value
    const sent = digitsAt(holder, key)
    if (sent !== undefined) setDigits(found, name, sent)
  }
  return found as Partial<Record<K, number>>
}

/** For copies that are made key by key. */
export function withDigitsOf<T extends object>(copy: T, from: object): T {
  const noted = (from as Holder)[digits]
  if (noted) (copy as Holder)[digits] = noted
  return copy
}

/** A copy without the noted digits of some numbers, or the same object if it had none of them. */
export function withoutDigits<T extends object>(holder: T, isGone: (key: string) => boolean): T {
  const noted = Object.entries((holder as Holder)[digits] ?? {})
  if (!noted.some(([key]) => isGone(key))) return holder
  const left = Object.fromEntries(noted.filter(([key]) => !isGone(key)))
  return Object.assign(shallow(holder), { [digits]: left }) as unknown as T
}

/** A copy to change, with the digits in it. */
export function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  const noted = (value as Holder)[digits]
  const copy = Array.isArray(value) ? value.map(copyOf) : copyOfMembers(value)
  return (noted ? Object.assign(copy, { [digits]: { ...noted } }) : copy) as T
}

const copyOfMembers = (value: object) =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each)]))

/** Written for speed: every record that is sent is scanned. */
export function holdsDigits(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if ((value as Holder)[digits] !== undefined) return true
  return Array.isArray(value) ? value.some(holdsDigits) : someMember(value as Holder)
}

function someMember(value: Holder): boolean {
  for (const key in value) if (holdsDigits(value[key])) return true
  return false
}

/** True if JSON.stringify writes every number of it as it was sent, and without an exponent or the sign of a zero. */
export function isPlainJson(value: unknown): boolean {
  if (typeof value === 'number') return isPlainNumber(value)
  if (typeof value !== 'object' || value === null) return true
  if ((value as Holder)[digits] !== undefined) return false
  if (Array.isArray(value)) return value.every(isPlainJson)
  for (const key in value) if (!isPlainJson((value as Holder)[key])) return false
  return true
}

/** JavaScript writes an exponent below a millionth and from 10^21 on. */
function isPlainNumber(value: number): boolean {
  const size = Math.abs(value)
  return size === 0 ? !Object.is(value, -0) : size >= 1e-6 && size < 1e21
}

/** The place of a number that cannot be stored, as a FHIRPath; undefined if there is none. */
export function strangeNumberIn(value: unknown, path: string): string | undefined {
  if (!holdsStrange(value)) return undefined
  if (typeof value === 'number') return path
  const [key, each] = Object.entries(value as object).find((one) => holdsStrange(one[1])) ?? []
  return strangeNumberIn(each, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`)
}

function holdsStrange(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(holdsStrange)
  for (const key in value) if (holdsStrange((value as Holder)[key])) return true
  return false
}

type Raw = (text: string) => unknown
const raw = (JSON as unknown as { rawJSON?: Raw }).rawJSON

/** As JSON.stringify, with the digits as they were sent. */
export function exactJson(value: unknown): string {
  return JSON.stringify(raw && holdsDigits(value) ? withLiterals(value, raw) : value)
}

function withLiterals(value: unknown, literal: Raw): unknown {
  if (typeof value !== 'object' || value === null) return value
  return rewritten(value, (key, each) => {
    const sent = digitsAt(value, key)
    return sent === undefined ? withLiterals(each, literal) : literal(sent)
  })
}

/** A copy in which each member is the result of `change`, or the same object if nothing changes. */
export function rewritten<T extends object>(
  value: T,
  change: (key: string, each: unknown) => unknown,
): T {
  let copy: Holder | undefined
  for (const key of Object.keys(value)) {
    const each = (value as Holder)[key]
    const changed = key === '__proto__' ? each : change(key, each)
    if (changed === each) continue
    copy ??= shallow(value)
    copy[key] = changed
  }
  return (copy ?? value) as T
}

/** With the digits in it. */
export const shallow = (value: object): Record<string, unknown> =>
  (Array.isArray(value) ? withDigitsOf([...value], value) : { ...value }) as Record<string, unknown>
