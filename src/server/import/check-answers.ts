import type { Resource } from '@medplum/fhirtypes'
import { againstRecord } from '#server/assessment/against-record.ts'
import { guardAssessment } from '#server/assessment/guard-assessment.ts'
import { tooLongAgo } from '#server/assessment/raise-safety.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import { problemOf } from '#server/http/responses.ts'
import type { Fine } from './items.ts'
import { nameOf, standingRecords } from './standing-records.ts'

/**
 * Answers that contradict the record are refused by name: a score would be based on them. A note on old ones says that
 * they raise no alert.
 */
export async function checkAnswers(context: RequestContext, items: readonly Fine[]): Promise<void> {
  const patients = new Map(
    items.flatMap(({ resource }) =>
      resource.resourceType === 'Patient' ? [[resource.id, resource] as const] : [],
    ),
  )
  await checkForms(context, items)
  for (const item of items) {
    const { resource } = item
    if (item.reason) continue
    if (resource.resourceType === 'QuestionnaireResponse') {
      const person = await personOf(context, resource)
      item.reason = await againstRecord(context, resource, person, patients.get(person ?? ''))
    } else if (resource.resourceType !== 'Observation') continue
    const old = tooLongAgo(resource, context)
    if (old) item.note = [item.note, old].filter(Boolean).join('. ')
  }
}

const checked: readonly string[] = ['Questionnaire', 'QuestionnaireResponse', 'Observation']

/** A file publishes, answers and scores by the same rules as a screen: what breaks one is refused by name. */
async function checkForms(context: RequestContext, items: readonly Fine[]): Promise<void> {
  const some = items.filter(
    ({ resource, stays, asWritten }) =>
      checked.includes(resource.resourceType) && !stays && !asWritten,
  )
  if (some.length === 0) return
  const standing = await standingRecords(
    context.service.sql,
    some.map(({ resource }) => resource),
  )
  const coming = some.map(({ resource }) => [nameOf(resource), resource as Resource] as const)
  const together = { ...context, pendingWrites: new Map([...context.pendingWrites, ...coming]) }
  for (const item of some) {
    const before = standing.get(nameOf(item.resource))
    const person = await personOf(context, item.resource)
    try {
      await guardAssessment(together, item.resource, { person, before })
    } catch (error) {
      item.reason = problemOf(error).message
    }
  }
}
