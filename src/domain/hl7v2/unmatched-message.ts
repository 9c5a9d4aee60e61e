import type { Parameters } from '@medplum/fhirtypes'
import {
  as,
  evenEmpty,
  group,
  instant,
  integer,
  list,
  oneOf,
  optional,
  parameters,
  text,
} from '#domain/fhir/parameters.ts'
import { parseMessage, textAt } from './message.ts'
import { type Reason, reasons } from './reasons.ts'

/** A hospital message on hold. */
export type UnmatchedMessage = Readonly<{
  number: number
  from: string
  messageId: string
  /** `A01`, or whatever it calls itself */
  event: string
  /** instant */
  came: string
  reason: Reason
  raw: string
  /** the person it says it is about */
  family: string
  given: string
  /** YYYY-MM-DD, or empty */
  birthDate: string
}>

export type UnmatchedMessages = Readonly<{
  counts: readonly Readonly<{ reason: Reason; many: number }>[]
  total: number
  messages: readonly UnmatchedMessage[]
}>

/** The result of `$kept-aside`. */
export const keptAsideParameters = parameters({
  counts: as('count', list(group({ reason: oneOf(reasons, 'incomplete'), many: integer }))),
  messages: as(
    'message',
    list(
      group({
        ...{ number: integer, from: text, messageId: text, kind: text, came: instant },
        ...{ reason: oneOf(reasons, 'incomplete'), raw: text },
      }),
    ),
  ),
})

/** The input of `$settle-kept-aside`: which messages, and why they are dismissed; otherwise they are tried again. */
export const settleRequest = parameters({
  messages: as('message', list(integer)),
  dismiss: evenEmpty(text),
})

/** How many of them are now processed, on hold, dismissed, or missing. */
export const settleAnswer = parameters({
  ...{ taken: optional(integer), aside: optional(integer) },
  ...{ dismissed: optional(integer), unknown: optional(integer) },
})

export function unmatchedMessagesFromParameters(answer: Parameters): UnmatchedMessages {
  const { counts, messages } = keptAsideParameters.read(answer)
  return {
    counts,
    total: counts.reduce((sum, { many }) => sum + many, 0),
    messages: messages.map(({ kind, ...message }) => ({
      ...message,
      event: kind.split('^')[1] ?? kind,
      ...personIn(message.raw),
    })),
  }
}

function personIn(raw: string): Pick<UnmatchedMessage, 'family' | 'given' | 'birthDate'> {
  const message = parseMessage(raw)
  if ('fault' in message) return { family: '', given: '', birthDate: '' }
  const born = /^(\d{4})(\d\d)(\d\d)/.exec(textAt(message, 'PID', 7))
  return {
    family: textAt(message, 'PID', 5),
    given: textAt(message, 'PID', 5, 2),
    birthDate: born ? born.slice(1, 4).join('-') : '',
  }
}
