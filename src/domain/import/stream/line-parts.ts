import { lineChunks } from '#domain/import/chunks-of-lines.ts'
import type { ImportChunk } from '#domain/import/import-chunk.ts'
import { type ImportRank, importRank } from '#domain/import/import-order.ts'
import type { StreamedFile, WatchedReading } from './streamed-file.ts'
import { linesOfFile, type TextLine } from './text-pieces.ts'

type LineParts = Readonly<{
  chunks: (watched?: WatchedReading) => AsyncIterable<ImportChunk>
  isCut: boolean
}>

/**
 * NDJSON in requests: what others refer to first. A file whose lines are in that order already is read once, any other once
 * for each of the three kinds. Undefined if it is not NDJSON.
 */
export async function lineParts(
  file: StreamedFile,
  watched: WatchedReading,
): Promise<LineParts | undefined> {
  const survey: Survey = { lines: 0, ranks: new Set(), isInOrder: true, isCut: false, latest: 0 }
  for await (const line of linesOfFile(file, watched)) {
    // NDJSON: the first line is a complete record, and more follow; a one-line bundle is not
    if (survey.lines === 0 && (line.isOpen || !isJson(line.text))) return undefined
    see(line, survey)
  }
  return { chunks: (again = {}) => chunksIn(file, survey, again), isCut: survey.isCut }
}

type Survey = {
  lines: number
  ranks: Set<ImportRank>
  isInOrder: boolean
  isCut: boolean
  latest: ImportRank
}

function see({ text, isOpen }: TextLine, survey: Survey): void {
  const rank = importRank(text)
  survey.lines += 1
  survey.ranks.add(rank)
  survey.isInOrder &&= rank >= survey.latest
  survey.latest = rank
  survey.isCut = isOpen && !isJson(text)
}

async function* chunksIn(
  file: StreamedFile,
  { lines, ranks, isInOrder }: Survey,
  watched: WatchedReading,
): AsyncGenerator<ImportChunk> {
  const chunks = lineChunks(lines)
  const readings = isInOrder ? [undefined] : [...ranks].toSorted((a, b) => a - b)
  for (const [at, only] of readings.entries()) {
    const part = { at, of: readings.length, size: file.size }
    let row = 0
    for await (const { text } of linesOfFile(file, partOf(watched, part))) {
      row += 1
      const rank = importRank(text)
      if (only === undefined || only === rank) yield* chunks.push({ line: text, row, rank })
    }
  }
  yield* chunks.end()
}

type Part = Readonly<{ at: number; of: number; size: number }>

/** Of several readings each counts as a part of the file. */
function partOf(watched: WatchedReading, { at, of, size }: Part): WatchedReading {
  const { onBytes } = watched
  return { ...watched, onBytes: onBytes && ((read) => onBytes((at * size + read) / of)) }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
