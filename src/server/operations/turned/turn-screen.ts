import type { CarePlan } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import type { TurnedFor } from '#domain/agreement/turned.ts'
import { turnScreenRequest } from '#domain/agreement/turned-answer-request.ts'
import { isEnded, isPlan } from '#domain/plan/fhir.ts'
import { turnSession } from '#server/agreement/turned-session.ts'
import { credentialOf } from '#server/auth/credential.ts'
import { authorizeWrite } from '#server/authorization/authorize-write.ts'
import { note } from '#server/http/request-context.ts'
import { resourceResponse } from '#server/http/responses.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import type { StoredVersion } from '#server/store/store.ts'

/**
 * Turns the screen of the caller’s session to the person whose plan this is: from now on the session gives this plan in
 * this version, takes an answer to it, and nothing else, until its user signs in again.
 */
export const turnScreenOperation: Operation = {
  name: 'turn-screen',
  on: 'instance',
  type: 'CarePlan',
  changes: true,
  alone: true,
  purpose:
    'Turns the caller’s screen to the person of this plan: the session then only shows this version and takes an answer, until the user signs in again; version, helper',
  async run(call) {
    const { context, actor, now } = call
    if (!isStaff(actor) || !actor.practitioner)
      throw forbidden('Only a named professional can turn the screen to somebody')
    const { version, helpers } = askedParameters(call, turnScreenRequest)
    const { stored, plan, person } = await planToShow(call)
    const credential = credentialOf(context.request, context.url)
    if (!credential) throw forbidden('Only a session on a screen can be turned')
    await authorizeWrite(context, { act: 'update', resource: plan, standing: stored })
    if (stored.version !== version) throw planMovedOn(stored.version)
    await mustBeLiving(call, person)
    const turned: TurnedFor = {
      ...{ person, plan: plan.id, version: String(version), at: now.toISOString() },
      helpers,
    }
    await turnSession(context.service.sql, credential.token, turned)
    context.service.sessionsEnded?.(actor.identity)
    await note(context, new Map([[person, [`CarePlan/${plan.id}`]]]), {
      ...{ act: 'E', way: '$turn-screen' },
    })
    return resourceResponse({ resourceType: 'Parameters' })
  },
}

type Found = Readonly<{
  stored: StoredVersion & { resource: CarePlan }
  plan: CarePlan & { id: string }
  person: string
}>

/** The plan with this id, within the caller’s reach; 404 for anything else. */
export async function planToShow({ id = '', store, scope }: OperationCall): Promise<Found> {
  const stored = await store.read('CarePlan', id, scope)
  const { resource, person } = stored ?? {}
  if (!stored || resource?.resourceType !== 'CarePlan' || !person) throw notFound()
  if (!isPlan(resource) || isEnded(resource)) throw notFound()
  return { stored: { ...stored, resource }, plan: { ...resource, id }, person }
}

async function mustBeLiving({ store, scope }: OperationCall, person: string): Promise<void> {
  const found = await store.read('Patient', person, scope)
  const { resource } = found ?? {}
  if (resource?.resourceType !== 'Patient') return
  if (resource.deceasedBoolean || resource.deceasedDateTime)
    throw new FhirProblem(422, 'business-rule', 'No plan can be agreed after the person’s death')
}

export const planMovedOn = (now: number) =>
  new FhirProblem(
    409,
    'conflict',
    `The plan has changed since it was read: it is now at version ${now}. Read it again first`,
  )
