import type { ImportChunk } from './import-chunk.ts'

/** A line of NDJSON, where it is in its file, and in which order its kind is imported: see `importRank`. */
export type ImportLine = Readonly<{ line: string; row: number; rank: 0 | 1 | 2 }>

const linesPerChunk = 500

/**
 * The lines in requests of 500. What belongs to nobody, and people, in their order; what is about people after that in
 * two lanes: all about one person in one of them, so that two requests can be sent at once. Lines that do not name
 * exactly one person stay in their order, as do those around them.
 */
export function chunksOfLines(lines: readonly ImportLine[]): readonly ImportChunk[] {
  const foremost = lines.findIndex(({ rank }) => rank === 2)
  const start = lines.length <= linesPerChunk || foremost < 0 ? lines.length : foremost
  const dealt: Dealt = {
    chunks: [],
    lanes: [[], []],
    laneOf: new Map(),
    ownerOf: new Map(),
    counts: [0, 0],
  }
  for (const part of parts(lines.slice(0, start))) dealt.chunks.push(chunkOf(part))
  for (const part of parts(lines.slice(start))) deal(part, dealt)
  flush(dealt)
  return dealt.chunks
}

type Dealt = Readonly<{
  chunks: ImportChunk[]
  /** lines that wait until their lane has a whole chunk */
  lanes: readonly [ImportLine[], ImportLine[]]
  laneOf: Map<string, 0 | 1>
  /** whose record has this id: a file that gives one id to records of two people is not decided in two lanes */
  ownerOf: Map<string, string>
  /** lines of each lane so far */
  counts: [number, number]
}>

function deal(part: readonly ImportLine[], dealt: Dealt): void {
  const people = part.map(({ line }) => personNamed(line, dealt))
  if (people.some((person) => person === undefined)) {
    flush(dealt)
    dealt.chunks.push(chunkOf(part))
    return
  }
  for (const [at, line] of part.entries()) add(line, people[at] ?? '', dealt)
}

function add(line: ImportLine, person: string, { chunks, lanes, laneOf, counts }: Dealt): void {
  const lane = laneOf.get(person) ?? (counts[1] < counts[0] ? 1 : 0)
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
const firstId = /"id"\s*:\s*"([^"]*)"/

/** The one person whom a line refers to; undefined for none, for several, and for an id that another person’s record has. */
function personNamed(line: string, { ownerOf }: Dealt): string | undefined {
  const [person, ...others] = peopleReferredTo(line)
  const id = firstId.exec(line)?.[1]
  if (person === undefined || others.length > 0 || id === undefined) return undefined
  const owner = ownerOf.get(id) ?? person
  ownerOf.set(id, owner)
  return owner === person ? person : undefined
}

function peopleReferredTo(line: string): ReadonlySet<string> {
  const people = new Set<string>()
  for (const [, reference = ''] of line.matchAll(references)) {
    const person = patient.exec(reference)?.[1]
    if (person !== undefined) people.add(person)
  }
  return people
}

function* parts(lines: readonly ImportLine[]): Generator<readonly ImportLine[]> {
  for (let start = 0; start < lines.length; start += linesPerChunk)
    yield lines.slice(start, start + linesPerChunk)
}

const chunkOf = (lines: readonly ImportLine[], lane?: 0 | 1): ImportChunk => ({
  body: lines.map(({ line }) => line).join('\n'),
  contentType: 'application/fhir+ndjson',
  records: lines.length,
  rows: lines.map(({ row }) => row),
  ...(lane === undefined ? {} : { lane }),
})
