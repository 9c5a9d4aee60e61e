import { createReadStream, statSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { OperationOutcome } from '@medplum/fhirtypes'
import type { GenericSchema } from 'valibot'
import { checked, outcomeShape, parametersShape } from '#domain/fhir/checked-json.ts'
import type { CsvFault } from '#domain/import/csv/csv-fault.ts'
import { chunkSource, type ImportChunk } from '#domain/import/import-chunk.ts'
import { inImportOrder } from '#domain/import/import-order.ts'
import { inLanes } from '#domain/import/in-lanes.ts'
import { leaveOut } from '#domain/import/leave-out.ts'
import {
  type ImportParts,
  importPartsOf,
  type ListReading,
  type UnreadableFile,
} from '#domain/import/parts.ts'
import { ReadingStopped, type StreamedFile } from '#domain/import/stream/streamed-file.ts'
import {
  type ImportTally,
  type ImportTotals,
  mostKept,
  nothingYet,
  tallyOf,
  tallyOfRows,
  together,
} from '#domain/import/tally.ts'
import { databaseAwayMessage } from '#server/hosts/node/database/database-messages.ts'
import { type RefusedFile, refusedFile } from './refused-file.ts'

type Options = Readonly<{
  /** makes one request to `$import` */
  send: (chunk: ImportChunk) => Promise<Response>
  /** `YYYY-MM-DD` */
  today: string
  progress: (line: string) => void
  /** aborting ends it before its next requests: those under way are finished */
  stop?: AbortSignal
}>

export type ImportReport = Readonly<{
  tally: ImportTally
  /** files that could not be imported, or not completely, with the reason */
  problems: readonly string[]
  /** lines to report: columns that were ignored */
  notes: readonly string[]
  /** why it ended before everything was tried */
  ended?: string
}>

type Run = {
  tally: ImportTally
  problems: string[]
  notes: string[]
  /** ids of people who are somebody else here: what later requests say about them is refused, too */
  others: Set<string>
  ended?: string
}

/** Imports files in the same way as the page, those that others refer to first. A bad file does not stop the others. */
export async function importFiles(
  files: readonly string[],
  options: Options,
): Promise<ImportReport> {
  const run: Run = { tally: nothingYet, problems: [], notes: [], others: new Set() }
  for (const file of await inImportOrder(files, onDisk)) {
    if (run.ended) break
    const problem = await bringIn(run, file, options).catch((cause: unknown) =>
      cause instanceof Error ? cause.message : 'it cannot be read',
    )
    if (problem) run.problems.push(`${file}: ${problem}`)
  }
  return run
}

/** Returns what was wrong with the file as a whole. */
async function bringIn(run: Run, file: string, options: Options): Promise<string | undefined> {
  const source = onDisk(file)
  const onBytes = byTenths(source.size, (read) =>
    options.progress(`looking at ${file.split('/').at(-1)}${bytesOf(read, source.size)}`),
  )
  const parts = await importPartsOf(source, options.today, { stop: options.stop, onBytes }).catch(
    (cause: unknown) => {
      if (!(cause instanceof ReadingStopped)) throw cause
      run.ended ??= wasStopped(file)
    },
  )
  if (!parts) return undefined
  if ('why' in parts) return unreadableFileMessage(parts)
  if (parts.unreadColumns.length > 0)
    run.notes.push(`${file}: these columns were ignored: ${parts.unreadColumns.join(', ')}`)
  if (parts.list) run.notes.push(...readingNotes(parts.list).map((note) => `${file}: ${note}`))
  return await sendAll(run, { file, size: source.size }, parts, options)
}

const wasStopped = (file: string) => `in ${file}: it was stopped`

function onDisk(path: string): StreamedFile {
  const { size } = statSync(path)
  const stream = () => Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>
  return { size, stream }
}

type Answer = Readonly<{ tally: ImportTally; problem?: string; ended?: string }>
type Sent = Omit<Answer, 'tally'> & Readonly<{ tallies: readonly ImportTally[]; records: number }>
type Named = Readonly<{ file: string; size: number }>

const isLast = ({ problem, ended }: Sent) => problem !== undefined || ended !== undefined

/** Returns what was wrong with a request as a whole; notes in the run if no further request should follow. */
async function sendAll(
  run: Run,
  { file, size }: Named,
  parts: ImportParts,
  options: Options,
): Promise<string | undefined> {
  const { others } = run
  let problem: string | undefined
  let [taken, bytes] = [0, 0]
  const refused = refusedFile(file, parts.list?.survey.headings, reasonOf)
  const onBytes = (read: number) => {
    bytes = read
  }
  const isAll = await inLanes<Sent>(parts.chunks({ onBytes }), {
    isStopped: () => options.stop?.aborted ?? false,
    async send(whole) {
      const at = { file, before: 0 }
      const { chunk, tally } = leaveOut(whole, others, at)
      const rows = tallyOfRows(whole.refused ?? [], file)
      const sent = chunk && whole.records > 0 ? await sendOne(chunk, at, options) : nothingSent
      for (const each of sent.tally.others) others.add(each)
      return { ...sent, records: whole.records, tallies: [rows, tally, sent.tally] }
    },
    take(sent) {
      for (const tally of sent.tallies) {
        run.tally = together(run.tally, tally)
        refused.add(tally.refusals)
      }
      problem ??= sent.problem
      if (sent.ended) run.ended ??= sent.ended
      if (isLast(sent)) return
      taken += sent.records
      options.progress(progressLine(run, file) + bytesOf(bytes, size))
    },
    isLast,
  }).catch((cause: unknown) => {
    problem = `${cause instanceof Error ? cause.message : 'it cannot be read'}; ${soFar(taken)}`
    return true
  })
  if (refused.count() > 0) run.notes.push(refusedNote(file, refused))
  if (!isAll && !problem) run.ended ??= wasStopped(file)
  if (parts.isCut)
    run.notes.push(`${file}: it ends in the middle of a row: it may have been cut; ${soFar(taken)}`)
  return problem
}

const nothingSent: Answer = { tally: nothingYet }

const refusedNote = (file: string, { path, count, fault }: RefusedFile) =>
  fault()
    ? `${file}: its refused records could not be written to ${path}: ${fault()}`
    : `${file}: all ${inEnglish.format(count())} refused records, with the reasons, are in ${path}`

const soFar = (records: number) =>
  `${records} records of it were imported, and importing the whole file again adds the rest`

/** What is smaller is read in a moment. */
const largeFile = 1_000_000

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1)

