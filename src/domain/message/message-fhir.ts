import type { Communication, Reference } from '@medplum/fhirtypes'
import { professionalOnly } from '#domain/access/labels/between.ts'
import {
  extensionOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import {
  isMessageSeen,
  isThreadMessage,
  messageCode,
  messageSeenCode,
  readersOf,
} from './is-message.ts'
import {
  type MessageCarer,
  type MessageSeen,
  messageTopics,
  type ThreadMessage,
  type ToldFromMeeting,
} from './message.ts'

export function threadMessageToFhir(
  message: Omit<ThreadMessage, 'isError' | 'came'>,
): Communication & { id: string } {
  const { id, person, thread, readers, carers = [], topic, words, by, at, corrects } = message
  return {
    ...{ resourceType: 'Communication', id, status: 'completed', category: [ownCode(messageCode)] },
    ...(readers === 'team' ? { meta: { security: [{ ...professionalOnly }] } } : {}),
    ...{ subject: { reference: `Patient/${person}` }, topic: ownCode(topic) },
    ...(thread === id ? {} : { inResponseTo: [{ reference: `Communication/${thread}` }] }),
    ...(readers === 'carer' && carers.length > 0
      ? { recipient: carers.map(({ reference, name: display }) => ({ reference, display })) }
      : {}),
    ...{ sender: referenceTo(by), sent: at, payload: [{ contentString: words }] },
    ...withExtensions(undefined, {
      'message-readers': [{ valueCode: readers }],
      'from-meeting': meetingTo(message.fromMeeting),
      corrects: corrects ? [{ valueReference: { reference: `Communication/${corrects}` } }] : [],
    }),
  }
}

/** Undefined for a message of another kind. One that was sent by mistake stays, and says so. */
export function threadMessageFromFhir(message: Communication): ThreadMessage | undefined {
  const by = whoFrom(message.sender)
  const readers = readersOf(message)
  if (!isThreadMessage(message) || !by || !readers || !message.sent) return undefined
  const { id = '', sent, received, subject, inResponseTo, payload, status } = message
  const code = message.topic?.coding?.[0]?.code
  return {
    ...{ id, person: idIn(subject?.reference), readers, by, at: sent },
    thread: idIn(inResponseTo?.[0]?.reference) || id,
    topic: messageTopics.find((each) => each === code) ?? 'other',
    words: payload?.[0]?.contentString ?? '',
    ...(readers === 'carer' ? { carers: carersIn(message) } : {}),
    ...given('fromMeeting', fromMeetingIn(message)),
    ...given('came', received),
    ...given('corrects', idIn(extensionOf(message, 'corrects')?.valueReference?.reference)),
    isError: status === 'entered-in-error',
  }
}

const meetingTo = (from: ToldFromMeeting | undefined) =>
  from
    ? [
        {
          extension: [
            { url: 'talk', valueReference: { reference: `Appointment/${from.talk}` } },
            ...(from.leave.trim() ? [{ url: 'leave', valueString: from.leave }] : []),
          ],
        },
      ]
    : []

/** Undefined for a message that tells nothing of a meeting. A reader who may not know of the meeting reads the leave alone. */
export function fromMeetingIn(message: Communication): ToldFromMeeting | undefined {
  const said = extensionOf(message, 'from-meeting')?.extension
  if (!said) return undefined
  const part = (url: string) => said.find((each) => each.url === url)
  return {
    talk: idIn(part('talk')?.valueReference?.reference),
    leave: part('leave')?.valueString ?? '',
  }
}

const carersIn = ({ recipient = [] }: Communication): readonly MessageCarer[] =>
  recipient.flatMap(({ reference, display = '' }) =>
    reference?.startsWith('RelatedPerson/') ? [{ reference, name: display }] : [],
  )

/** The message as one between these carers and the team. */
export const betweenCarers = <T extends Communication>(
  message: T,
  carers: readonly Reference[],
): T => ({
  ...message,
  recipient: [...carers],
  ...withExtensions(message, { 'message-readers': [{ valueCode: 'carer' }] }),
})

export const messageSeenToFhir = ({
  id,
  person,
  upTo,
  by,
  at,
}: MessageSeen): Communication & { id: string } => ({
  ...{
    resourceType: 'Communication',
    id,
    status: 'completed',
    category: [ownCode(messageSeenCode)],
  },
  ...{ subject: { reference: `Patient/${person}` } },
  ...{ about: [{ reference: `Communication/${upTo}` }], sender: referenceTo(by), sent: at },
})

export function messageSeenFromFhir(message: Communication): MessageSeen | undefined {
  const by = whoFrom(message.sender)
  const upTo = idIn(message.about?.[0]?.reference)
  if (!isMessageSeen(message) || !by || !upTo || message.status !== 'completed') return undefined
  return {
    ...{ id: message.id ?? '', person: idIn(message.subject?.reference), upTo, by },
    at: message.sent ?? '',
  }
}
