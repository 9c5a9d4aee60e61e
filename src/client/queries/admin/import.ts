import type { Parameters } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { clockToday } from '#client/clock.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError, noAnswer, outcomeText } from '#client/fhir/fhir-error.ts'
import { parseJsonResponse } from '#client/fhir/parse-json-response.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { callerHeaders } from '#client/session/session.ts'
import { sessionEndedError } from '#client/session/session-ended-error.ts'
import { outcomeShape, parametersShape } from '#domain/fhir/checked-json.ts'
import { inImportOrder } from '#domain/import/chunks.ts'
import { chunkSource, type ImportChunk } from '#domain/import/import-chunk.ts'
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
  type ImportTally,
  nothingYet,
  tallyOf,
  tallyOfRows,
  together,
} from '#domain/import/tally.ts'
import { isGzip, UnpacksTooLarge, unpack } from '#domain/import/unpack.ts'
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
  )

export type ImportProgress = Readonly<{
  file: number
  files: number
  name: string
  records: number
}>

/** How a list was read: see `ListReading`. */
export type ListRead = ListReading & Readonly<{ file: string }>

/** Headings of a list that were ignored, with their columns. */
export type UnreadColumns = Readonly<{ file: string; headings: readonly string[] }>

export type ImportResult = Readonly<{
  tally: ImportTally
  problems: readonly FileProblem[]
  unread: readonly UnreadColumns[]
  lists: readonly ListRead[]
  people: readonly string[]
  records: number
  /** how many files there were, and how many were imported completely */
  files: number
  filesDone: number
  /** the rest after an early end: the files in order, and which requests of the first one are done */
  left: readonly File[]
  leftDone: readonly number[]
  /** what ended the run early */
  ended?: 'stopped' | FhirError
}>

type Run = {
  -readonly [Part in Exclude<keyof ImportResult, 'ended' | 'people'>]: ImportResult[Part]
} & { people: Set<string>; ended?: 'stopped' | FhirError }

type Watch = Readonly<{
  onProgress: (progress: ImportProgress) => void
  /** aborting stops before the next request; those in flight are finished, so nothing is half done */
  stop: AbortSignal
}>

/** Imports files, those that others refer to first: see `goOn`. */
export async function bringIn(files: readonly File[], watch: Watch): Promise<ImportResult> {
  const nothing = { tally: nothingYet, problems: [], unread: [], lists: [], people: [] }
  const left = await inImportOrder(files, bytesOf)
  const start = { ...nothing, records: 0, files: left.length, filesDone: 0, left, leftDone: [] }
  return await goOn(start, watch)
}

/**
 * Continues where a run ended, file by file, with at most two requests at once. A file that cannot be read is named and the rest goes on. If
 * the server does not answer any more, or the user may not import, the run ends and says so: what was imported stays. A
 * request whose answer was lost is repeated: records that are here already are not changed.
 */
export async function goOn(before: ImportResult, watch: Watch): Promise<ImportResult> {
  const { ended: _, ...rest } = before
  const run: Run = { ...rest, people: new Set(before.people) }
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
  tell(run, file, watch)
  const parts = await bytesOf(file).then((bytes) => importPartsOf(bytes, clockToday()), notUnpacked)
  if ('why' in parts) {
    run.problems = [...run.problems, { file: file.name, ...parts }]
    return 'not-taken'
  }
  const how = await takeChunks(run, file, { chunks: parts.chunks, watch })
  if (how === 'done') noteList(run, file, parts)
  return how
}

function tell({ files, left, records }: Run, { name }: File, { onProgress }: Watch): void {
  onProgress({ file: files - left.length + 1, files, name, records })
}

type InFile = Readonly<{ chunks: readonly ImportChunk[]; watch: Watch }>

/** `refusal`: the service refused the request itself, and so the rest of the file. */
type Taken = Readonly<{ tally: ImportTally; people: readonly string[]; refusal?: string }>

async function takeChunks(
  run: Run,
  file: File,
  { chunks, watch }: InFile,
): Promise<'done' | 'not-taken' | 'stopped'> {
  const others = new Set(run.tally.others)
  const recordsOf = (indexes: readonly number[]) =>
    indexes.reduce((sum, index) => sum + (chunks[index]?.records ?? 0), 0)
  let refusal: string | undefined
  await inLanes<Taken>(chunks, {
    done: new Set(run.leftDone),
    isStopped: () => watch.stop.aborted,
    async send(whole, index) {
      const at = { file: file.name, before: recordsOf([...chunks.keys()].slice(0, index)) }
      const { chunk, tally } = leaveOut(whole, [...others], at)
      const sent = chunk ? await sendChunk(chunk, at) : { tally: nothingYet, people: [] }
      for (const each of sent.tally.others) others.add(each)
      return { ...sent, tally: together(tally, sent.tally) }
    },
    take(taken, index) {
      refusal ??= taken.refusal
      if (taken.refusal !== undefined) return false
      run.tally = together(run.tally, taken.tally)
      for (const person of taken.people) run.people.add(person)
      run.records += recordsOf([index])
      run.leftDone = [...run.leftDone, index]
      tell(run, file, watch)
      return true
    },
  })
  if (refusal !== undefined) {
    const before = recordsOf(run.leftDone)
    const problem = { file: file.name, why: 'refused' as const, reason: refusal, before }
    run.problems = [...run.problems, problem]
    return 'not-taken'
  }
  return run.leftDone.length < chunks.length ? 'stopped' : 'done'
}

async function sendChunk(
  chunk: ImportChunk,
  at: Readonly<{ file: string; before: number }>,
): Promise<Taken> {
  try {
    const tally = tallyOf(await sendPatiently(chunk), chunkSource(chunk, at))
    return { tally, people: peopleIn(chunk) }
  } catch (error) {
    if (!(error instanceof FhirError) || error.kind !== 'refused') throw error
    return { tally: nothingYet, people: [], refusal: error.message }
  }
}

/** For a list: the rows refused here, and the columns ignored. */
function noteList(
  run: Run,
  { name }: File,
  { refusedRows, unreadColumns, list }: ImportParts,
): void {
  if (list) run.lists = [...run.lists, { file: name, ...list }]
  run.tally = together(run.tally, tallyOfRows(refusedRows, name))
  if (unreadColumns.length > 0)
    run.unread = [...run.unread, { file: name, headings: unreadColumns }]
}

/** A file's bytes, unpacked when it is gzip, whatever its name says. */
async function bytesOf(file: File): Promise<ArrayBuffer | Uint8Array> {
  const isPacked = isGzip(new Uint8Array(await file.slice(0, 2).arrayBuffer()))
  return isPacked ? await unpack(file) : await file.arrayBuffer()
}

function notUnpacked(cause: unknown) {
  const why = cause instanceof UnpacksTooLarge ? 'unpacks-too-large' : 'not-unpacked'
  return { why } as const
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