const bytesOf = (read: number, size: number): string =>
  size < largeFile ? '' : ` · ${megabytes(read)} of ${megabytes(size)} MB`

/** Each time another tenth of a large file was read. */
function byTenths(size: number, say: (read: number) => void): (read: number) => void {
  let said = 0
  return (read) => {
    const tenth = Math.floor((10 * read) / size)
    if (size < largeFile || tenth === said) return
    said = tenth
    say(read)
  }
}

function readingNotes({ encoding, survey }: ListReading): readonly string[] {
  const { twoWays } = survey
  return [
    ...(encoding === 'utf-8' ? [] : [`it was read as ${encoding}`]),
    ...(twoWays > 0
      ? [`rows with a date that could be read two ways, read with the day first: ${twoWays}`]
      : []),
  ]
}

type At = Readonly<{ file: string; before: number }>

async function sendOne(chunk: ImportChunk, at: At, options: Options): Promise<Answer> {
  const response = await options.send(chunk)
  if (response.ok)
    return { tally: tallyOf(await answered(response, parametersShape), chunkSource(chunk, at)) }
  const why = wordsOf(await answered(response, outcomeShape))
  if (!isOver(response)) return { tally: nothingYet, problem: why }
  const ended = `in ${at.file}: ${response.status === 503 ? databaseAwayMessage : why}`
  return { tally: nothingYet, ended }
}

/** The database is unavailable or full: everything else would fail in the same way. */
const isOver = ({ status }: Response): boolean => status === 503 || status === 507

async function answered<S extends GenericSchema>(response: Response, shape: S) {
  const answer = checked(shape, await response.json())
  if (answer === undefined) throw new Error(`The answer (${response.status}) cannot be read`)
  return answer
}

function wordsOf(outcome: OperationOutcome): string {
  return outcome.issue.map((issue) => issue.details?.text ?? issue.code).join('; ')
}

function progressLine({ tally, problems }: Run, file: string): string {
  const all = tally.counts.reduce((sum, each) => sum + totalOf(each), 0)
  const refused = tally.totals.refusals + problems.length
  return `${all} records · ${refused} refused · ${file.split('/').at(-1)}`
}

type Counts = Omit<ImportTally['counts'][number], 'type'>

const totalOf = ({ created, updated, unchanged, keptOurs, refused }: Counts) =>
  created + updated + unchanged + keptOurs + refused

