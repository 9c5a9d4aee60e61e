/**
 * 53 bits of a string (cyrb53, public domain, by bryc): small enough for a JavaScript number and for `int8[]`.
 * Two different tokens of one search parameter collide once in 10^15 pairs; scopes never depend on it.
 */
export function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

const keys = new Map<string, number>()
const presences = new Map<string, number>()

/** The 31-bit key of one search parameter of one type, as the index tables hold it. */
export function parameterKey(type: string, code: string): number {
  const name = `${type}.${code}`
  const cached = keys.get(name)
  if (cached !== undefined) return cached
  const key = hash53(name) % 2147483648
  keys.set(name, key)
  return key
}

/** The token of a coded value; an absent system is '' (a value without one), `undefined` leaves it open. */
export function tokenHash(
  code: string,
  system: string | undefined,
  value: string | undefined,
): number {
  if (system === undefined) return hash53(`${code}\u0001${value ?? ''}`)
  if (value === undefined) return hash53(`${code}\u0002${system}`)
  return hash53(`${code}\u0003${system}\u0003${value}`)
}

/** The token that means: this record has a value for the parameter. */
export function presenceHash(code: string): number {
  const cached = presences.get(code)
  if (cached !== undefined) return cached
  const hash = hash53(`${code}\u0004`)
  presences.set(code, hash)
  return hash
}
