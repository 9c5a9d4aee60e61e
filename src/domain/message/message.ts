import type { Who } from '#domain/plan/plan.ts'
import type { MessageReaders } from './is-message.ts'

/** What a thread is about, in general: its title says nothing of illness, whoever looks over a shoulder. */
export const messageTopics = ['question', 'visit', 'help', 'paper', 'thanks', 'other'] as const
export type MessageTopic = (typeof messageTopics)[number]

/** A carer whom a thread names: `reference` of the RelatedPerson. */
export type MessageCarer = Readonly<{ reference: string; name: string }>

/** `talk`: id of what the meeting said about the person; `leave`: how the person said that the carer may know. */
export type ToldFromMeeting = Readonly<{ talk: string; leave: string }>

/** One message of a thread about a person. `at`, `came`: instants. */
export type ThreadMessage = Readonly<{
  id: string
  person: string
  /** id of the first message; its own for the first */
  thread: string
  readers: MessageReaders
  /** of a thread between carers and the team: these carers */
  carers?: readonly MessageCarer[]
  topic: MessageTopic
  words: string
  by: Who
  /** when it was written */
  at: string
  /** when it reached the service; absent: not there yet */
  came?: string
  /** it tells a carer what a team meeting decided, with the person’s leave */
  fromMeeting?: ToldFromMeeting
  /** id of the message that it corrects */
  corrects?: string
  /** its sender marked it as sent by mistake */
  isError: boolean
}>

/** Somebody has read a thread up to a message. */
export type MessageSeen = Readonly<{
  id: string
  person: string
  /** id of the last message that was shown */
  upTo: string
  by: Who
  at: string
}>

/** Our own limit: a message is short. The service accepts no more. */
export const longestMessage = 2_000
