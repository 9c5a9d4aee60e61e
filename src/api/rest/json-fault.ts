/** A JSON text (RFC 8259) is read up to the first character that cannot stand there. */
class Fault extends Error {
  readonly at: number
  constructor(at: number) {
    super('fault')
    this.at = at
  }
}

const literal =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const text = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const blank = /[ \t\r\n]*/y

/** Where a text stops being JSON, as "line 3, column 7"; engines do not all say it. Undefined for JSON. */
export function jsonFault(json: string): string | undefined {
  try {
    const end = afterBlank(json, value(json, 0))
    return end < json.length ? placeOf(json, end) : undefined
  } catch (error) {
    if (error instanceof Fault) return placeOf(json, error.at)
    throw error
  }
}

function placeOf(json: string, at: number): string {
  const before = json.slice(0, at).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

function after(pattern: RegExp, json: string, at: number): number {
  pattern.lastIndex = at
  if (!pattern.test(json)) throw new Fault(at)
  return pattern.lastIndex
}

const afterBlank = (json: string, at: number) => after(blank, json, at)

function value(json: string, from: number): number {
  const at = afterBlank(json, from)
  if (json[at] === '{') return members(json, { at, end: '}', one: member })
  if (json[at] === '[') return members(json, { at, end: ']', one: value })
  return after(literal, json, at)
}

function member(json: string, from: number): number {
  const colon = afterBlank(json, after(text, json, afterBlank(json, from)))
  if (json[colon] !== ':') throw new Fault(colon)
  return value(json, colon + 1)
}

type Several = Readonly<{
  at: number
  end: string
  one: (json: string, from: number) => number
}>

function members(json: string, { at, end, one }: Several): number {
  const first = afterBlank(json, at + 1)
  if (json[first] === end) return first + 1
  for (let from = at + 1; ; ) {
    const next = afterBlank(json, one(json, from))
    if (json[next] === end) return next + 1
    if (json[next] !== ',') throw new Fault(next)
    from = next + 1
  }
}
