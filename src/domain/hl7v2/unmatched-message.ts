import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { parseMessage, textAt } from './message.ts'
import { isReason, type Reason } from './reasons.ts'

/** A message from a hospital that waits for somebody to look at it. */
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
  /** whom it says it is about */
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

export function unmatchedMessagesFromParameters({ parameter = [] }: Parameters): UnmatchedMessages {
  const counts = parameter.filter(({ name }) => name === 'count').map(countFrom)
  return {
    counts,
    total: counts.reduce((sum, { many }) => sum + many, 0),
    messages: parameter.filter(({ name }) => name === 'message').map(messageFrom),
  }
}

const partOf = ({ part }: ParametersParameter, name: string) =>
  part?.find((each) => each.name === name)

const reasonOf = (line: ParametersParameter): Reason => {
  const code = partOf(line, 'reason')?.valueCode ?? ''
  return isReason(code) ? code : 'incomplete'
}

const countFrom = (line: ParametersParameter) => ({
  reason: reasonOf(line),
  many: partOf(line, 'many')?.valueInteger ?? 0,
})

function messageFrom(line: ParametersParameter): UnmatchedMessage {
  const words = (name: string) => partOf(line, name)?.valueString ?? ''
  const raw = words('raw')
  return {
    number: partOf(line, 'number')?.valueInteger ?? 0,
    ...{ from: words('from'), messageId: words('messageId'), raw, reason: reasonOf(line) },
    event: words('kind').split('^')[1] ?? words('kind'),
    came: partOf(line, 'came')?.valueInstant ?? '',
    ...personIn(raw),
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