/** What to print at the end: counts per type and in all, then everything that was refused, each with its reason. */
export function reportLines({ tally, problems, notes, ended }: ImportReport): readonly string[] {
  const sum = (name: keyof Counts) => tally.counts.reduce((all, each) => all + each[name], 0)
  const total: Counts = {
    created: sum('created'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    keptOurs: sum('keptOurs'),
    refused: sum('refused'),
  }
  return [
    ...tally.counts.map((each) => countLine(each.type, each)),
    countLine('all', total),
    ...notes,
    ...tally.notes.map((each) => `imported, with a note ${nameOf(each)}: ${each.note}`),
    ...tally.keptOurs.map((each) => `kept as corrected here  ${nameOf(each)}`),
    ...tally.differences.map(differenceLine),
    ...tally.duplicates.map(
      (each) =>
        `possible duplicate  ${nameOf(each)}: Patient/${each.other} has the same NHS number`,
    ),
    ...tally.alike.map(
      (each) =>
        `looks alike  ${nameOf(each)}: Patient/${each.other} may be the same person; decide it under “Possible duplicates”`,
    ),
    ...tally.refusals.map((each) => `refused  ${nameOf(each)}: ${reasonOf(each)}`),
    ...notShown(tally),
    ...problems.map((each) => `refused  ${each}`),
    ...(ended
      ? [
          `NOT EVERYTHING WAS IMPORTED, ${ended}`,
          'What is counted above was imported. Run the same command again: records already imported stay as they are, and the rest are added.',
        ]
      : []),
  ]
}

const kinds: readonly (readonly [keyof ImportTotals, string])[] = [
  ...([
    ['notes', 'notes'],
    ['keptOurs', 'records kept as corrected here'],
    ['differences', 'differences'],
    ['duplicates', 'possible duplicates'],
    ['alike', 'records that look alike'],
    ['refusals', 'refused records'],
  ] as const),
]

const inEnglish = new Intl.NumberFormat('en-GB')

/** Of which kinds there are more than the lines above name. */
const notShown = ({ totals }: ImportTally): readonly string[] =>
  kinds
    .filter(([kind]) => totals[kind] > mostKept)
    .map(
      ([kind, words]) =>
        `Above are the first ${inEnglish.format(mostKept)} of ${inEnglish.format(totals[kind])} ${words}.`,
    )

function differenceLine(each: ImportTally['differences'][number]): string {
  const { file, place, id, what, here, brought } = each
  return `differs  ${file}, row ${place}, Patient/${id}: ${what} is "${here}" here and "${brought}" in the list; nothing was changed`
}

function countLine(type: string, counts: Counts): string {
  const { created, updated, unchanged, keptOurs, refused } = counts
  const correctedHere = keptOurs > 0 ? `, kept as corrected here ${keptOurs}` : ''
  return `${type.padEnd(24)} created ${created}, updated ${updated}, unchanged ${unchanged}${correctedHere}, refused ${refused}`
}

function nameOf(each: ImportTally['keptOurs'][number] & { faults?: unknown }): string {
  if (each.faults) return `${each.file}, row ${each.place}`
  return `${each.file}, record ${each.place}, ${each.type}/${each.id || '(no id)'}`
}

function reasonOf({ reason, faults }: ImportTally['refusals'][number]): string {
  return faults ? faults.map(importRowMessage).join('; ') : reason
}

/** True if everything was imported. */
export function isAllIn({ tally, problems, ended }: ImportReport): boolean {
  return tally.totals.refusals === 0 && problems.length === 0 && !ended
}

/** The command line's text for a refused row; the page has its own text, in the reader's language. */
function importRowMessage({ code, value }: CsvFault): string {
  const words: Readonly<Record<CsvFault['code'], string>> = {
    'no-name': 'there is no name',
    'too-many-cells': `"${value}" is beyond the last heading: the cells in this row may have moved`,
    'date-unread': `"${value}" cannot be read as a date: write 1934-01-04 or 04/01/1934`,
    'date-impossible': `"${value}" is not a possible day, month and year`,
    'date-two-ways': `"${value}" could be two different dates, because the list has dates with the month first`,
    'nhs-number-wrong': `"${value}" is not an NHS number: it needs ten digits`,
    'gender-unknown': `"${value}" is not male, female, other or unknown`,
    'email-wrong': `"${value}" is not an email address`,
    twice: `the same person as in row ${value}`,
    'quote-open': 'a quotation mark is not closed, or there is text after a closing one',
    'no-value': `"${value}" is what a spreadsheet or database writes for an empty or wrong value`,
    cut: 'the file ends in the middle of this row: it may have been cut',
    'left-before': `"${value}" is before the date on which they were registered`,
    'too-long': `"${value}" is too long for a cell about a person: it may be several rows in one`,
    shortened: `"${value}" was shortened by a spreadsheet: its last digits are missing`,
  }
  return words[code]
}

function unreadableFileMessage(unreadable: UnreadableFile): string {
  const words = {
    empty: 'the file is empty',
    'not-known': 'not FHIR JSON, and not a list with a heading such as "Family name"',
    'not-utf8': 'the text encoding cannot be read: save it as CSV UTF-8',
    'cut-in-character': 'it ends in the middle of a character: it was cut. Nothing was imported',
  }
  return words[unreadable.why]
}
