import { given } from '#domain/fhir/references-and-extensions.ts'
import type { Who } from '#domain/plan/plan.ts'
import type { MessageReaders } from './is-message.ts'
import type { MessageCarer, MessageSeen, MessageTopic, ThreadMessage } from './message.ts'

export type SeenBy = Readonly<{ who: Who; at: string }>

/** A message as a reader sees it: who has seen it, and what was put in its place. */
export type ShownMessage = ThreadMessage &
  Readonly<{ seenBy: readonly SeenBy[]; correctedBy?: ThreadMessage }>

export type MessageThread = Readonly<{
  id: string
  person: string
  readers: MessageReaders
  /** of a thread between carers and the team: these carers */
  carers?: readonly MessageCarer[]
  topic: MessageTopic
  /** the first one first */
  messages: readonly ShownMessage[]
  /** when the last one came */
  lastAt: string
}>

/** Threads of one person, the one with the last message first. */
export function threadsFrom(
  messages: readonly ThreadMessage[],
  seen: readonly MessageSeen[],
): readonly MessageThread[] {
  const threads = [...Map.groupBy(messages, ({ thread }) => thread)].flatMap(([id, found]) => {
    const sorted = found.toSorted((one, other) => time(one) - time(other))
    const first = sorted.find((each) => each.id === id) ?? sorted[0]
    const last = sorted.at(-1)
    if (!first || !last) return []
    const { person, readers, carers, topic } = first
    const whom = given('carers', carers)
    return [
      { id, person, readers, ...whom, topic, messages: shown(sorted, seen), lastAt: cameAt(last) },
    ]
  })
  return threads.toSorted((one, other) => Date.parse(other.lastAt) - Date.parse(one.lastAt))
}

const cameAt = ({ came, at }: ThreadMessage) => came ?? at
const time = (message: ThreadMessage) => Date.parse(cameAt(message))

function shown(
  messages: readonly ThreadMessage[],
  seen: readonly MessageSeen[],
): readonly ShownMessage[] {
  const known = new Map(messages.map((each) => [each.id, each]))
  const corrections = messages.filter(({ corrects }) => corrects && known.has(corrects))
  return messages
    .filter((each) => !corrections.includes(each))
    .map((message) => {
      const correctedBy = corrections.filter(({ corrects }) => corrects === message.id).at(-1)
      return {
        ...message,
        seenBy: whoHasSeen(correctedBy ?? message, { known, seen }),
        ...(correctedBy ? { correctedBy } : {}),
      }
    })
}

type Facts = Readonly<{
  known: ReadonlyMap<string, ThreadMessage>
  seen: readonly MessageSeen[]
}>

/**
 * Each reader once, the first time. Only a mark says it: what was written without a network may come after a message that its
 * writer never saw. The sender is not told.
 */
function whoHasSeen(message: ThreadMessage, { known, seen }: Facts): readonly SeenBy[] {
  const marked = seen.flatMap(({ upTo, by, at }): SeenBy[] => {
    const last = known.get(upTo)
    return last && time(last) >= time(message) ? [{ who: by, at }] : []
  })
  const first = new Map<string, SeenBy>()
  for (const each of marked.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)))
    if (each.who.reference !== message.by.reference && !first.has(each.who.reference))
      first.set(each.who.reference, each)
  return [...first.values()]
}

/** The last message that the reader has not seen; undefined if nothing is new to them. */
export function newTo(
  { messages }: Pick<MessageThread, 'messages'>,
  reader: string,
): ThreadMessage | undefined {
  return messages
    .filter(
      ({ by, seenBy, isError }) =>
        !isError && by.reference !== reader && !seenBy.some(({ who }) => who.reference === reader),
    )
    .map((each) => each.correctedBy ?? each)
    .toSorted((one, other) => time(one) - time(other))
    .at(-1)
}

/** Whether somebody of the team has seen it. */
export const isSeenByTeam = ({ seenBy }: Pick<ShownMessage, 'seenBy'>): boolean =>
  seenBy.some(({ who }) => who.voice === 'professional')
