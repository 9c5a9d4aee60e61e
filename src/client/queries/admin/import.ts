import type { Parameters } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError, noAnswer, outcomeText } from '#client/fhir/fhir-error.ts'
import { parseJsonResponse } from '#client/fhir/parse-json-response.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { callerHeaders } from '#client/session/session.ts'
import { sessionEndedError } from '#client/session/session-ended-error.ts'
import { csvLines } from '#domain/csv/csv-file.ts'
import { outcomeShape, parametersShape } from '#domain/fhir/checked-json.ts'
import { correctedLine } from '#domain/import/csv/corrected-line.ts'
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
import { peopleIn } from '#domain/import/people-in.ts'
import {
  FileNotReadable,
  ReadingStopped,
  type WatchedReading,
} from '#domain/import/stream/streamed-file.ts'
import {
  type ImportRefusal,
  type ImportTally,
  mostKept,
  nothingYet,
  tallyOf,
  tallyOfRows,
  together,
} from '#domain/import/tally.ts'
import { UnpacksTooLarge } from '#domain/import/unpack.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import type { Person } from '#domain/person/person.ts'

/** A big chunk takes minutes, not seconds, in a database on the device. */
const patience = 10 * 60_000

/** Why a file was not imported, or not completely. */
export type FileProblem = Readonly<{ file: string }> &
  (
    | UnreadableFile
    | Readonly<{ why: 'not-unpacked' | 'unpacks-too-large' }>
    /** the service's text; the records `before` were imported */
    | Readonly<{ why: 'refused'; reason: string; before: number }>
    /** the file could not be read to its end; the records `before` were imported */
    | Readonly<{ why: 'not-read-on'; before: number }>
  )

export type ImportProgress = Readonly<{
  file: number
  files: number
  name: string
  records: number
  /** of this file: how many bytes were looked at or, after that, sent */
  step: 'looking' | 'sending'
  bytes: number
  size: number
}>

/** How a list was read: see `ListReading`. */
export type ListRead = ListReading & Readonly<{ file: string }>

/** Whose rows these are, for `$take-whole-list`: the list is read once more. */
export async function listRows({ keys }: ListReading): Promise<string> {
  const rows: string[] = []
  for await (const row of keys()) rows.push(row)
  return rows.join('\n')
}

/** A file that stops in the middle of a row or a line: how many records were imported from it. */
export type CutFile = Readonly<{ file: string; records: number }>

/** Headings of a list that were ignored, with their columns. */
export type UnreadColumns = Readonly<{ file: string; headings: readonly string[] }>

export type ImportResult = Readonly<{
  tally: ImportTally
  problems: readonly FileProblem[]
  unread: readonly UnreadColumns[]
  lists: readonly ListRead[]
  cut: readonly CutFile[]
  /** ids of the first people in these files, and of those who are somebody else here */
  people: readonly string[]
  others: ReadonlySet<string>
  /** the refused rows of each list, as a file in parts: they are not kept in memory */
  refusedRows: ReadonlyMap<string, Blob>
  records: number
  /** how many files there were, and how many were imported completely */
  files: number
  filesDone: number
  /** the rest after an early end: the files in order, and which requests of the first one are done */
  left: readonly File[]
  leftDone: readonly number[]
  /** and how many records these had */
  leftRecords: number
  /** what ended the run early */
  ended?: 'stopped' | FhirError
}>

type Run = {
  -readonly [Part in Exclude<keyof ImportResult, 'ended' | Growing>]: ImportResult[Part]
} & {
  people: Set<string>
  others: Set<string>
  refusedRows: Map<string, Blob>
  leftDone: number[]
  ended?: 'stopped' | FhirError
}
type Growing = 'people' | 'others' | 'refusedRows' | 'leftDone'

type Watch = Readonly<{
  onProgress: (progress: ImportProgress) => void
  /** why a row was refused, in the reader’s language, for the file of refused rows */
  reasonOf: (refusal: ImportRefusal) => string
  /** aborting stops before the next request; those in flight are finished, so nothing is half done */
  stop: AbortSignal
}>

/** Imports files, those that others refer to first: see `goOn`. */
export async function bringIn(files: readonly File[], watch: Watch): Promise<ImportResult> {
  const nothing = { tally: nothingYet, problems: [], unread: [], lists: [], cut: [], people: [] }
  const kept = { others: new Set<string>(), refusedRows: new Map<string, Blob>() }
  const left = await inImportOrder(files, (file) => file)
  const none = { records: 0, filesDone: 0, leftDone: [], leftRecords: 0 }
  return await goOn({ ...nothing, ...kept, ...none, files: left.length, left }, watch)
}

