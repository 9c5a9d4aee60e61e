import type { Communication, Extension } from '@medplum/fhirtypes'
import { usualZone } from '#domain/calendar/zone.ts'
import {
  extensionOf,
  extensionsOf,
  given,
  idIn,
  ownCode,
  referenceTo,
  whoFrom,
  withExtensions,
} from '#domain/fhir/references-and-extensions.ts'
import { writtenDay } from '#domain/plan/document/written-day.ts'
import type { Who } from '#domain/plan/plan.ts'
import { isMeetingLetter, meetingLetterCode } from './is-team-meeting.ts'
import { type DecisionKind, decisionKinds, type MeetingDecision } from './team-talk.ts'

/** One decision as the letter tells it: its words can be said more plainly, owner and day stay. */
export type LetterLine = Readonly<{
  kind: DecisionKind
  words: string
  owner: string
  /** `YYYY-MM-DD` */
  by: string
  to?: string
}>

/** What the person is told after a meeting: the frame speaks their language, the words are as they were written. */
export type MeetingLetter = Readonly<{
  id: string
  person: string
  talk: string
  by: Who
  /** instant */
  at: string
  /** the day of the meeting, `YYYY-MM-DD` */
  day: string
  /** what the person had asked; empty if nothing */
  question: string
  lines: readonly LetterLine[]
  added: string
  /** day of the next meeting, if it is known */
  next?: string
  /** how to say that it is not right */
  phone: string
  /** made by whoever sent it, so that a retry is known again */
  sentAs?: string
}>

/** The lines of the letter that follow from what was decided. */
export const linesFrom = (decisions: readonly MeetingDecision[]): readonly LetterLine[] =>
  decisions.map(({ kind, words, owner, by, to }) => ({
    ...{ kind, words, owner: owner.name, by },
    ...given('to', to),
  }))

const text = (url: string, valueString: string | undefined) =>
  valueString ? [{ url, valueString }] : []

const lineTo = ({ kind, words, owner, by, to }: LetterLine) => ({
  extension: [
    { url: 'kind', valueCode: kind },
    ...text('words', words),
    ...text('owner', owner),
    { url: 'day', valueDate: by },
    ...text('to', to),
  ],
})

function lineFrom({ extension = [] }: Extension): LetterLine {
  const part = (url: string) => extension.find((each) => each.url === url)
  const said = (url: string) => part(url)?.valueString ?? ''
  const kind = part('kind')?.valueCode
  return {
    kind: decisionKinds.find((each) => each === kind) ?? 'task',
    ...{ words: said('words'), owner: said('owner'), by: part('day')?.valueDate ?? '' },
    ...given('to', said('to') || undefined),
  }
}

/** It is a message to the person, and about what the meeting said. */
export function meetingLetterToFhir(letter: MeetingLetter): Communication & { id: string } {
  const { id, person, talk, by, at, day, question, added, next, phone, sentAs } = letter
  return {
    ...{ resourceType: 'Communication', id, status: 'completed' },
    category: [ownCode(meetingLetterCode)],
    subject: { reference: `Patient/${person}` },
    about: [{ reference: `Appointment/${talk}` }],
    recipient: [{ reference: `Patient/${person}` }],
    ...{ sender: referenceTo(by), sent: at },
    payload: [{ contentString: letterInWords(letter) }],
    ...withExtensions(undefined, {
      'meeting-letter': [
        {
          extension: [
            { url: 'day', valueDate: day },
            ...text('question', question),
            ...text('added', added),
            ...text('phone', phone),
            ...text('sent-as', sentAs),
            ...(next ? [{ url: 'next', valueDate: next }] : []),
          ],
        },
      ],
      'meeting-letter-line': letter.lines.map(lineTo),
    }),
  }
}

export function meetingLetterFromFhir(message: Communication): MeetingLetter | undefined {
  const by = whoFrom(message.sender)
  if (!by || !isMeetingLetter(message) || message.status !== 'completed') return undefined
  const said = extensionOf(message, 'meeting-letter')?.extension ?? []
  const part = (url: string) => said.find((each) => each.url === url)
  const words = (url: string) => part(url)?.valueString ?? ''
  return {
    ...{ id: message.id ?? '', person: idIn(message.subject?.reference), by },
    ...{ talk: idIn(message.about?.[0]?.reference), at: message.sent ?? '' },
    ...{ day: part('day')?.valueDate ?? '', question: words('question') },
    lines: extensionsOf(message, 'meeting-letter-line').map(lineFrom),
    ...{ added: words('added'), phone: words('phone') },
    ...given('next', part('next')?.valueDate),
    ...given('sentAs', part('sent-as')?.valueString),
  }
}

/** The whole letter in plain English, for other systems that read the message. */
function letterInWords(letter: MeetingLetter): string {
  const { day, question, lines, added, next, by, phone } = letter
  return [
    `Your team talked about you on ${writtenDay(day, usualZone)}.`,
    question ? `You asked us: “${question}”` : '',
    'This is what we decided:',
    ...lines.map(lineInWords),
    added,
    next ? `We meet again on ${writtenDay(next, usualZone)}.` : '',
    `Is this not right? Tell ${by.name}${phone ? `: ${phone}` : ''}.`,
  ]
    .filter(Boolean)
    .join('\n\n')
}

function lineInWords({ kind, words, owner, by, to }: LetterLine): string {
  const day = writtenDay(by, usualZone)
  switch (kind) {
    case 'plan':
      return `We suggest a change to your plan: ${words} Nothing changes until you say yes. ${owner} will ask you by ${day}.`
    case 'goal':
      return `We suggest a new goal for you: ${words} It comes into your plan only if you say yes. ${owner} will ask you by ${day}.`
    case 'step':
      return `We suggest a new step in your plan: ${words} It comes into your plan only if you say yes. ${owner} will ask you by ${day}.`
    case 'referral':
      return `We have asked ${to ?? ''} to help: ${words} ${owner} will find out what came of it by ${day}.`
    case 'unmet-need':
      return `We cannot find anyone for this yet: ${words} We are sorry. ${owner} will look again by ${day}.`
    default:
      return `${words} ${owner} will do this by ${day}.`
  }
}
