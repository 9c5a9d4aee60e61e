import { exportParameters } from '#domain/audit/export-restore-parameters.ts'
import { chosenCopy } from '#server/authorization/chosen-copy.ts'
import { packTar, tarEnd } from '#server/backup/tar.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { copyOfRecord } from './record-copy.ts'

/** A copy of one person's record; who may make it and what it holds: `chosenCopy`. */
export const exportRecordOperation: Operation = {
  name: 'export-record',
  on: 'instance',
  type: 'Patient',
  changes: true,
  alone: true,
  purpose:
    'A copy of one person’s record with all versions and who looked: a page and NDJSON in one tar; copy=full and reason for professionals',
  async run(call) {
    const { id = '', context, now } = call
    const { scope, why } = await chosenCopy(context, id, askedIn(call))
    const { sql, store } = context.service
    const entries = await copyOfRecord({ person: id, scope, now, zone: context.zone, sql, store })
    const what = new Map([[id, [`Patient/${id}`]]])
    await note(context, what, { act: 'R', way: '$export-record', why })
    return new Response(new Blob([...entries.map(packTar), tarEnd]), {
      headers: {
        'Content-Type': 'application/x-tar',
        'Content-Disposition': 'attachment; filename="record.tar"',
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
}

/** Only in the body: a reason may name somebody, and no address may. */
function askedIn(call: OperationCall) {
  if (call.query.has('copy') || call.query.has('reason'))
    throw new FhirProblem(400, 'invalid', 'copy and reason must be sent in the body, as Parameters')
  return askedParameters(call, exportParameters)
}