/**
 * Continues where a run ended, file by file, with at most two requests at once. A file that cannot be read is named and the rest goes on. If
 * the server does not answer any more, or the user may not import, the run ends and says so: what was imported stays. A
 * request whose answer was lost is repeated: records that are here already are not changed.
 */
export async function goOn(before: ImportResult, watch: Watch): Promise<ImportResult> {
  const { ended: _, ...rest } = before
  const run: Run = {
    ...rest,
    people: new Set(before.people),
    others: new Set(before.others),
    refusedRows: new Map(before.refusedRows),
    leftDone: [...before.leftDone],
  }
  while (run.left.length > 0 && !run.ended) await takeNext(run, watch)
  await refetch()
  return { ...run, people: [...run.people] }
}

async function takeNext(run: Run, watch: Watch): Promise<void> {
  const [file, ...others] = run.left
  if (!file) return
  try {
    const how = await takeFile(run, file, watch)
    if (how === 'stopped') {
      run.ended = 'stopped'
      return
    }
    if (how === 'done') run.filesDone += 1
    run.left = others
    run.leftDone = []
    run.leftRecords = 0
  } catch (error) {
    run.ended =
      error instanceof FhirError
        ? error
        : new FhirError({ kind: 'broken', status: 0, cause: error })
  }
}

async function takeFile(
  run: Run,
  file: File,
  watch: Watch,
): Promise<'done' | 'not-taken' | 'stopped'> {
  if (watch.stop.aborted) return 'stopped'
  tell(run, file, { watch, step: 'looking' })(0)
  try {
    const onBytes = tell(run, file, { watch, step: 'looking' })
    const parts = await importPartsOf(file, clockToday(), { stop: watch.stop, onBytes })
    if ('why' in parts) return notTaken(run, { file: file.name, ...parts })
    const how = await takeChunks(run, file, { parts, watch })
    if (how === 'done') noteFile(run, file, parts)
    return how
  } catch (error) {
    if (error instanceof ReadingStopped) return 'stopped'
    const why = whyNotRead(error)
    if (!why) throw error
    const before = run.leftRecords
    if (before === 0) return notTaken(run, { file: file.name, why })
    return notTaken(run, { file: file.name, why: 'not-read-on', before })
  }
}

function notTaken(run: Run, problem: FileProblem): 'not-taken' {
  run.problems = [...run.problems, problem]
  return 'not-taken'
}

function whyNotRead(error: unknown) {
  if (error instanceof UnpacksTooLarge) return 'unpacks-too-large'
  return error instanceof FileNotReadable ? 'not-unpacked' : undefined
}

type Telling = Readonly<{ watch: Watch; step: ImportProgress['step'] }>

/** Says how far it is, each time another hundredth of the file was read. */
function tell(
  run: Run,
  { name, size }: File,
  { watch, step }: Telling,
): (bytes: number, isNews?: boolean) => void {
  const { files, left } = run
  let said = -1
  return (bytes, isNews = false) => {
    const hundredth = size > 0 ? Math.floor((100 * bytes) / size) : 100
    if (hundredth === said && !isNews) return
    said = hundredth
    const file = files - left.length + 1
    watch.onProgress({ ...{ file, files, name, records: run.records }, ...{ step, bytes, size } })
  }
}

type InFile = Readonly<{ parts: ImportParts; watch: Watch }>

/** `refusal`: the service refused the request itself, and so the rest of the file. */
type Taken = Readonly<{
  tallies: readonly ImportTally[]
  people: readonly string[]
  records: number
  refusal?: string
}>

async function takeChunks(
  run: Run,
  file: File,
  { parts, watch }: InFile,
): Promise<'done' | 'not-taken' | 'stopped'> {
  const { others } = run
  const say = tell(run, file, { watch, step: 'sending' })
  let [bytes, refusal]: [number, string | undefined] = [0, undefined]
  const watched: WatchedReading = {
    onBytes(read) {
      bytes = read
      say(read)
    },
  }
  const isAll = await inLanes<Taken>(parts.chunks(watched), {
    done: new Set(run.leftDone),
    isStopped: () => watch.stop.aborted,
    async send(whole) {
      const { records } = whole
      const rows = tallyOfRows(whole.refused ?? [], file.name)
      const { chunk, tally } = leaveOut(whole, others, { file: file.name, before: 0 })
      const sent = chunk && records > 0 ? await sendChunk(chunk, file.name) : nothingSent
      for (const each of sent.tally.others) others.add(each)
      return { ...sent, records, tallies: [rows, tally, sent.tally] }
    },
    take(taken, index) {
      refusal ??= taken.refusal
      if (isRefused(taken)) return
      for (const tally of taken.tallies) {
        run.tally = together(run.tally, tally)
        keepRefused(run, { file, parts, watch }, tally.refusals)
      }
      for (const person of taken.people) if (run.people.size < mostKept) run.people.add(person)
      run.records += taken.records
      run.leftRecords += taken.records
      run.leftDone.push(index)
      say(bytes, true)
    },
    isLast: isRefused,
  })
  if (refusal !== undefined) {
    const before = run.leftRecords
    return notTaken(run, { file: file.name, why: 'refused', reason: refusal, before })
  }
  return isAll ? 'done' : 'stopped'
}

