import type { OperationOutcome, Parameters } from '@medplum/fhirtypes'
import { queryOptions } from '@tanstack/react-query'
import { chunksOf, type ImportChunk, importOrder } from '#domain/import/chunks.ts'
import { looksLikeFhir, peopleIn } from '#domain/import/people-in.ts'
import { nothingYet, type Tally, tallyOf, together } from '#domain/import/tally.ts'
import { personFromFhir } from '#domain/person/fhir.ts'
import type { Person } from '#domain/person/person.ts'
import { fhir } from './fhir-client.ts'
import { FhirError, outcomeText } from './fhir-error.ts'
import { queryClient } from './query-client.ts'
import { sessionEnded, useSession } from './session.ts'

/** A big chunk into a database on the device takes minutes, not seconds. */
const patience = 10 * 60_000

export type FileProblem = Readonly<{
  file: string
  why: 'empty' | 'not-fhir' | 'not-unpacked' | 'refused'
  /** in the server's words, when it was refused */
  reason: string
}>

export type ImportProgress = Readonly<{
  file: number
  files: number
  name: string
  records: number
}>

export type ImportResult = Readonly<{
  tally: Tally
  problems: readonly FileProblem[]
  people: readonly string[]
  /** files that were taken in to their end */
  filesDone: number
  files: number
  stopped: boolean
}>

type Run = { tally: Tally; problems: FileProblem[]; people: Set<string>; records: number }

type Watch = Readonly<{
  onProgress: (progress: ImportProgress) => void
  /** aborting stops before the next call; the one under way is let finish, so nothing is half */
  stop: AbortSignal
}>

/**
 * Brings files in, one call after another, what others refer to first. A file that cannot be read is named and the rest
 * goes on. Rejects with `FhirError` when nobody answers or the reader may not; what was taken in until then stays, and
 * the same files may be brought in again.
 */
export async function bringIn(files: readonly File[], watch: Watch): Promise<ImportResult> {
  const run: Run = { tally: nothingYet, problems: [], people: new Set(), records: 0 }
  const ordered = inOrder(files)
  let filesDone = 0
  try {
    for (const [index, file] of ordered.entries()) {
      if (watch.stop.aborted) break
      const tell = () =>
        watch.onProgress({
          ...{ file: index + 1, files: ordered.length, name: file.name },
          records: run.records,
        })
      if (await takeFile(run, file, { tell, stop: watch.stop })) filesDone += 1
    }
  } finally {
    await queryClient.invalidateQueries()
  }
  const { tally, problems, people } = run
  const stopped = filesDone < ordered.length
  return { tally, problems, people: [...people], filesDone, files: ordered.length, stopped }
}

function inOrder(files: readonly File[]): readonly File[] {
  const waiting = [...files]
  return importOrder(files.map((file) => file.name)).flatMap((name) => {
    const place = waiting.findIndex((file) => file.name === name)
    return waiting.splice(place, 1)
  })
}

type InFile = Readonly<{ tell: () => void; stop: AbortSignal }>

/** False when it was stopped before the end of the file. */
async function takeFile(run: Run, file: File, { tell, stop }: InFile): Promise<boolean> {
  tell()
  const chunks = await readChunks(run, file)
  let before = 0
  for (const chunk of chunks) {
    if (stop.aborted) return false
    const answer = await send(chunk).catch((error: unknown) => refusedFile(error, run, file))
    if (!answer) return true
    run.tally = together(
      run.tally,
      tallyOf(answer, { file: file.name, placeOf: placeAfter(before) }),
    )
    for (const person of peopleIn(chunk)) run.people.add(person)
    before += chunk.records
    run.records += chunk.records
    tell()
  }
  return true
}

const placeAfter = (before: number) => (index: number) => before + index + 1

async function readChunks(run: Run, file: File): Promise<readonly ImportChunk[]> {
  const problem = (why: FileProblem['why']) => {
    run.problems.push({ file: file.name, why, reason: '' })
    return []
  }
  const text = await textOf(file).catch(() => undefined)
  if (text === undefined) return problem('not-unpacked')
  if (text.trim() === '') return problem('empty')
  return looksLikeFhir(text) ? chunksOf(text) : problem('not-fhir')
}

/** A file as text, unpacked when it is gzip, whatever its name says. */
async function textOf(file: File): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  if (first !== 0x1f || second !== 0x8b) return await file.text()
  return await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text()
}

function refusedFile(error: unknown, run: Run, file: File): undefined {
  if (!(error instanceof FhirError) || error.kind !== 'refused') throw error
  run.problems.push({ file: file.name, why: 'refused', reason: error.message })
}

async function send(chunk: ImportChunk): Promise<Parameters> {
  const { token } = useSession.getState()
  let response: Response
  try {
    response = await fetch('/fhir/$import', {
      method: 'POST',
      headers: {
        Accept: 'application/fhir+json',
        'Content-Type': chunk.contentType,
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: chunk.body,
      signal: AbortSignal.timeout(patience),
    })
  } catch (cause) {
    throw new FhirError({ kind: navigator.onLine ? 'unreachable' : 'offline', status: 0, cause })
  }
  if (!response.headers.get('content-type')?.includes('json')) {
    throw new FhirError({ kind: 'unreachable', status: response.status })
  }
  const body = (await response.json()) as Parameters | OperationOutcome
  if (response.ok) return body as Parameters
  if (response.status === 401) sessionEnded()
  const outcome = body as OperationOutcome
  throw new FhirError({ status: response.status, text: outcomeText(outcome), outcome })
}

export const importQueries = {
  /** The people of these ids as their records stand now; ids that were refused are left out. */
  people: (ids: readonly string[]) =>
    queryOptions({
      queryKey: ['people-brought-in', ids],
      queryFn: ({ signal }) => findPeople(ids, signal),
      meta: { kinds: ['Patient'] },
    }),
}

async function findPeople(ids: readonly string[], signal: AbortSignal): Promise<readonly Person[]> {
  const params = { _id: ids.join(','), _count: ids.length }
  return (await fhir.search('Patient', params, signal)).entries.map((each) => personFromFhir(each))
}
