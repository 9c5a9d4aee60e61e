import type { Actor } from '#domain/access/actor.ts'
import { type Programme, programmeFault } from '#domain/programme/programme.ts'
import { programmeToFhir } from '#domain/programme/programme-fhir.ts'
import { saveProgrammeRequest } from '#domain/programme/programme-parameters.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteWritten } from '#server/interactions/store-record.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { mayChangeProgramme, type StoredProgramme, storedProgramme } from './stored-programmes.ts'

/** Defines a programme, or a new version of it. Who is in it already keeps the version they came under. */
export const saveProgrammeOperation: Operation = {
  name: 'save-programme',
  on: 'type',
  type: 'PlanDefinition',
  changes: true,
  purpose:
    'Defines a programme, or a new version of it: id, version (the one that is changed, 0 for a new one), title, purpose, owner, criterion, pause, end, monthsWithoutContact, notWith, content, retired; for administrators and its owner',
  async run(call) {
    const { actor, context } = call
    const asked = askedParameters(call, saveProgrammeRequest)
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(asked.id))
      throw new FhirProblem(400, 'value', 'Give the programme an id')
    return await withinRecord(context, async (inside) => {
      const stands = await storedProgramme(inside.service.store, asked.id)
      mustBeAllowed(actor, stands)
      await mustFollow(inside, asked, stands)
      const programme: Programme = { ...asked, version: asked.version + 1 }
      const fault = programmeFault(programme)
      if (fault) throw new FhirProblem(422, 'business-rule', fault.words)
      const { meta } = stands?.definition ?? {}
      // the record has versions that change nothing of the programme: what it says of itself is not its version
      const expect = stands ? { version: Number(meta?.versionId) } : ('absent' as const)
      const resource = { ...programmeToFhir(programme), ...(meta ? { meta } : {}) }
      const request = { resource, expect }
      const written = await inside.service.store.write(request)
      const act = stands ? ('U' as const) : ('C' as const)
      const done = { request, act, person: undefined, before: stands?.definition, written }
      await noteWritten(inside, [done], '$save-programme')
      return request.resource
    })
  },
}

type Stands = StoredProgramme | undefined

/** An owner cannot be named by anybody else than an administrator, or the owner. */
function mustBeAllowed(actor: Actor, stands: Stands): void {
  const mayDo = stands ? mayChangeProgramme(actor, stands.programme) : actor.role === 'admin'
  if (!mayDo) throw forbidden('Only an administrator and its owner change a programme')
}

async function mustFollow(
  { service }: RequestContext,
  { id, version }: Readonly<{ id: string; version: number }>,
  stands: Stands,
): Promise<void> {
  if (!stands && (await service.store.read('PlanDefinition', id, everyone)))
    throw new FhirProblem(409, 'conflict', 'This id is in use')
  if ((stands?.programme.version ?? 0) !== version)
    throw new FhirProblem(409, 'conflict', 'Somebody changed this programme. Look at it again')
}