/** A blob of blobs: what is in it need not be in memory. */
function keepRefused(
  run: Run,
  { file, parts, watch }: InFile & Readonly<{ file: File }>,
  refusals: readonly ImportRefusal[],
): void {
  const width = parts.list?.survey.headings.length
  const rows = refusals.flatMap((each) => (each.cells ? [{ ...each, cells: each.cells }] : []))
  if (width === undefined || rows.length === 0) return
  const lines = rows.map((each) => correctedLine(each.cells, { width, last: watch.reasonOf(each) }))
  const before = run.refusedRows.get(file.name)
  run.refusedRows.set(file.name, new Blob([...(before ? [before] : []), csvLines(lines)]))
}

const isRefused = ({ refusal }: Pick<Taken, 'refusal'>) => refusal !== undefined

type Sent = Omit<Taken, 'records' | 'tallies'> & Readonly<{ tally: ImportTally }>

const nothingSent: Sent = { tally: nothingYet, people: [] }

async function sendChunk(chunk: ImportChunk, file: string): Promise<Sent> {
  // a task of its own: the answer before was just read and the next lines with it, and the screen gets its turn between
  await pause(0)
  try {
    const tally = tallyOf(await sendPatiently(chunk), chunkSource(chunk, { file, before: 0 }))
    return { tally, people: peopleIn(chunk) }
  } catch (error) {
    if (!(error instanceof FhirError) || error.kind !== 'refused') throw error
    return { ...nothingSent, refusal: error.message }
  }
}

/** How it was read: columns that were ignored, and whether it was cut. */
function noteFile(run: Run, { name }: File, { unreadColumns, isCut, list }: ImportParts): void {
  if (list) run.lists = [...run.lists, { file: name, ...list }]
  if (isCut) run.cut = [...run.cut, { file: name, records: run.leftRecords }]
  if (unreadColumns.length > 0)
    run.unread = [...run.unread, { file: name, headings: unreadColumns }]
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A request to a busy service (503) is repeated twice: if it did arrive, repeating it changes nothing. */
async function sendPatiently(chunk: ImportChunk): Promise<Parameters> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send(chunk)
    } catch (error) {
      if (!(error instanceof FhirError) || error.status !== 503 || attempt === 3) throw error
      await pause(attempt * 1_000)
    }
  }
}

async function send(chunk: ImportChunk): Promise<Parameters> {
  const ended = sessionEndedError()
  const response = await fetch('/fhir/$import', {
    method: 'POST',
    headers: {
      Accept: 'application/fhir+json',
      'Content-Type': chunk.contentType,
      ...callerHeaders(),
    },
    body: chunk.body,
    signal: AbortSignal.timeout(patience),
  }).catch(noAnswer)
  const answer = response.ok ? await parseJsonResponse(response, parametersShape) : undefined
  if (answer) return answer
  const outcome = response.ok ? undefined : await parseJsonResponse(response, outcomeShape)
  if (!outcome) throw new FhirError({ kind: 'unreachable', status: response.status })
  if (response.status === 401) ended()
  throw new FhirError({ status: response.status, text: outcomeText(outcome), outcome })
}

export const importQueries = {
  /** The current records of the people with these ids; ids that were refused are left out. */
  people: (ids: readonly string[]) =>
    queryOptions({
      queryKey: ['people-brought-in', ids],
      queryFn: ({ signal }) => findPeople(ids, signal),
      meta: { kinds: ['Patient'] },
    }),
}

async function findPeople(ids: readonly string[], signal: AbortSignal): Promise<readonly Person[]> {
  const params = { _id: ids.join(','), _count: ids.length }
  return (await fhir.search('Patient', params, signal)).entries.map((each) =>
    personFromFhir(each, clockToday()),
  )
}
