import type { DetectedIssue } from '@medplum/fhirtypes'
import { declineFromFhir, declineTakenBack, declineToFhir } from '#domain/quality/decline-fhir.ts'
import { declineGapRequest } from '#domain/quality/gaps-worklist.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { caresForPeople } from '#server/cql/cares-for-people.ts'
import { declineId } from '#server/cql/declines.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem, forbidden, notFound } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'

const way = '$decline-gap'

/** Writes down that what is due is not wanted, by whom, when and why; or takes that back. */
export const declineGapOperation: Operation = {
  name: 'decline-gap',
  on: 'instance',
  type: 'Patient',
  changes: true,
  purpose:
    'Writes down that something due is not wanted: measure, reason (why, and who said so); undo takes it back; kept with who and when, every answer; for professionals',
  async run(call) {
    const { actor, context, id: person = '' } = call
    if (!caresForPeople(actor))
      throw forbidden('Only professionals write down what somebody declined')
    const asked = askedParameters(call, declineGapRequest)
    const reason = asked.reason.trim()
    if (!asked.undo && reason === '')
      throw new FhirProblem(422, 'business-rule', 'Say why it is not wanted, and who said so', {
        expression: 'reason',
      })
    return await withinRecord(
      context,
      async (inside) => {
        await mustBeLiving(inside, person, 'due')
        const { measure, undo } = asked
        return await answered(inside, { person, measure, reason, undo })
      },
      person,
    )
  },
}

type Answer = Readonly<{ person: string; measure: string; reason: string; undo: boolean }>
type Kept = DetectedIssue & { id: string }

async function answered(context: RequestContext, answer: Answer): Promise<DetectedIssue> {
  const { person, measure, reason, undo } = answer
  const id = declineId(person, measure)
  const before = await standing(context, id)
  const stands = before && declineFromFhir(before, context.zone)
  if (undo && !stands)
    throw new FhirProblem(409, 'conflict', 'Nobody said no to this, or it was taken back')
  if (before && !undo && stands?.decline.reason === reason) return before
  const record = await changed(context, { answer, id, before })
  await keepRecords(context, [record], { person, way })
  return record
}

/** Throws 404 if what stands is not for the caller: they neither read nor change it. */
async function standing(
  { service, store, accessScope }: RequestContext,
  id: string,
): Promise<Kept | undefined> {
  const stored = (await service.store.read('DetectedIssue', id, everyone))?.resource
  if (!stored) return undefined
  if (!(await store.read('DetectedIssue', id, accessScope.scope))?.resource) throw notFound()
  return stored as Kept
}

type Declining = Readonly<{ answer: Answer; id: string; before: Kept | undefined }>

async function changed(
  context: RequestContext,
  { answer: { person, measure, reason, undo }, id, before }: Declining,
): Promise<Kept> {
  const { who, at } = writerOf(context, person)
  if (undo && before) return declineTakenBack(before, { by: who, at })
  const found = (await context.service.store.read('Measure', measure, everyone))?.resource
  if (found?.resourceType !== 'Measure') throw notFound()
  const title = found.title ?? found.name ?? measure
  return declineToFhir({ id, person, measure, title, by: who, at, reason }, before)
}
