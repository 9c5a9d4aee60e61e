import { queryOptions } from '@tanstack/react-query'
import { allRecords } from '#client/fhir/all-records.ts'
import { noteChangeEvent } from '#client/fhir/change-events.ts'
import { createOnce } from '#client/fhir/create-once.ts'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { saveTogether } from '#client/forms/save-record.ts'
import { writtenNow } from '#client/queries/care-plan/plan.ts'
import { askFromFhir, askToFhir } from '#domain/meeting/ask-fhir.ts'
import { meetingAskCode, meetingLetterCode } from '#domain/meeting/is-team-meeting.ts'
import { meetingLetterFromFhir } from '#domain/meeting/letter.ts'
import {
  type LetterToSend,
  type MeetingStep,
  meetingAgenda,
  meetingLetterRequest,
  meetingParameters,
  meetingRequest,
  meetingStepRequest,
  meetingsParameters,
  type PlanMeeting,
  planMeetingRequest,
  type RecordDecision,
  recordDecisionRequest,
} from '#domain/meeting/meeting-parameters.ts'
import { talkFromFhir } from '#domain/meeting/talk-fhir.ts'
import { MeetingMovedOn } from './meeting-moved-on.ts'

const kinds = ['Appointment', 'Communication']

/** Team meetings of the last months and to come. */
export const meetingsQuery = (identity: string) =>
  queryOptions({
    queryKey: ['meetings', identity],
    queryFn: async ({ signal }) =>
      meetingsParameters.read(await fhir.operation('Appointment/$meetings', undefined, signal))
        .meetings,
    meta: { kinds: ['Appointment'] },
  })

/** Whom a meeting could talk about, and why. */
export const meetingAgendaQuery = (identity: string) =>
  queryOptions({
    queryKey: ['meeting-agenda', identity],
    // days pass, and what is overdue with them
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) =>
      meetingAgenda.read(await fhir.operation('Appointment/$meeting-agenda', undefined, signal))
        .people,
    meta: { kinds: [...kinds, 'Task', 'Encounter', 'Observation', 'Condition', 'CarePlan'] },
  })

/** One meeting: every screen that shows it follows what the others write. */
export const meetingQuery = (meeting: string) =>
  queryOptions({
    queryKey: ['meeting', meeting],
    queryFn: async ({ signal }) => {
      const { people, next } = meetingParameters.read(
        await fhir.operation('Appointment/$meeting', meetingRequest.write({ id: meeting }), signal),
      )
      return {
        next,
        people: people.flatMap(({ talk: record, letter, asks, ...who }) => {
          const talk = record && talkFromFhir(record)
          if (!talk) return []
          return [
            {
              ...{ ...who, talk },
              letter: letter && meetingLetterFromFhir(letter),
              asks: asks.flatMap((each) => askFromFhir(each) ?? []),
            },
          ]
        }),
      }
    },
    meta: { kinds },
  })

export type PersonAtMeeting = Awaited<
  ReturnType<NonNullable<ReturnType<typeof meetingQuery>['queryFn']>>
>['people'][number]

/** Whatever came of it, what others wrote meanwhile is read. */
async function sent(send: () => Promise<unknown>, more: readonly string[] = []): Promise<void> {
  try {
    await send()
  } catch (error) {
    throw error instanceof FhirError && error.status === 409
      ? new MeetingMovedOn(error.message, { cause: error })
      : error
  } finally {
    await noteChangeEvent([...kinds, ...more])
  }
}

export const planMeeting = (asked: PlanMeeting) =>
  sent(() => fhir.operation('Appointment/$plan-meeting', planMeetingRequest.write(asked)))

type Step = Pick<MeetingStep, 'talk' | 'kind'> & Partial<MeetingStep>

export const takeStep = (step: Step) =>
  sent(() =>
    fhir.operation(
      'Appointment/$meeting-step',
      meetingStepRequest.write({ minutes: 0, words: '', newId: '', ...step }),
    ),
  )

export const recordDecision = (decision: RecordDecision) =>
  sent(
    () => fhir.operation('Appointment/$record-decision', recordDecisionRequest.write(decision)),
    ['Task', 'Condition', 'ServiceRequest'],
  )

export const sendMeetingLetter = (letter: LetterToSend) =>
  sent(() => fhir.operation('Appointment/$meeting-letter', meetingLetterRequest.write(letter)))

/** Asks that the team talks about somebody. The caller keeps `id` over retries. */
export async function askMeeting(
  ask: Readonly<{ id: string; person: string; words: string }>,
): Promise<void> {
  const { by, at } = writtenNow(ask.person)
  await createOnce(askToFhir({ ...ask, by, at }))
}

/** Takes back what was asked. It stays in the record as an error, and is no longer on any agenda. */
export async function withdrawAsk(id: string): Promise<void> {
  await saveTogether({
    edits: [
      {
        ...{ type: 'Communication', id },
        onto: (current) =>
          current?.resourceType === 'Communication' && current.status === 'in-progress'
            ? { ...current, id, status: 'entered-in-error' }
            : undefined,
      },
    ],
  })
}

/** What the team wrote to a person after meetings, the latest first. */
export const meetingLettersQuery = (person: string) =>
  queryOptions({
    queryKey: ['meeting-letters', person],
    queryFn: async ({ signal }) =>
      (
        await allRecords(
          'Communication',
          { patient: `Patient/${person}`, category: meetingLetterCode },
          signal,
        )
      )
        .flatMap((each) => meetingLetterFromFhir(each) ?? [])
        .toSorted((one, other) => other.at.localeCompare(one.at)),
    meta: { kinds: ['Communication'] },
  })

/** What somebody asked the team to talk about, and has not been talked about. */
export const meetingAsksQuery = (person: string) =>
  queryOptions({
    queryKey: ['meeting-asks', person],
    queryFn: async ({ signal }) =>
      (
        await allRecords(
          'Communication',
          { patient: `Patient/${person}`, category: meetingAskCode },
          signal,
        )
      ).flatMap((each) => askFromFhir(each) ?? []),
    meta: { kinds: ['Communication'] },
  })
