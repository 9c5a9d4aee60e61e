import { againstRecord } from '#server/assessment/against-record.ts'
import { tooLongAgo } from '#server/assessment/raise-safety.ts'
import { personOf, type RequestContext } from '#server/http/request-context.ts'
import type { Fine } from './items.ts'

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
  for (const item of items) {
    const { resource } = item
    if (resource.resourceType === 'QuestionnaireResponse') {
      const person = await personOf(context, resource)
      item.reason = await againstRecord(context, resource, person, patients.get(person ?? ''))
    } else if (resource.resourceType !== 'Observation') continue
    const old = tooLongAgo(resource, context)
    if (old) item.note = [item.note, old].filter(Boolean).join('. ')
  }
}
