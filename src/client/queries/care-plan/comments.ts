import { createOnce } from '#client/fhir/create-once.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { answerToMessage, commentToMessage } from '#domain/agreement/comment-message.ts'
import type { PromiseAnswer } from '#domain/goal/goal.ts'
import { writtenNow } from './plan.ts'

/** Adds a comment about a record of the plan (`about`: for example `Goal/1`). The caller keeps `id` over retries. */
export async function addComment(comment: {
  id: string
  person: string
  about: string
  text: string
}): Promise<void> {
  await createOnce(commentToMessage({ ...comment, written: writtenNow(comment.person) }))
}

/** Says whether a promise was kept. */
export async function answerPromise(answer: {
  id: string
  person: string
  action: string
  happened: boolean
  words: string
}): Promise<void> {
  await createOnce(answerToMessage({ ...answer, ...writtenNow(answer.person) }))
}

/** Withdraws an answer: it stays in the history as an error, and the promise is asked about again. Safe to repeat. */
export async function takeBackAnswer({ id }: PromiseAnswer): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Communication', id },
        onto: (current) =>
          current?.resourceType === 'Communication' && current.status !== 'entered-in-error'
            ? { ...current, id, status: 'entered-in-error' }
            : undefined,
      },
    ],
  })
}
