import type { Messages } from '@lingui/core'

type Message = Messages[string]
type Tokens = Exclude<Message, string>

/** Between these characters a text has its own direction, and does not move what is around it. */
const start = '\u2068'
const end = '\u2069'

/**
 * Messages of a language that runs right to left: names, numbers and other people's words that are filled into a sentence
 * stay together and leave its order as it is.
 */
export const isolatedMessages = (messages: Messages): Messages =>
  Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, isolated(message)]))

function isolated(message: Message): Message {
  if (typeof message === 'string') return message
  return message.flatMap(withMarks) as Tokens
}

function withMarks(token: Tokens[number]): readonly unknown[] {
  if (typeof token === 'string') return [token]
  const [name, kind, choices] = token
  if (kind === undefined) return [start, token, end]
  if (typeof choices !== 'object') return [token]
  const inside = Object.entries(choices as Record<string, Message | number | undefined>).map(
    ([form, words]) => [form, Array.isArray(words) ? isolated(words as Message) : words],
  )
  return [[name, kind, Object.fromEntries(inside)]]
}
