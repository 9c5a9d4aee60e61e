import type { Heading } from './adt.ts'
import { messageOf, printMessage } from './message.ts'

/** AA processed; AE understood, but not processed; AR not a message for us at all. */
export type AckCode = 'AA' | 'AE' | 'AR'

type Answer = Readonly<{
  code: AckCode
  /** when the message came: the same message gets the same answer, character for character */
  at: Date
  heading?: Heading
  problem?: Readonly<{ code: string; words: string }>
}>

/** The acknowledgement as text: MSH, MSA, and an ERR with a text if something was wrong. */
export function ackText({ code, at, heading, problem }: Answer): string {
  const stamp = `${at.toISOString().replace(/\D/g, '').slice(0, 14)}+0000`
  const event = heading?.kind.split('^')[1] ?? ''
  const version = heading?.version || '2.5'
  const id = heading?.id ?? ''
  return printMessage(
    messageOf([
      [
        ...['MSH', '^~\\&', 'GABLE', 'GABLE', heading?.sender ?? '', heading?.facility ?? ''],
        ...[stamp, '', ['ACK', event].filter(Boolean), `ACK-${id}`.slice(0, 50), 'P', version],
        ...['', '', '', '', '', 'UNICODE UTF-8'],
      ],
      ['MSA', code, id, ...(problem ? [problem.words] : [])],
      ...(problem
        ? [['ERR', '', '', [problem.code, '', 'HL70357'], 'E', '', '', '', problem.words]]
        : []),
    ]),
  )
}
