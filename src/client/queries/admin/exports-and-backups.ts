import type { OperationOutcome, Parameters } from '@medplum/fhirtypes'
import * as v from 'valibot'
import { clockToday } from '#client/clock.ts'
import { FhirError, noAnswer, outcomeText } from '#client/fhir/fhir-error.ts'
import { parseJsonResponse } from '#client/fhir/parse-json-response.ts'
import { refetch } from '#client/fhir/refetch.ts'
import { type ServerEvent, serverEvents } from '#client/fhir/server-events.ts'
import { type CancellableProgress, CancelledError } from '#client/forms/cancellable.ts'
import { type FindFilters, listRequestOf } from '#client/queries/monitoring/find-people.ts'
import { callerHeaders } from '#client/session/session.ts'
import { sessionEndedError } from '#client/session/session-ended-error.ts'
import { type AuditLogCheck, auditLogCheck } from '#domain/audit/audit-log-check.ts'
import {
  documentParameters,
  exportParameters,
  restoreParameters,
} from '#domain/audit/export-restore-parameters.ts'
import { type ExportPeople, exportPeopleRequest } from '#domain/case/export-people.ts'
import { type ExtractRequest, extractRequest } from '#domain/extract/extract-request.ts'
import { checked, checkedJson, outcomeShape, parametersShape } from '#domain/fhir/checked-json.ts'
import type { In } from '#domain/fhir/parameters.ts'

/** Bytes so far, and how many versions of records there will be; the size is known only at the end. */
export type SavingProgress = Readonly<{ bytes: number; records: number }>

