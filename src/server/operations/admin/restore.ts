import type { Parameters } from '@medplum/fhirtypes'
import { restoreParameters } from '#domain/audit/export-restore-parameters.ts'
import { type AuditEntry, writeAuditLog } from '#server/audit/audit-log.ts'
import type { Manifest } from '#server/backup/manifest.ts'
import { type RestoreStep, RestoreStopped, restoreBackup } from '#server/backup/restore-backup.ts'
import { BackupFault, tarChunksOf, unpackTar } from '#server/backup/tar.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { problemResponse } from '#server/http/responses.ts'
import { streamResponse } from '#server/http/stream-response.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'
import { mustLookAfter, noteAll } from './backup.ts'

/**
 * Restores a backup, all of it or nothing. `merge=true`: existing records stay, and missing ones are added.
 * `replace=true`: everything here is replaced by it; only if the database is the browser’s own. `progress=true` answers
 * a stream of events: `progress` (`{"step","done","of"}`) as often as there is something to report, then `done`,
 * `refused` or `broken` with what would have been answered. A caller who closes the stream stops it, and nothing is
 * changed.
 */
export const restoreOperation: Operation = {
  name: 'restore',
  on: 'system',
  changes: true,
  alone: true,
  readsRequest: true,
  purpose: 'Restores a backup: the whole file is checked first, then restored in one transaction',
  async run(call) {
    mustLookAfter(call.context)
    if (call.query.get('replace') === 'true' && !call.context.service.ground)
      throw new FhirProblem(
        403,
        'forbidden',
        'Only the records in a browser can be replaced here. On a server, restore into an empty database.',
      )
    const sent = await call.request.blob()
    if (call.query.get('progress') === 'true') return progressResponse(call, sent)
    return await bringIn(call, { sent })
  },
}

type Bringing = Readonly<{
  sent: Blob
  progress?: (done: number, of: number, step: RestoreStep) => void
  stop?: AbortSignal
  beforeKeeping?: () => Promise<void>
}>

async function bringIn(call: OperationCall, { sent, ...watch }: Bringing): Promise<Parameters> {
  const { context, query, now } = call
  const source = () => unpackTar(tarChunksOf(sent.stream()))
  const merge = query.get('merge') === 'true'
  const replace = query.get('replace') === 'true'
  const { sql, ground, tellLost } = context.service
  const replacing = replace ? ground?.replacing(sent) : undefined
  // the change and its audit entry are stored together or not at all
  const within = async (tx: Sql, manifest: Manifest) => {
    await replacing?.within(tx, manifest)
    const auditLog = (entry: AuditEntry) => writeAuditLog(tx, [entry])
    const inside: RequestContext = { ...context, auditLog }
    await noteAll(inside, '$restore', `backup ${manifest.sum}`)
  }
  try {
    const done = await restoreBackup(sql, source, {
      ...{ now, zone: context.zone, merge, replace, within },
      ...watch,
    })
    if (done.records > 0) tellLost?.()
    if (merge && done.records > 0) await ground?.merged()
    if (replace) ground?.replaced()
    return restoreParameters.write({ ...done, sum: done.manifest.sum })
  } catch (cause) {
    if (cause instanceof BackupFault) throw new FhirProblem(422, 'invalid', cause.message)
    if (cause instanceof RestoreStopped)
      throw new FhirProblem(409, 'incomplete', 'It was stopped, and nothing was changed')
    throw cause
  }
}

/** Milliseconds between two heartbeats while there is nothing to report. */
const beat = 10_000

/** The user may have pressed stop while it was read: that has to arrive before records are written. */
const lastStops = () => new Promise<void>((resolve) => setTimeout(resolve, 1_000))

function progressResponse(call: OperationCall, sent: Blob): Response {
  const stopping = new AbortController()
  const { signal } = call.request
  signal.addEventListener('abort', () => stopping.abort())
  if (signal.aborted) stopping.abort()
  const text = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (words: string) => {
        if (!stopping.signal.aborted) controller.enqueue(text.encode(words))
      }
      const tell = (name: string, data: unknown) =>
        say(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
      const clock = setInterval(() => say(': still here\n\n'), beat)
      try {
        const progress = (done: number, of: number, step: RestoreStep) =>
          tell('progress', { step, done, of })
        const watch = { progress, stop: stopping.signal, beforeKeeping: lastStops }
        tell('done', await bringIn(call, { sent, ...watch }))
      } catch (cause) {
        const answer = problemResponse(cause)
        tell(answer.status < 500 ? 'refused' : 'broken', await answer.json())
      } finally {
        clearInterval(clock)
        if (!stopping.signal.aborted) controller.close()
      }
    },
    cancel: () => stopping.abort(),
  })
  return streamResponse(body)
}
