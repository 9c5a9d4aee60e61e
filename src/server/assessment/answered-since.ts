import type { Resource } from '@medplum/fhirtypes'
import { storedRecord } from '#server/store/stored-json.ts'
import { type AnswerPlace, type GivenAnswer, type GivenAnswers, takenAt } from './given-answers.ts'

/** Whether the person answered the same questions again after these answers. */
export async function wasAnsweredSince(
  { service }: AnswerPlace,
  { person, resource }: GivenAnswer,
  isSame: (other: GivenAnswers) => Promise<boolean>,
): Promise<boolean> {
  const at = Date.parse(takenAt(resource) ?? '')
  // of Observations, the answers to item 9 and the totals of PHQ-9 that are separate records
  const { rows } = await service.sql.query<{ id: string; content: Resource | string }>(
    `select id, content from resource where person = $1 and content is not null
     and (rt = 'QuestionnaireResponse' or (rt = 'Observation' and content::text ~ '4426[01]-'))`,
    [person],
  )
  for (const { id, content } of rows) {
    const other = storedRecord(content) as GivenAnswers
    const isLater = Date.parse(takenAt(other) ?? '') > at
    if (id !== resource.id && isLater && (await isSame(other))) return true
  }
  return false
}
