import type { ImportChunk } from './import-chunk.ts'
import { type TextNumbers, textHash, textNumbers } from './stream/text-numbers.ts'

/** A line of NDJSON, where it is in its file, and in which order its kind is imported: see `importRank`. */
export type ImportLine = Readonly<{ line: string; row: number; rank: 0 | 1 | 2 }>

const linesPerChunk = 500

/**
 * The lines in requests of 500. What belongs to nobody, and people, in their order; what is about people after that in
 * two lanes: all about one person in one of them, so that two requests can be sent at once. Lines that do not name
 * exactly one person stay in their order, as do those around them. A small file is one request.
 */
export function lineChunks(lines: number) {
  const isSmall = lines <= linesPerChunk
  const dealt: Dealt = {
    ...{ chunks: [], lanes: [[], []], counts: [0, 0] },
    ...{ laneOf: textNumbers(), ownerOf: textNumbers() },
  }
  let part: ImportLine[] = []
  let isInLanes = false
  function endPart(): void {
    if (isInLanes) deal(part, dealt)
    else if (part.length > 0) dealt.chunks.push(chunkOf(part))
    part = []
  }
  return {
    push(line: ImportLine): readonly ImportChunk[] {
      if (line.rank === 2 && !isInLanes && !isSmall) {
        endPart()
        isInLanes = true
      }
      part.push(line)
      if (part.length === linesPerChunk) endPart()
      return dealt.chunks.splice(0)
    },
    end(): readonly ImportChunk[] {
      endPart()
      flush(dealt)
      return dealt.chunks
    },
  }
}

type Dealt = Readonly<{
  chunks: ImportChunk[]
  /** lines that wait until their lane has a whole chunk */
  lanes: readonly [ImportLine[], ImportLine[]]
  laneOf: TextNumbers
  /** whose record has this id: a file that gives one id to records of two people is not decided in two lanes */
  ownerOf: TextNumbers
  /** lines of each lane so far */
  counts: [number, number]
}>

function deal(part: readonly ImportLine[], dealt: Dealt): void {
  if (part.length === 0) return
  const people = part.map(({ line }) => personNamed(line, dealt))
  if (people.some((person) => person === undefined)) {
    flush(dealt)
    dealt.chunks.push(chunkOf(part))
    return
  }
  for (const [at, line] of part.entries()) add(line, people[at] ?? '', dealt)
}

function add(line: ImportLine, person: string, { chunks, lanes, laneOf, counts }: Dealt): void {
  const lane = (laneOf.get(person) ?? (counts[1] < counts[0] ? 1 : 0)) as 0 | 1
  laneOf.set(person, lane)
  counts[lane] += 1
  lanes[lane].push(line)
  if (lanes[lane].length === linesPerChunk) chunks.push(chunkOf(lanes[lane].splice(0), lane))
}

/** Before something that is sent alone. */
function flush({ chunks, lanes }: Dealt): void {
  for (const lane of [0, 1] as const)
    if (lanes[lane].length > 0) chunks.push(chunkOf(lanes[lane].splice(0), lane))
}

const references = /"reference"\s*:\s*"([^"]*)"/g
const patient = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/
/** What the service looks up: only the database knows whose record it is, and it may stand earlier in the file. */
const lookedUp = /"reference"\s*:\s*"(?:urn:|[^"]*\?)/

/**
 * The one person whom a line refers to; undefined for none, for several, for somebody who has to be looked up, and for
 * an id that another person’s record has.
 */
function personNamed(line: string, { ownerOf }: Dealt): string | undefined {
  if (lookedUp.test(line)) return undefined
  const [person, ...others] = peopleReferredTo(line)
  const id = person === undefined || others.length > 0 ? undefined : ownId(line)
  if (person === undefined || id === undefined) return undefined
  const number = textHash(person)
  const owner = ownerOf.get(id) ?? number
  ownerOf.set(id, owner)
  return owner === number ? person : undefined
}

type Own = Readonly<{ id?: unknown; subject?: unknown; patient?: unknown }>

/** The id of the record itself, not of a part of it; undefined if nobody can say whom it is about without looking. */
function ownId(line: string): string | undefined {
  const { id, subject, patient } = jsonOf(line)
  const about = subject ?? patient
  const isNamed = about === undefined || /"reference"/.test(JSON.stringify(about))
  return typeof id === 'string' && isNamed ? id : undefined
}

function jsonOf(line: string): Own {
  try {
    const json: unknown = JSON.parse(line)
    return typeof json === 'object' && json !== null ? json : {}
  } catch {
    return {}
  }
}

function peopleReferredTo(line: string): ReadonlySet<string> {
  const people = new Set<string>()
  for (const [, reference = ''] of line.matchAll(references)) {
    const person = patient.exec(reference)?.[1]
    if (person !== undefined) people.add(person)
  }
  return people
}

const chunkOf = (lines: readonly ImportLine[], lane?: 0 | 1): ImportChunk => ({
  body: lines.map(({ line }) => line).join('\n'),
  contentType: 'application/fhir+ndjson',
  records: lines.length,
  rows: lines.map(({ row }) => row),
  ...(lane === undefined ? {} : { lane }),
})
