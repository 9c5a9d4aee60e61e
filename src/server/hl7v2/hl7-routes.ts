import type { Actor } from '#domain/access/actor.ts'
import { bringingMessages } from '#domain/access/smart-scopes.ts'
import { type AckCode, ackText } from '#domain/hl7v2/ack.ts'
import { type Heading, headingOf } from '#domain/hl7v2/adt.ts'
import { type Message, parseMessage, type UnreadableMessage } from '#domain/hl7v2/message.ts'
import { toSender } from '#domain/hl7v2/reasons.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { messageBody, UnreadableText } from './message-body.ts'
import { type MessageProcessor, processMessage } from './message-processor.ts'
import type { StoredMessage } from './message-store.ts'

/** Who may send messages: an administrator, and a program of an organisation here with the scope for it. */
function bringsMessages({ role, organisation, scopes = [] }: Actor): boolean {
  if (role !== 'program') return role === 'admin'
  return organisation !== undefined && scopes.includes(bringingMessages)
}

/**
 * `POST /hl7`: one HL7 v2 message in, its acknowledgement out. AA (200) only if the stay is on disk; AE (422) if the
 * message is on hold; AR (400) if it is not a message for us. Refusals by sign-in or limits are not acknowledgements.
 */
export async function hl7Routes(request: Request, inbox: MessageProcessor): Promise<Response> {
  if (request.method !== 'POST') {
    const headers = { Allow: 'POST' }
    throw new FhirProblem(405, 'not-supported', 'Messages must be sent with POST', { headers })
  }
  if (!bringsMessages(inbox.actor)) throw forbidden(notBringing(inbox.actor))
  const message = await messageIn(request)
  if (message instanceof UnreadableText) return rejected(inbox, message.message)
  if ('fault' in message) return rejected(inbox, unreadable[message.fault])
  const heading = headingOf(message)
  if (!heading.id) return rejected(inbox, 'MSH-10 has no message id', heading)
  return answerFor(await processMessage(inbox, message), heading)
}

function notBringing({ role }: Actor): string {
  if (role !== 'program') return 'Your role cannot send messages'
  return `The access token needs the scope ${bringingMessages} and an organisation known here`
}

async function messageIn(request: Request): Promise<Message | UnreadableMessage | UnreadableText> {
  try {
    return parseMessage(await messageBody(request))
  } catch (error) {
    if (error instanceof UnreadableText) return error
    throw error
  }
}

const unreadable: Readonly<Record<UnreadableMessage['fault'], string>> = {
  'no-header': 'This is not an HL7 v2 message: it does not begin with MSH',
  batch: 'Send one message per request: files and batches are not split here',
  signs: 'MSH-1 and MSH-2 must name five different characters',
  'segment-name': 'A line does not begin with a segment name',
  'null-character': 'A field holds a null character',
}

/** A message that cannot even be identified is not stored: the sender still has it, and is told. */
function rejected({ now }: MessageProcessor, words: string, heading?: Heading): Response {
  const problem = { code: '207', words }
  return acknowledged(400, { code: 'AR', at: now, problem, ...(heading ? { heading } : {}) })
}

function answerFor({ state, reason, at }: StoredMessage, heading: Heading): Response {
  if (state === 'taken') return acknowledged(200, { code: 'AA', at: new Date(at), heading })
  const code: AckCode = reason === 'not-taken' ? 'AR' : 'AE'
  const problem = reason
    ? toSender[reason]
    : { code: '207', words: 'This message was checked by a person and will not be processed' }
  const answer = { code, at: new Date(at), heading, problem }
  return acknowledged(code === 'AR' ? 400 : 422, answer)
}

function acknowledged(status: number, answer: Parameters<typeof ackText>[0]): Response {
  return new Response(ackText(answer), {
    status,
    headers: {
      'Content-Type': 'application/hl7-v2; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}
