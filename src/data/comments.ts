import { createOnce } from '#data/wire/create-once.ts'
import { answerToFhir, commentToFhir } from '#domain/agreement/message-fhir.ts'
import { writtenNow } from './plan.ts'

/** Says something about a record of the plan (`about`: e.g. `Goal/1`). The caller keeps `id` over retries. */
export async function addComment(comment: {
  id: string
  person: string
  about: string
  text: string
}): Promise<void> {
  await createOnce(commentToFhir({ ...comment, written: writtenNow(comment.person) }))
}

/** Says whether a promise was kept. */
export async function answerPromise(answer: {
  id: string
  person: string
  action: string
  happened: boolean
  words: string
}): Promise<void> {
  await createOnce(answerToFhir({ ...answer, ...writtenNow(answer.person) }))
}
