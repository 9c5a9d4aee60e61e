import type { Appointment, Communication } from '@medplum/fhirtypes'
import {
  as,
  boolean,
  dateTime,
  day,
  group,
  type In,
  id,
  idOf,
  integer,
  list,
  must,
  namedReference,
  optional,
  parameters,
  record,
  text,
  wordOf,
} from '#domain/fhir/parameters.ts'
import { type AgendaKind, agendaKinds } from './agenda.ts'
import { decisionKinds, presences, talkSteps } from './team-talk.ts'

/** One of these words; every other is refused. */
const choice = <T extends string>(words: readonly T[]) =>
  must(wordOf<T>(), (word) => words.includes(word), `must be one of ${words.join(', ')}`)

const reason = group({
  kind: wordOf<AgendaKind>(),
  words: text,
  by: optional(text),
  at: text,
})

const who = { id: as('who', idOf('Patient')), family: text, given: text, birthDate: text }

/** The answer of `$meeting-agenda`: whom the team could talk about, and why. */
export const meetingAgenda = parameters({
  people: as('person', list(group({ ...who, reasons: as('reason', list(reason)) }))),
})

const member = group({ who: namedReference })

/** The input of `$plan-meeting`: a new meeting, or more people on the agenda of one. */
export const planMeetingRequest = parameters({
  ...{ id, title: text, start: dateTime, minutes: integer },
  members: as('member', list(member)),
  /** why: the kind of the reason only. Words have their own readers, and stay where they were said */
  people: as(
    'person',
    list(group({ id: as('who', idOf('Patient')), why: optional(choice(agendaKinds)) })),
  ),
})
export type PlanMeeting = In<typeof planMeetingRequest>

/** The answer of `$meetings`. */
export const meetingsParameters = parameters({
  meetings: as(
    'meeting',
    list(group({ id, title: text, start: dateTime, people: integer, done: integer })),
  ),
})
export type MeetingLine = In<typeof meetingsParameters>['meetings'][number]

export const meetingRequest = parameters({ id })

/** The answer of `$meeting`: what it says about each person whom the caller may see. */
export const meetingParameters = parameters({
  next: optional(dateTime),
  people: as(
    'person',
    list(
      group({
        ...who,
        talk: record<Appointment>('Appointment'),
        letter: record<Communication>('Communication'),
        asks: as('ask', list(record<Communication>('Communication'))),
        question: text,
        mayWrite: boolean,
      }),
    ),
  ),
})

/** The input of `$meeting-step`, about one person at a meeting. */
export const meetingStepRequest = parameters({
  talk: id,
  kind: choice(talkSteps),
  minutes: integer,
  words: text,
  /** of `bring`: made by the client, so that a retry adds nothing */
  newId: id,
  /** of `presence` */
  member: optional(namedReference),
  presence: optional(choice(presences)),
})
export type MeetingStep = In<typeof meetingStepRequest>

/** The input of `$record-decision`. */
export const recordDecisionRequest = parameters({
  talk: id,
  /** made by the client, so that a retry adds nothing */
  newId: id,
  kind: choice(decisionKinds),
  words: text,
  owner: namedReference,
  by: day,
  to: optional(namedReference),
  goal: optional(id),
  dissent: list(group({ by: text, words: text })),
})
export type RecordDecision = In<typeof recordDecisionRequest>

/** The input of `$meeting-letter`: it is sent once, after somebody has read it. */
export const meetingLetterRequest = parameters({
  talk: id,
  newId: id,
  /** how many decisions the reader saw */
  seen: integer,
  question: text,
  lines: as('line', list(group({ id, words: text }))),
  added: text,
  phone: text,
})
export type LetterToSend = In<typeof meetingLetterRequest>
