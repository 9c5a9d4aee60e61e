import type { MessageReaders } from '#domain/message/is-message.ts'
import type { MessageCarer } from '#domain/message/message.ts'

/** Who reads a thread, as one chooses it. */
export type MessageAudience = Readonly<{
  key: string
  readers: MessageReaders
  /** of a thread between carers and the team */
  carers: readonly MessageCarer[]
}>

/**
 * A new thread is with one carer at a time: each carer is a choice. One choice alone is the thread that is answered, or what
 * a carer begins, and has all of its carers.
 */
export function audiencesFor(
  choices: readonly MessageReaders[],
  carers: readonly MessageCarer[],
): readonly MessageAudience[] {
  return choices.flatMap((readers): MessageAudience[] => {
    if (readers !== 'carer') return [{ key: readers, readers, carers: [] }]
    if (choices.length === 1) return [{ key: readers, readers, carers }]
    return carers.map((each) => ({ key: each.reference, readers, carers: [each] }))
  })
}