/** Saves a file that the service creates under the given name; waits as long as it takes. Rejects with `FhirError`. */
async function save(
  path: string,
  name: string,
  watch: CancellableProgress<SavingProgress> = {},
  init: RequestInit = {},
): Promise<void> {
  const headers = { Accept: '*/*', ...callerHeaders(), ...init.headers }
  const response = await answered(path, { ...init, headers })
  const url = URL.createObjectURL(new Blob(await partsOf(response, watch)))
  const link = document.createElement('a')
  Object.assign(link, { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

async function partsOf(
  response: Response,
  { onProgress, stop }: CancellableProgress<SavingProgress>,
) {
  const records = Number(response.headers.get('Gable-Records') ?? 0)
  const reader = response.body?.getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (let bytes = 0; reader; ) {
    onProgress?.({ bytes, records })
    const { done, value } = await reader.read().catch(brokeOff)
    if (done) break
    if (stop?.aborted) {
      await reader.cancel().catch(() => undefined)
      throw new CancelledError()
    }
    parts.push(value)
    bytes += value.byteLength
  }
  return parts
}

function brokeOff(cause: unknown): never {
  throw new FhirError({ kind: 'unreachable', status: 0, cause })
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  const ended = sessionEndedError()
  const response = await fetch(`/fhir/${path}`, { ...init, cache: 'no-store' }).catch(noAnswer)
  if (response.ok) return response
  const { status } = response
  const outcome = await parseJsonResponse(response, outcomeShape).catch(() => undefined)
  if (outcome) {
    if (status === 401) ended()
    throw failure(status, outcome)
  }
  // something between us and the service answered with its own page
  const text = status === 413 ? 'The file is larger than this service takes.' : ''
  throw new FhirError({ status, text })
}

/** Operations that export records, or carry a reason, are never called by GET. */
function posted(parameters: Parameters = { resourceType: 'Parameters' }) {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify(parameters),
  }
}

/** The person's own copy of their record: what they may see, as a page and as files. */
export const saveRecordCopy = (person: string) =>
  save(`Patient/${person}/$export-record`, `my-record-${clockToday()}.tar`, {}, posted())

/** Everything a professional may see of a person, including notes between professionals. The reason is in the audit log. */
export const saveFullCopy = (person: string, reason: string, tell: (bytes: number) => void) =>
  save(
    `Patient/${person}/$export-record`,
    `full-record-${clockToday()}.tar`,
    { onProgress: ({ bytes }) => tell(bytes) },
    posted(exportParameters.write({ copy: 'full', reason })),
  )

/** The list of these filters as a spreadsheet; what for is in the audit log. Rejects with `FhirError`. */
export const savePeopleList = (
  filters: Omit<FindFilters, 'page'> | undefined,
  asked: ExportPeople,
) =>
  save(
    'Patient/$export-people',
    `people-${clockToday()}.csv`,
    {},
    posted({
      resourceType: 'Parameters',
      parameter: [
        ...(exportPeopleRequest.write(asked).parameter ?? []),
        ...(filters ? (listRequestOf(filters).parameter ?? []) : []),
      ],
    }),
  )

/** Rows about people without anything that says who they are, or what their columns mean. */
export const saveExtract = (asked: ExtractRequest) =>
  save(
    '$extract',
    asked.format === 'dictionary'
      ? 'gable-columns.csv'
      : `gable-extract-${clockToday()}.${asked.format}`,
    {},
    posted(extractRequest.write(asked)),
  )

/** The forms in which a plan can be taken away, and the end of the file's name. */
const planFiles = { page: 'html', text: 'txt', bundle: 'json' } as const

export type PlanFileFormat = keyof typeof planFiles

/** The plan as a file: what the person may see, or with a reason everything that this professional may see. */
export const savePlanFile = (
  planId: string,
  {
    format,
    reason = '',
    language,
  }: Readonly<{ format: PlanFileFormat; reason?: string; language: string }>,
) =>
  save(
    `CarePlan/${planId}/$document`,
    `plan-${clockToday()}.${planFiles[format]}`,
    {},
    posted(
      documentParameters.write({ format, language, ...(reason ? { copy: 'full', reason } : {}) }),
    ),
  )

/** Everything that is stored here. */
export const saveBackup = (watch: CancellableProgress<SavingProgress> = {}) =>
  save('$backup', `gable-${clockToday()}.tar`, watch, posted())

/** `replace`: everything here is replaced by the backup; only for a browser’s own records. */
export type Restoring = 'merge' | 'replace'

export type RestoreResult = In<typeof restoreParameters>

/** Lines read or records written, of how many. */
export type RestoreProgress = Readonly<v.InferOutput<typeof progressShape>>
const progressShape = v.object({
  step: v.picklist(['read', 'kept']),
  ...{ done: v.number(), of: v.number() },
})

/**
 * Restores a backup, all of it or nothing. Rejects with `FhirError`, whose text names the file, and with `Stopped` when
 * it was cancelled: nothing is changed then.
 */
export async function uploadRestore(
  file: File,
  how: Restoring,
  { onProgress, stop }: CancellableProgress<RestoreProgress>,
): Promise<RestoreResult> {
  const response = await answered(`$restore?${how}=true&progress=true`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-tar', ...callerHeaders() },
    body: file,
  })
  for await (const event of eventsUntil(stop, response)) {
    const answer = answerIn(event)
    if (answer) return await settled(answer)
    tellProgress(event, onProgress)
    if (stop?.aborted) throw new CancelledError()
  }
  return brokeOff(new Error('The connection ended before the result arrived'))
}

function tellProgress(
  { name, data }: ServerEvent,
  tell: (progress: RestoreProgress) => void = () => undefined,
) {
  const progress = name === 'progress' ? checkedJson(progressShape, data) : undefined
  if (progress) tell(progress)
}

async function* eventsUntil(stop: AbortSignal | undefined, { body }: Response) {
  try {
    yield* serverEvents(body ?? new ReadableStream(), stop)
  } catch (cause) {
    if (stop?.aborted) throw new CancelledError()
    brokeOff(cause)
  }
}

/** The final result; throws the refusal if there was one. */
function answerIn({ name, data }: ServerEvent): Parameters | undefined {
  const status = { refused: 422, broken: 500 }[name]
  if (status) throw failure(status, checkedJson(outcomeShape, data))
  return name === 'done' ? checkedJson(parametersShape, data) : undefined
}

async function settled(answer: Parameters): Promise<RestoreResult> {
  await refetch()
  return restoreParameters.read(answer)
}

function failure(status: number, outcome: OperationOutcome | undefined): FhirError {
  if (!outcome) return new FhirError({ status })
  return new FhirError({ status, text: outcomeText(outcome), outcome })
}

/** Checks the whole audit log; waits as long as it takes, and sends one request. Rejects with `FhirError`. */
export async function checkAuditLog(): Promise<AuditLogCheck> {
  const call = posted()
  const headers = { ...call.headers, ...callerHeaders() }
  const response = await answered('$verify-trail', { ...call, headers })
  return auditLogCheck.read(checked(parametersShape, await response.json()))
}
