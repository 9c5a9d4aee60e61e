import { readExactly } from '#domain/decimal/digits.ts'
import { FhirProblem } from '#server/problem.ts'
import { yieldToEventLoop } from '#server/yield-to-event-loop.ts'
import { exceedsJsonDepthLimit } from './json-depth-limit.ts'
import {
  JsonFault,
  JsonTooDeep,
  JsonTooLong,
  JsonTooWide,
  JsonWalk,
  type List,
  longestData,
  longestText,
} from './json-walk.ts'

/** A text up to this length is read at once: that takes a few milliseconds. */
const readAtOnce = 100_000
/** More than any real record holds: a Group of 15,000 people has fewer. */
const mostValues = 50_000
const mostEntries = 50_000
/** Tokens between two checks of the clock. */
const aFew = 2_000

/** 400 with the place where the text stops being JSON; the text there is not repeated. For short texts. */
export function parseJson(text: string): unknown {
  if (exceedsJsonDepthLimit(text)) throw tooDeep()
  try {
    return readExactly(text)
  } catch {
    const walk = new JsonWalk(text)
    while (goOn(walk, aFew));
    throw notJson('it is incomplete')
  }
}

/**
 * As `parseJson`, for texts of any length: checked, and then read, in parts between which other calls are answered.
 * 413 for a record, or an entry of a bundle, that holds more values than any real one.
 */
export async function readJson(text: string): Promise<unknown> {
  if (text.length <= readAtOnce) return parseJson(text)
  const breathe = yieldToEventLoop()
  const walk = new JsonWalk(text)
  while (goOn(walk, aFew)) await breathe()
  const lists = walk.lists.filter(({ key }) => key !== '"__proto__"')
  mustBeBearable(walk.values, lists)
  const around = readExactly(withoutElements(text, lists)) as Record<string, unknown> | null
  if (around?.['resourceType'] !== 'Bundle' && walk.values > mostValues) throw tooManyValues()
  for (const { key, elements } of lists) {
    const name = JSON.parse(key) as string
    const read: unknown[] = []
    for (const { from, to } of elements) {
      read.push(readExactly(text.slice(from, to)))
      await breathe()
    }
    // if a name occurs twice, the last one counts
    if (around && Array.isArray(around[name])) around[name] = read
  }
  return around
}

/** Reads some more tokens; false at the end. */
function goOn(walk: JsonWalk, tokens: number): boolean {
  try {
    for (let token = 0; token < tokens; token++) if (!walk.step()) return false
    return true
  } catch (error) {
    throw problemOf(error)
  }
}

function problemOf(error: unknown): unknown {
  if (error instanceof JsonFault) return notJson(error.place)
  if (error instanceof JsonTooDeep) return tooDeep()
  if (error instanceof JsonTooWide) return tooManyValues()
  return error instanceof JsonTooLong ? tooLong() : error
}

const tooDeep = () => new FhirProblem(400, 'structure', 'The body is nested too deeply')
const notJson = (place: string) =>
  new FhirProblem(400, 'structure', `The body is not JSON: ${place}`)
const tooManyValues = () =>
  new FhirProblem(413, 'too-long', `A record may have at most ${mostValues} values`)

const tooLong = () =>
  new FhirProblem(
    413,
    'too-long',
    `A text may have at most ${longestText} characters, a file in "data" ${longestData}`,
  )

function mustBeBearable(values: number, lists: readonly List[]): void {
  let rest = values
  let entries = 0
  for (const { elements } of lists) {
    for (const element of elements) {
      if (element.values > mostValues) throw tooManyValues()
      rest -= element.values
    }
    entries += elements.length
  }
  if (rest > mostValues) throw tooManyValues()
  if (entries > mostEntries)
    throw new FhirProblem(
      413,
      'too-long',
      `A Bundle may have at most ${mostEntries} entries: send it in parts`,
    )
}

function withoutElements(text: string, lists: readonly List[]): string {
  let at = 0
  const parts: string[] = []
  for (const { from, to } of lists) {
    parts.push(text.slice(at, from), '[]')
    at = to
  }
  return [...parts, text.slice(at)].join('')
}
