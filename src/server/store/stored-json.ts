import {
  addDigits,
  type DigitSource,
  digitsAt,
  exactJson,
  isPlainJson,
  mayHoldDigits,
  noteDigits,
  rewritten,
} from '#domain/decimal/digits.ts'

/**
 * jsonb keeps each digit of a number, but normalises it: 1e2 comes back as 100, and minus zero without its sign. A
 * member beside it says how such a number was sent, in the database only; its name is not an element of FHIR.
 */
const noteOf = (key: string) => `${key}~`
const isNote = /.~$/

export function storedJson(value: unknown): string {
  // of many rows, only those with such a number take longer
  if (Array.isArray(value) && value.every((each) => typeof each === 'object'))
    return `[${value.map(storedJson).join()}]`
  return isPlainJson(value) ? JSON.stringify(value) : exactJson(withNotes(value))
}

/** PostgreSQL's json or jsonb column, with the digits noted. */
export function fromStored(text: string): unknown {
  return mayHoldDigits(text) || text.includes('~":') ? JSON.parse(text, revive) : JSON.parse(text)
}

/**
 * A record as the two databases return it: PGlite as text, PostgreSQL parsed already. It was checked when it came in.
 */
export const storedRecord = <T>(content: T | string): T =>
  typeof content === 'string' ? (JSON.parse(content) as T) : content

type Plain = Record<string, unknown>

function withNotes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const inside = rewritten(value, (_key, each) => withNotes(each))
  const notes = Array.isArray(value) ? [] : notesOn(value)
  return notes.length > 0 ? { ...inside, ...Object.fromEntries(notes) } : inside
}

function notesOn(value: object): readonly (readonly [string, unknown])[] {
  const notes: [string, unknown][] = []
  for (const [key, each] of Object.entries(value)) {
    const note = noteOn(value, key, each)
    if (note !== undefined) notes.push([noteOf(key), note])
  }
  return notes
}

/** How a number was sent, or each of a list of numbers; undefined if jsonb gives it back so. */
function noteOn(holder: object, key: string, value: unknown): unknown {
  if (typeof value === 'number') return toNote(holder, key, value)
  if (!Array.isArray(value) || typeof value[0] !== 'number') return undefined
  const notes = value.map((each, at) =>
    typeof each === 'number' ? (toNote(value, String(at), each) ?? null) : null,
  )
  return notes.some((each) => each !== null) ? notes : undefined
}

function toNote(holder: object, key: string, value: number): string | undefined {
  const said = digitsAt(holder, key) ?? String(value)
  return /e/i.test(said) || /^-0(?:\.0*)?$/.test(said) ? said : undefined
}

/** The digits of a member come before its note: jsonb gives the shorter name first. */
function revive(this: object, key: string, value: unknown, from?: DigitSource): unknown {
  if (!isNote.test(key)) return noteDigits.call(this, key, value, from)
  const name = key.slice(0, -1)
  const noted = (this as Plain)[name]
  if (typeof noted === 'number' && isNoteOn(noted, value)) addDigits(this, { [name]: value })
  else if (Array.isArray(noted) && Array.isArray(value)) noteEach(noted, value)
  else return value
  return undefined
}

const isNoteOn = (noted: unknown, value: unknown): value is string =>
  typeof value === 'string' && Number(value) === noted

function noteEach(noted: readonly unknown[], notes: readonly unknown[]): void {
  const said = [...notes.entries()].flatMap(([at, note]) =>
    isNoteOn(noted[at], note) ? [[at, note] as const] : [],
  )
  addDigits(noted, Object.fromEntries(said))
}
