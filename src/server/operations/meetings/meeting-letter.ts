import type { Resource } from '@medplum/fhirtypes'
import { dayOf } from '#domain/calendar/zone.ts'
import { given } from '#domain/fhir/references-and-extensions.ts'
import {
  linesFrom,
  type MeetingLetter,
  meetingLetterFromFhir,
  meetingLetterToFhir,
} from '#domain/meeting/letter.ts'
import { type LetterToSend, meetingLetterRequest } from '#domain/meeting/meeting-parameters.ts'
import { longestMeetingWords, type TeamTalk } from '#domain/meeting/team-talk.ts'
import { writerOf } from '#server/agreement/own-words.ts'
import { keepRecords } from '#server/carer/keep-records.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { mustBeLiving } from '#server/integrity/after-death.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { FhirProblem } from '#server/problem.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { mustBeProfessional, talksSince, talkToChange } from './stored-talks.ts'

/**
 * The letter to the person about what a meeting decided. Whoever sends it has read it: it follows the decisions that
 * they saw, and its owners and days are those of the decisions. It is sent once; a retry (newId) gets what was sent.
 */
export const meetingLetterOperation: Operation = {
  name: 'meeting-letter',
  on: 'type',
  type: 'Appointment',
  changes: true,
  purpose:
    'Sends the person what a team meeting decided (talk): newId, seen (how many decisions the sender saw), question, line (id of the decision, words in plainer English), added, phone; for professionals who care for the person; returns the Communication',
  async run(call) {
    mustBeProfessional(call.actor)
    const asked = askedParameters(call, meetingLetterRequest)
    if (asked.talk === '') throw new FhirProblem(400, 'required', 'Say which letter (talk)')
    return await withinRecord(call.context, async (inside) => {
      const { talk } = await talkToChange(inside, asked.talk)
      const id = `letter-${talk.id}`
      const stands = await inside.service.store.read('Communication', id, everyone)
      if (stands?.resource)
        return sameLetter(stands.resource, await letterOf(inside, talk, asked, id))
      mustBeSound(asked, talk)
      await mustBeLiving(inside, talk.person, 'message')
      const record = meetingLetterToFhir(await letterOf(inside, talk, asked, id))
      await keepRecords(inside, [record], { person: talk.person, way: '$meeting-letter' })
      return record
    })
  },
}

/** A retry of what has been sent; any other letter comes too late. */
function sameLetter(stands: Resource, asked: MeetingLetter): Resource {
  const sent = stands.resourceType === 'Communication' ? meetingLetterFromFhir(stands) : undefined
  if (sent && sent.sentAs === asked.sentAs && saidIn(sent) === saidIn(asked)) return stands
  throw new FhirProblem(409, 'conflict', 'This letter has been sent already')
}

const saidIn = ({ question, lines, added, phone }: MeetingLetter) =>
  JSON.stringify([question, lines, added, phone])

const invalid = (words: string, parameter: string) =>
  new FhirProblem(422, 'business-rule', words, { expression: parameter })

function mustBeSound({ seen, lines, question, added, phone }: LetterToSend, talk: TeamTalk): void {
  if (talk.decisions.length === 0)
    throw invalid('Nothing is decided yet, so there is nothing to write', 'talk')
  if (seen !== talk.decisions.length)
    throw new FhirProblem(
      ...([409, 'conflict'] as const),
      'Somebody added a decision. Read the letter again before you send it',
    )
  if (
    [...lines.map(({ words }) => words), question, added].some(
      (each) => each.length > longestMeetingWords,
    )
  )
    throw invalid(`Use at most ${longestMeetingWords} characters`, 'line')
  if (phone.length > 60) throw invalid('Use at most 60 characters for the telephone', 'phone')
}

async function letterOf(
  context: RequestContext,
  talk: TeamTalk,
  { lines, question, added, phone, newId }: LetterToSend,
  id: string,
): Promise<MeetingLetter> {
  const said = new Map(lines.map((line) => [line.id, line.words.trim()]))
  const reading = { sql: context.sql, scope: context.accessScope.scope, now: context.now }
  const later = (await talksSince(reading, talk.start)).filter(
    (each) => each.talk.start > talk.start && each.talk.organisation?.id === talk.organisation?.id,
  )
  const next = later.map((each) => each.talk.start).toSorted()[0]
  return {
    ...{ id, person: talk.person, talk: talk.id, by: writerOf(context, talk.person).who },
    ...{ at: context.now.toISOString(), day: dayOf(talk.start, context.zone) },
    question: question.trim(),
    lines: linesFrom(talk.decisions).map((line, place) => ({
      ...line,
      words: said.get(talk.decisions[place]?.id ?? '') || line.words,
    })),
    ...{ added: added.trim(), phone: phone.trim() },
    ...given('next', next && dayOf(next, context.zone)),
    ...given('sentAs', newId || undefined),
  }
}
