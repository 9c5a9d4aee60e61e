import { type DirectoryService, serviceFault } from '#domain/directory/directory-service.ts'
import { directoryServiceFrom, directoryServiceTo } from '#domain/directory/is-directory-service.ts'
import { mayAnswer } from '#domain/directory/may-answer.ts'
import { saveServiceRequest } from '#domain/directory/save-service-request.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { stale } from '#server/http/responses.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import {
  type KeptService,
  keepServices,
  mustKeepDirectory,
  standingService,
} from './kept-services.ts'

/** A new entry of the directory of services, or a change of one. */
export const saveServiceOperation: Operation = {
  name: 'save-service',
  on: 'type',
  type: 'HealthcareService',
  changes: true,
  purpose:
    'Writes an entry of the directory of services: id (made by the client), name, provider, organisation (if it answers referrals here), what, area, waitingWeeks, eligibility, howToRefer, phone, isSocial, isEnded, checkedOn, version (of what was changed; 412 if somebody changed it since); for administrators, managers, case managers and social workers',
  async run(call) {
    mustKeepDirectory(call.actor)
    const { version, ...asked } = askedParameters(call, saveServiceRequest)
    if (!/^[A-Za-z0-9\-.]{1,64}$/.test(asked.id))
      throw new FhirProblem(400, 'value', 'Give the entry an id')
    const service: DirectoryService = asked
    const fault = serviceFault(service, call.today)
    if (fault) throw new FhirProblem(422, 'business-rule', fault)
    return await withinRecord(call.context, async (inside) => {
      const { sql } = inside.service
      await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `directory ${service.id}`,
      ])
      const stands = await standingService(inside, service.id)
      if (stands.record && version !== stands.version) throw stale(stands.version)
      await mustBeHere(inside, service.organisation)
      mustBeOwnOrganisation(inside, service, stands.record)
      const record = directoryServiceTo(service, stands.record)
      await keepServices(inside, [record], '$save-service')
      return record
    })
  },
}

/** Nobody turns what others are asked to another organisation: it says so itself, or an administrator does. Throws 403. */
function mustBeOwnOrganisation(
  { actor }: RequestContext,
  after: DirectoryService,
  standing: KeptService | undefined,
): void {
  const before = (standing && directoryServiceFrom(standing).organisation) ?? ''
  if (!mayAnswer(after.organisation ?? '', before, actor))
    throw forbidden(
      'Who answers referrals to a service is changed by an administrator, or by that organisation itself',
    )
}

async function mustBeHere({ service }: RequestContext, organisation: string | undefined) {
  if (!organisation) return
  const found = await service.store.read('Organization', organisation, everyone)
  if (!found?.resource)
    throw new FhirProblem(422, 'business-rule', 'There is no such organisation here')
}
