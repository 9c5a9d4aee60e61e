/** A JSON text (RFC 8259) is read up to the first invalid character. */
export class JsonFault extends Error {
  readonly place: string
  constructor(place: string) {
    super(`This is not JSON: ${place}`)
    this.place = place
  }
}

/** Lists and objects are nested more deeply than is allowed here. */
export class JsonTooDeep extends Error {}

/** One object has more members than any in FHIR. */
export class JsonTooWide extends Error {}

/** One text is longer than FHIR allows, or a file inside a record larger than it may be here. */
export class JsonTooLong extends Error {}

/** A list directly in the outermost object, such as `Bundle.entry`: its places in the text. */
export type List = Readonly<{
  key: string
  from: number
  to: number
  elements: readonly Element[]
}>

/** Where it begins and ends, and how many values it holds. */
type Element = Readonly<{ from: number; to: number; values: number }>

/** Deeper than any real record; reading, checking and storing recurse once for each level. */
export const deepestJson = 200
const mostMembers = 1_000
/** FHIR R4: "strings SHALL NOT exceed 1MB (1024*1024 characters) in size". */
export const longestText = 1_048_576
/** Characters of base64 in a member "data" (Binary, Attachment): 12 MB of a file. */
export const longestData = 16_000_000
/** Nobody writes so much white space between two tokens. */
const longestBlank = 100_000

/** As long as a text may be: a longer one is not read to its end. */
const plain = /[ !#-[\]-\uffff]{0,1048577}/y
const escaping = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const blank = /[ \t\r\n]{0,100001}/y

const inList = 1
const inObject = 2
type State = 'value' | 'first-value' | 'key' | 'first-key' | 'after' | 'end'

/**
 * Walks through a JSON text token by token and stores only positions: its caller decides when to continue, so that a
 * long text blocks nobody. `step` throws one of the errors above.
 */
export class JsonWalk {
  /** values met so far, keys not counted */
  values = 0
  readonly lists: List[] = []
  readonly #text: string
  readonly #kinds = new Uint8Array(deepestJson + 1)
  readonly #members = new Uint16Array(deepestJson + 1)
  #at = 0
  #depth = 0
  #state: State = 'value'
  #line = 1
  #lineStart = 0
  #key = ''
  #isData = false
  #list: { key: string; from: number; elements: Element[] } | undefined
  #element = { from: 0, values: 0 }

  constructor(text: string) {
    this.#text = text
  }

  /** Reads one more token; false when the text is read to its end. */
  step(): boolean {
    this.#skipBlank()
    const sign = this.#text[this.#at]
    switch (this.#state) {
      case 'first-value':
        if (sign === ']') this.#close()
        else this.#value(sign)
        return true
      case 'value':
        this.#value(sign)
        return true
      case 'first-key':
        if (sign === '}') this.#close()
        else this.#member(sign)
        return true
      case 'key':
        this.#member(sign)
        return true
      case 'after':
        this.#afterValue(sign)
        return true
      default:
        if (this.#at < this.#text.length) throw this.#fault(this.#at)
        return false
    }
  }

  #skipBlank(): void {
    const end = this.#after(blank, this.#at) ?? this.#at
    if (end - this.#at > longestBlank) throw this.#fault(this.#at)
    for (let at = this.#at; at < end; at++) {
      if (this.#text.charCodeAt(at) !== 10) continue
      this.#line += 1
      this.#lineStart = at + 1
    }
    this.#at = end
  }

  #value(sign: string | undefined): void {
    this.values += 1
    if (this.#isAtElement()) this.#element = { from: this.#at, values: this.values }
    if (sign === '{') this.#open(inObject)
    else if (sign === '[') this.#open(inList)
    else {
      this.#at =
        sign === '"' ? this.#string(this.#isData ? longestData : longestText) : this.#literal()
      this.#valueEnded()
    }
  }

  #literal(): number {
    const end = this.#after(literal, this.#at)
    if (end === undefined) throw this.#fault(this.#at)
    return end
  }

  #string(longest: number): number {
    for (let at = this.#at + 1; ; ) {
      const end = this.#after(plain, at) ?? at
      if (end - this.#at - 1 > longest) throw new JsonTooLong()
      if (this.#text[end] === '"') return end + 1
      const more = this.#after(escaping, end) ?? end
      if (more === at) throw this.#fault(this.#at)
      at = more
    }
  }

  #member(sign: string | undefined): void {
    if (sign !== '"') throw this.#fault(this.#at)
    this.#members[this.#depth] = (this.#members[this.#depth] ?? 0) + 1
    if ((this.#members[this.#depth] ?? 0) > mostMembers) throw new JsonTooWide()
    const end = this.#string(longestText)
    this.#isData = this.#text.slice(this.#at, end) === '"data"'
    if (this.#depth === 1) this.#key = this.#text.slice(this.#at, end)
    this.#at = end
    this.#skipBlank()
    if (this.#text[this.#at] !== ':') throw this.#fault(this.#at)
    this.#at += 1
    this.#state = 'value'
  }

  #open(kind: number): void {
    this.#isData = false
    if (this.#depth === deepestJson) throw new JsonTooDeep()
    if (this.#depth === 1 && kind === inList && this.#kinds[1] === inObject)
      this.#list = { key: this.#key, from: this.#at, elements: [] }
    this.#depth += 1
    this.#kinds[this.#depth] = kind
    this.#members[this.#depth] = 0
    this.#at += 1
    this.#state = kind === inList ? 'first-value' : 'first-key'
  }

  #close(): void {
    this.#at += 1
    this.#depth -= 1
    if (this.#depth === 1 && this.#list) {
      this.lists.push({ ...this.#list, to: this.#at })
      this.#list = undefined
    }
    this.#valueEnded()
  }

  #valueEnded(): void {
    const { from, values } = this.#element
    if (this.#isAtElement())
      this.#list?.elements.push({ from, to: this.#at, values: this.values - values + 1 })
    this.#state = this.#depth === 0 ? 'end' : 'after'
  }

  #isAtElement(): boolean {
    return this.#depth === 2 && this.#list !== undefined
  }

  #afterValue(sign: string | undefined): void {
    const isList = this.#kinds[this.#depth] === inList
    if (sign === ',') {
      this.#at += 1
      this.#state = isList ? 'value' : 'key'
    } else if (sign === (isList ? ']' : '}')) this.#close()
    else throw this.#fault(this.#at)
  }

  #after(pattern: RegExp, at: number): number | undefined {
    pattern.lastIndex = at
    return pattern.test(this.#text) ? pattern.lastIndex : undefined
  }

  #fault(at: number): JsonFault {
    return new JsonFault(`line ${this.#line}, column ${at - this.#lineStart + 1}`)
  }
}
