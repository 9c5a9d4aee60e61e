import type { Patient } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { referenceTarget } from '#domain/fhir/reference-target.ts'
import type { Who } from '#domain/plan/plan.ts'
import { answeredRequest, answeredTask, sentReferral } from '#domain/referral/fhir.ts'
import {
  requestCoordinatorAnswer,
  requestCoordinatorRequest,
} from '#domain/referral/referrals-answer.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { relationTo } from '#server/authorization/relation-to.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { patientOf } from '#server/integrity/patient-of.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { askedOfTeam, waitingReferrals } from '#server/support/asked-of-team.ts'
import { mustBeShort } from '#server/validation/short-words.ts'

const way = '$request-coordinator'
const what = 'Someone to coordinate care'

/**
 * Asks the practice where the person is registered for a case manager: by the person, by a carer who sees the
 * conversation, or by a professional. The answer is due on a day that the service sets; until then it can be withdrawn.
 */
export const requestCoordinatorOperation: Operation = {
  name: 'request-coordinator',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Asks the practice of the person for a case manager, by the person, a carer or a professional: why; with withdraw takes back what the caller asked. Returns the id of the referral, and the day by which it is answered',
  async run(call) {
    const { context, id: person = '' } = call
    const wish = askedParameters(call, requestCoordinatorRequest)
    const why = mustBeShort(wish.why)
    if (why === '') throw new FhirProblem(400, 'required', 'Say why (why)')
    return await withinRecord(
      context,
      async (inside) => {
        await mayAsk(inside, person)
        const task = wish.withdraw
          ? await withdrawn(inside, person, why)
          : await tellingNoMore(inside, () => asked(inside, person, why))
        return requestCoordinatorAnswer.write({
          ...{ referral: task.id, team: task.owner?.display ?? '' },
          answerBy: task.restriction?.period?.end ?? '',
        })
      },
      person,
    )
  },
}

/** Why it is refused may be what the person keeps from a carer: a no, a case, or who else asked. */
async function tellingNoMore<T>({ actor }: RequestContext, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const isOfRules = error instanceof FhirProblem && [409, 422].includes(error.status)
    if (!isOfRules || actor.role !== 'carer') throw error
    throw new FhirProblem(
      ...([422, 'business-rule'] as const),
      'This cannot be asked here. Ask the practice, or the person',
    )
  }
}

async function asked(context: RequestContext, person: string, why: string) {
  await mustBeLiving(context, person, 'case')
  const to = await teamOf(context, person)
  const written = { by: writerOf(context, person).who, at: context.now.toISOString() }
  const ids = { id: crypto.randomUUID(), requestId: crypto.randomUUID() }
  const [request, task] = sentReferral({ ...ids, person, what, why, to, forCase: true }, written)
  const dated = await askedOfTeam(context, task, person)
  await keepRecords(context, [request, dated], { person, way })
  return dated
}

/** Takes back what the caller asked and nobody has answered. Throws 404 if there is none. */
async function withdrawn(context: RequestContext, person: string, words: string) {
  const by = writerOf(context, person).who
  const sent = await waitingReferrals(context, person)
  const task = sent.find(({ requester }) => requester?.reference === by.reference)
  if (!task) throw notFound()
  const written = { by, at: context.now.toISOString() }
  const ended = answeredTask(task, 'withdrawn', { words, written })
  const { id } = referenceTarget(task.focus?.reference ?? '') ?? { id: '' }
  const stored = await context.service.store.read('ServiceRequest', id, everyone)
  const request = stored?.resource?.resourceType === 'ServiceRequest' ? stored.resource : undefined
  const records = request ? [answeredRequest({ ...request, id }, 'withdrawn'), ended] : [ended]
  await keepRecords(context, records, { person, way })
  return ended
}

async function mayAsk(context: RequestContext, person: string): Promise<void> {
  const { actor, accessScope } = context
  const relation = await relationTo(context, person)
  if (relation === 'self' || (isStaff(actor) && ['named', 'related'].includes(relation))) return
  if (relation === 'carer' && accessScope.shared.get(person)?.read.includes('conversation')) return
  throw forbidden('Only the person, a carer with whom the plan is shared, and professionals ask')
}

/** The organisation that the person is registered with, and where somebody reads it. Throws 422 if there is none. */
async function teamOf(context: RequestContext, person: string): Promise<Who> {
  const patient = await patientOf(context, person)
  for (const { type, id } of registeredWith(patient)) {
    const { resource } = (await context.service.store.read(type, id, everyone)) ?? {}
    if (resource?.resourceType !== 'Organization' || resource.active === false) continue
    if (await hasStaff(context, id))
      return {
        ...{ reference: `Organization/${id}`, voice: 'professional' },
        name: resource.name ?? '',
      }
  }
  throw new FhirProblem(
    ...([422, 'business-rule'] as const),
    'No practice that works with Gable is on the record, so nobody can be asked. Call the practice',
  )
}

/** An organisation that only a record names has nobody who would see what is asked. */
async function hasStaff({ service }: RequestContext, organisation: string): Promise<boolean> {
  const { rows } = await service.sql.query(
    `select 1 from resource where rt = 'PractitionerRole' and content is not null
       and content #>> '{organization,reference}' = $1
       and coalesce(content ->> 'active', 'true') = 'true' limit 1`,
    [`Organization/${organisation}`],
  )
  return rows.length > 0
}

const registeredWith = (patient: Patient | undefined) =>
  [...(patient?.generalPractitioner ?? []), patient?.managingOrganization]
    .flatMap((each) => (each?.reference ? (referenceTarget(each.reference) ?? []) : []))
    .filter(({ type }) => type === 'Organization')
