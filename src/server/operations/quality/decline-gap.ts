import type { DetectedIssue } from '@medplum/fhirtypes'
import { isStaff } from '#domain/access/actor.ts'
import { declineFromFhir, declineTakenBack, declineToFhir } from '#domain/quality/decline-fhir.ts'
import { declineGapRequest } from '#domain/quality/quality-parameters.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import { declineId } from '#server/cql/declines.ts'
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
    if (!isStaff(actor) || actor.role === 'program')
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
        const { store } = inside.service
        const measure = (await store.read('Measure', asked.measure, everyone))?.resource
        if (measure?.resourceType !== 'Measure') throw notFound()
        await mustBeLiving(inside, person, 'case')
        const id = declineId(person, asked.measure)
        const before = (await store.read('DetectedIssue', id, everyone))?.resource as
          | (DetectedIssue & { id: string })
          | undefined
        const { who, at } = writerOf(inside, person)
        const stands = before && declineFromFhir(before, inside.zone)
        if (asked.undo) {
          if (!before || !stands)
            throw new FhirProblem(409, 'conflict', 'Nobody said no to this, or it was taken back')
          await keepRecords(inside, [{ ...declineTakenBack(before), id }], { person, way })
          return declineTakenBack(before)
        }
        if (before && stands?.decline.reason === reason) return before
        const title = measure.title ?? measure.name ?? asked.measure
        const record = declineToFhir(
          { id, person, measure: asked.measure, title, by: who, at, reason },
          before,
        )
        await keepRecords(inside, [record], { person, way })
        return record
      },
      person,
    )
  },
}
