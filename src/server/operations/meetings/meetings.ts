import type { Communication } from '@medplum/fhirtypes'
import { addDays } from '#domain/calendar/days.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import { idIn } from '#domain/fhir/references-and-extensions.ts'
import { meetingLetterCode } from '#domain/meeting/is-team-meeting.ts'
import {
  type MeetingLine,
  meetingParameters,
  meetingRequest,
  meetingsParameters,
} from '#domain/meeting/meeting-parameters.ts'
import { note } from '#server/http/request-context.ts'
import { askedParameters } from '#server/operations/asked-parameters.ts'
import type { Operation, OperationCall } from '#server/operations/operation.ts'
import { FhirProblem, notFound } from '#server/problem.ts'
import { scopeSql } from '#server/store/access/scope-sql.ts'
import { Params } from '#server/store/params.ts'
import { storedRecord } from '#server/store/stored-json.ts'
import { askRecordsOf } from './open-asks.ts'
import { ownQuestions } from './own-questions.ts'
import { peopleNamedFor } from './people-named-for.ts'
import {
  isOfTeam,
  mustBeProfessional,
  type StoredTalk,
  talksOfMeeting,
  talksSince,
} from './stored-talks.ts'

/** Days: meetings that were longer ago are in the people’s records. */
const shownDays = 90

/** The coming and the last team meetings about people whom the caller may see. */
export const meetingsOperation: Operation = {
  name: 'meetings',
  on: 'type',
  type: 'Appointment',
  changes: false,
  purpose:
    'Team meetings of the last 90 days and to come about people within the caller’s reach, with how many people were talked about',
  async run(call) {
    mustBeProfessional(call.actor)
    const talks = await talksSince(call, addDays(call.today, -shownDays))
    const byMeeting = Map.groupBy(talks, ({ talk }) => talk.meeting)
    return meetingsParameters.write({ meetings: [...byMeeting.values()].map(lineOf) })
  },
}

function lineOf(talks: readonly StoredTalk[]): MeetingLine {
  const [first] = talks
  return {
    ...{ id: first?.talk.meeting ?? '', title: first?.talk.title ?? '' },
    ...{ start: first?.talk.start ?? '', people: talks.length },
    done: talks.filter(({ talk }) => talk.state === 'done' || talk.state === 'later').length,
  }
}

/** One meeting: for each person whom the caller may see, what was asked, brought, decided and written to them. */
export const meetingOperation: Operation = {
  name: 'meeting',
  on: 'type',
  type: 'Appointment',
  changes: false,
  purpose:
    'One team meeting (id): for each person within the caller’s reach the Appointment that holds clock, attendance, what was brought and decided, the letter, and what was asked',
  async run(call) {
    mustBeProfessional(call.actor)
    const { id } = askedParameters(call, meetingRequest)
    if (id === '') throw new FhirProblem(400, 'required', 'Say which meeting (id)')
    const talks = await talksOfMeeting(call, id)
    if (talks.length === 0) throw notFound()
    const ids = talks.map(({ talk }) => talk.person)
    const names = await peopleNamedFor(call, ids)
    const asks = Map.groupBy(
      await askRecordsOf(
        call,
        talks.map(({ talk }) => talk.id),
      ),
      ({ subject }) => idIn(subject?.reference),
    )
    const letters = await lettersOf(call, talks)
    const questions = await ownQuestions(call, talks)
    const people = []
    for (const { record, talk } of talks) {
      const who = names.get(talk.person)
      if (!who) continue
      const letter = letters.get(talk.id)
      people.push({
        ...{ ...who, talk: record, asks: asks.get(talk.person) ?? [] },
        ...(letter ? { letter } : {}),
        question: questions.get(talk.person) ?? '',
        mayWrite: await isOfTeam(call.context, talk.person),
      })
    }
    const shown = people.map((each) => [each.id, [`Appointment/${each.talk.id}`]] as const)
    await note(call.context, new Map(shown), { act: 'R', way: '$meeting' })
    return meetingParameters.write({ people, ...(await nextMeeting(call, talks)) })
  },
}

/** When this organisation meets next, as far as the caller knows. */
async function nextMeeting(call: OperationCall, talks: readonly StoredTalk[]) {
  const [first] = talks
  const start = first?.talk.start ?? ''
  const later = (await talksSince(call, start))
    .filter(({ talk }) => talk.start > start)
    .filter(({ talk }) => talk.organisation?.id === first?.talk.organisation?.id)
  const next = later.map(({ talk }) => talk.start).toSorted()[0]
  return next ? { next } : {}
}

type Row = Readonly<{ id: string; content: unknown }>

async function lettersOf(
  { sql, scope, now }: OperationCall,
  talks: readonly StoredTalk[],
): Promise<ReadonlyMap<string, Communication>> {
  const params = new Params()
  const people = params.add(
    talks.map(({ talk }) => talk.person),
    'text[]',
  )
  const { rows } = await sql.query<Row>(
    `select r.id, r.content from resource r where r.rt = 'Communication' and r.person = any(${people})
       and r.content -> 'category' @> '[{"coding":[{"system":"${gableCodeSystem}","code":"${meetingLetterCode}"}]}]'
       and ${scopeSql(scope, 'r', params, now)}`,
    params.values,
  )
  return new Map(
    rows.map(({ id, content }) => {
      const letter = { ...(storedRecord(content) as Communication), id }
      return [idIn(letter.about?.[0]?.reference), letter]
    }),
  )
}
