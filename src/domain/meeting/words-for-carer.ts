import { writtenDay } from '#domain/plan/document/written-day.ts'
import type { LetterLine, MeetingLetter } from './letter.ts'

type Facts = Readonly<{ givenName: string; zone: string }>

/** What was decided, in plain words for somebody who helps the person: to be read, and changed, before it is sent. */
export function wordsForCarer(
  { day, lines, phone, by }: Pick<MeetingLetter, 'day' | 'lines' | 'phone' | 'by'>,
  facts: Facts,
): string {
  const { givenName, zone } = facts
  return [
    `The team talked about ${givenName} on ${writtenDay(day, zone)}. ${givenName} agreed that you are told.`,
    ...lines.map((line) => lineFor(line, facts)),
    `Is something not right? Tell ${by.name}${phone ? `: ${phone}` : ''}.`,
  ].join('\n\n')
}

function lineFor({ kind, words, owner, by, to }: LetterLine, { givenName, zone }: Facts): string {
  const day = writtenDay(by, zone)
  switch (kind) {
    case 'plan':
    case 'goal':
    case 'step':
      return `We suggest this to ${givenName}: ${words} Nothing changes until ${givenName} says yes. ${owner} will ask by ${day}.`
    case 'referral':
      return `We have asked ${to ?? 'somebody'} to help: ${words} ${owner} will find out what came of it by ${day}.`
    case 'unmet-need':
      return `We cannot find anyone for this yet: ${words} ${owner} will look again by ${day}.`
    default:
      return `${words} ${owner} will do this by ${day}.`
  }
}
