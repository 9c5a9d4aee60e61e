import { isStaff } from '#domain/access/actor.ts'
import { namedAccessLabels, ownAccessLabels } from '#domain/access/labels/access-label.ts'
import type { Scope } from '#domain/access/scope.ts'
import { exportParameters } from '#domain/audit/export-restore-parameters.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { packTar, tarEnd } from '#server/backup/tar.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { copyOfRecord } from './record-copy.ts'

/**
 * A copy of one person's record. The person's own copy holds what they may see; made by a professional who is not named
 * in their care it leaves out what is restricted to those who are. `copy=full`, with a reason, is for professionals
 * with a relation to the person and holds what they may see.
 */
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
    const { scope, why } = await chosenCopy(call, id)
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

async function chosenCopy(
  call: OperationCall,
  person: string,
): Promise<Readonly<{ scope: Scope; why: string }>> {
  const { actor, scope, context } = call
  const request = askedIn(call)
  const mayMake = actor.person === person || isStaff(actor)
  if (!mayMake)
    throw forbidden('Only the person, or professionals who care for them, can make a copy')
  const relation = await relationTo(context, person)
  const rooms = ownAccessLabels.filter(
    (room) => relation !== 'related' || !namedAccessLabels.includes(room),
  )
  const own: Scope = { people: { kind: 'listed', people: [{ person, rooms }] } }
  if (request.copy !== 'full') return { scope: own, why: 'the person’s own copy' }
  if (!isStaff(actor)) throw forbidden('Only professionals can make a full copy')
  const reason = request.reason?.trim()
  if (!reason) throw new FhirProblem(400, 'required', 'A full copy needs a reason')
  return { scope, why: `a full copy: ${reason}` }
}
