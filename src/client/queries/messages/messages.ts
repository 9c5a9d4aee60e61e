import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { isThreadMessage } from '#domain/message/is-message.ts'
import type { ThreadMessage } from '#domain/message/message.ts'
import {
  messageSeenFromFhir,
  messageSeenToFhir,
  threadMessageFromFhir,
  threadMessageToFhir,
} from '#domain/message/message-fhir.ts'
import { messageReadersAnswer, messagesAnswer } from '#domain/message/messages-answer.ts'
import { threadsFrom } from '#domain/message/threads.ts'

/** The threads about a person that this reader may see, the one with the last message first. */
export const threadsQuery = (person: string) =>
  queryOptions({
    queryKey: ['message-threads', person],
    queryFn: async ({ signal }) => {
      const found = await allRecords('Communication', { patient: `Patient/${person}` }, signal)
      return threadsFrom(
        found.flatMap((each) => threadMessageFromFhir(each) ?? []),
        found.flatMap((each) => messageSeenFromFhir(each) ?? []),
      )
    },
    meta: { kinds: ['Communication'] },
  })

/** Who reads a message about a person, and when. Unknown without a network: then nothing is said about it. */
export const whoReadsQuery = (person: string) =>
  queryOptions({
    queryKey: ['message-readers', person],
    // the team begins and stops work
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      messageReadersAnswer.read(
        await fhir.operation(`Patient/${person}/$message-readers`, undefined, signal),
      ),
    meta: { kinds: ['Organization', 'HealthcareService', 'EpisodeOfCare', 'Consent'] },
  })

/** Threads over everybody in whose care the reader is named. */
export const messagesQuery = (identity: string) =>
  queryOptions({
    queryKey: ['messages', identity],
    queryFn: async ({ signal }) =>
      messagesAnswer.read(await fhir.operation('Communication/$messages', undefined, signal)),
    meta: { kinds: ['Communication'] },
  })

type NewMessage = Pick<
  ThreadMessage,
  'id' | 'person' | 'thread' | 'readers' | 'carers' | 'topic' | 'words' | 'corrects' | 'fromMeeting'
>

/**
 * Sends a message; who answers has seen what stood before them, up to `seen`, and nothing that came since. The caller keeps
 * `id` over retries.
 */
export async function sendMessage(message: NewMessage, seen?: ThreadMessage): Promise<void> {
  await createOnce(threadMessageToFhir({ ...message, ...writtenNow(message.person) }), {
    dated: ['received'],
  })
  if (seen) await markMessageSeen(seen)
}

/** The reader has the thread before them, up to this message. */
export async function markMessageSeen({ id, person }: ThreadMessage): Promise<void> {
  const seen = { id: crypto.randomUUID(), person, upTo: id, ...writtenNow(person) }
  await createOnce(messageSeenToFhir(seen))
}

/** Marks one’s own message as sent by mistake. It stays, and says so. */
export async function markMessageError(id: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Communication', id },
        onto: (current) =>
          isThreadMessage(current) && current.status === 'completed'
            ? { ...current, id, status: 'entered-in-error' }
            : undefined,
      },
    ],
  })
}
