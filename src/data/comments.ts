import { answerToFhir, commentToFhir } from '#domain/agreement/message-fhir.ts'
import { noteChange } from './changes.ts'
import { fhir } from './fhir-client.ts'
import { FhirError } from './fhir-error.ts'
import { writtenNow } from './plan.ts'

/** A second arrival of the same message is the first one's. */
async function createOnce(message: Parameters<typeof fhir.create>[0]): Promise<void> {
  try {
    await fhir.create(message)
  } catch (error) {
    if (!(error instanceof FhirError && error.kind === 'stale')) throw error
  }
  await noteChange(['Communication'])
}

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
