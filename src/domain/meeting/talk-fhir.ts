import type { Appointment, AppointmentParticipant, Extension, Reference } from '@medplum/fhirtypes'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
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
import type { Who } from '#domain/plan/plan.ts'
import { type AgendaKind, agendaKinds } from './agenda.ts'
import { isTeamMeeting, teamMeetingCode } from './is-team-meeting.ts'
import {
  type BroughtWords,
  type DecisionKind,
  decisionKinds,
  type MeetingDecision,
  type MeetingMember,
  type Presence,
  type TalkState,
  type TeamTalk,
} from './team-talk.ts'

export const meetingSystem = gableUrl('meeting')

const statuses: Readonly<Record<TalkState, Appointment['status']>> = {
  planned: 'booked',
  now: 'arrived',
  done: 'fulfilled',
  later: 'cancelled',
}
const presenceStatus: Readonly<Record<Presence, NonNullable<AppointmentParticipant['status']>>> = {
  there: 'accepted',
  wrote: 'tentative',
  'cannot-come': 'declined',
  'not-heard': 'needs-action',
}

const keyOf = <K extends string>(map: Readonly<Record<K, unknown>>, value: unknown) =>
  (Object.keys(map) as K[]).find((key) => map[key] === value)

const nobody: Who = { reference: '', name: '', voice: 'professional' }

const parts = ({ extension = [] }: Extension) => ({
  text: (url: string) => extension.find((each) => each.url === url)?.valueString ?? '',
  code: (url: string) => extension.find((each) => each.url === url)?.valueCode ?? '',
  at: (url: string) => extension.find((each) => each.url === url)?.valueDateTime ?? '',
  day: (url: string) => extension.find((each) => each.url === url)?.valueDate ?? '',
  who: (url: string) =>
    whoFrom(extension.find((each) => each.url === url)?.valueReference) ?? nobody,
  references: (url: string) =>
    extension.flatMap((each) =>
      each.url === url && each.valueReference?.reference ? [each.valueReference.reference] : [],
    ),
  groups: (url: string) => extension.filter((each) => each.url === url),
})

function decisionFrom(extension: Extension): MeetingDecision {
  const { text, code, at, day, who, references, groups } = parts(extension)
  const kind = code('kind')
  return {
    ...{ id: text('id'), words: text('words') },
    kind: decisionKinds.find((each) => each === kind) ?? ('task' satisfies DecisionKind),
    ...{ owner: who('owner'), by: day('day') },
    ...given('to', text('to')),
    ...given('goal', references('goal')[0]),
    dissent: groups('dissent').map((each) => {
      const said = parts(each)
      return { by: said.text('by'), words: said.text('words') }
    }),
    records: references('record'),
    written: { by: who('by'), at: at('at') },
  }
}

const texts = (values: Readonly<Record<string, string | undefined>>): Extension[] =>
  Object.entries(values).flatMap(([url, valueString]) =>
    valueString ? [{ url, valueString }] : [],
  )

const decisionTo = (decision: MeetingDecision) => ({
  extension: [
    ...texts({ id: decision.id, words: decision.words, to: decision.to }),
    { url: 'kind', valueCode: decision.kind },
    { url: 'owner', valueReference: referenceTo(decision.owner) },
    { url: 'day', valueDate: decision.by },
    ...decision.dissent.map(({ by, words }) => ({
      url: 'dissent',
      extension: texts({ by, words }),
    })),
    ...decision.records.map((reference) => ({ url: 'record', valueReference: { reference } })),
    ...(decision.goal ? [{ url: 'goal', valueReference: { reference: decision.goal } }] : []),
    { url: 'by', valueReference: referenceTo(decision.written.by) },
    { url: 'at', valueDateTime: decision.written.at },
  ],
})

function broughtFrom(extension: Extension): BroughtWords {
  const { text, at, who } = parts(extension)
  return { id: text('id'), by: who('by'), at: at('at'), words: text('words') }
}

const broughtTo = ({ id, by, at, words }: BroughtWords) => ({
  extension: [
    ...texts({ id, words }),
    { url: 'by', valueReference: referenceTo(by) },
    { url: 'at', valueDateTime: at },
  ],
})

function memberFrom({ actor, status }: AppointmentParticipant): readonly MeetingMember[] {
  if (!actor || actor.reference?.startsWith('Patient/')) return []
  const presence = keyOf(presenceStatus, status) ?? 'not-heard'
  return [{ reference: actor.reference ?? '', name: actor.display ?? '', presence }]
}

function memberTo({ reference, name, presence }: MeetingMember): AppointmentParticipant {
  const actor: Reference = { ...given('reference', reference), ...given('display', name) }
  return {
    actor: actor as NonNullable<AppointmentParticipant['actor']>,
    status: presenceStatus[presence],
  }
}

function clockFrom(appointment: Appointment): Pick<TeamTalk, 'used' | 'runningSince' | 'doneAt'> {
  const clock = extensionOf(appointment, 'talk-clock')
  const part = (url: string) => clock?.extension?.find((each) => each.url === url)
  return {
    used: part('used')?.valueInteger ?? 0,
    ...given('runningSince', part('running-since')?.valueDateTime),
    ...given('doneAt', part('done')?.valueDateTime),
  }
}

function toldFrom(appointment: Appointment): TeamTalk['told'] {
  const said = extensionOf(appointment, 'talk-told')
  return said && { by: parts(said).who('by'), at: parts(said).at('at') }
}

const toldTo = ({ told }: TeamTalk) =>
  told
    ? [
        {
          extension: [
            { url: 'by', valueReference: referenceTo(told.by) },
            { url: 'at', valueDateTime: told.at },
          ],
        },
      ]
    : []

function meetingFrom({ identifier, description = '', start = '' }: Appointment) {
  const named = identifier?.find(({ system }) => system === meetingSystem)
  const { reference, display: name = '' } = named?.assigner ?? {}
  const organisation = reference ? { id: idIn(reference), name } : undefined
  return {
    meeting: named?.value ?? '',
    title: description,
    start,
    ...given('organisation', organisation),
  }
}

const isPerson = ({ actor }: AppointmentParticipant) =>
  actor?.reference?.startsWith('Patient/') ?? false

function whyFrom({ reasonCode }: Appointment): AgendaKind | undefined {
  const code = reasonCode?.[0]?.coding?.find(({ system }) => system === gableCodeSystem)?.code
  return agendaKinds.find((each) => each === code)
}

/** Undefined for an appointment of another kind. */
export function talkFromFhir(appointment: Appointment): TeamTalk | undefined {
  if (!isTeamMeeting(appointment)) return undefined
  return {
    ...{ id: appointment.id ?? '', version: appointment.meta?.versionId ?? '' },
    person: idIn(appointment.participant.find(isPerson)?.actor?.reference),
    ...meetingFrom(appointment),
    ...{ place: appointment.priority ?? 0, minutes: appointment.minutesDuration ?? 0 },
    state: keyOf(statuses, appointment.status) ?? 'planned',
    ...clockFrom(appointment),
    ...given('why', whyFrom(appointment)),
    members: appointment.participant.flatMap(memberFrom),
    ...given('told', toldFrom(appointment)),
    brought: extensionsOf(appointment, 'talk-brought').map(broughtFrom),
    decisions: extensionsOf(appointment, 'talk-decision').map(decisionFrom),
  }
}

const minute = 60_000

/** The record of a talk, over what stands; anything else in it is kept. */
export function talkToFhir(talk: TeamTalk, onto?: Appointment): Appointment & { id: string } {
  const { organisation } = talk
  return {
    ...onto,
    ...{ resourceType: 'Appointment', id: talk.id, status: statuses[talk.state] },
    identifier: [
      {
        ...{ system: meetingSystem, value: talk.meeting },
        ...(organisation
          ? {
              assigner: {
                reference: `Organization/${organisation.id}`,
                ...given('display', organisation.name),
              },
            }
          : {}),
      },
    ],
    appointmentType: ownCode(teamMeetingCode),
    ...given('description', talk.title),
    ...(talk.why ? { reasonCode: [ownCode(talk.why)] } : {}),
    ...{ priority: talk.place, start: talk.start, minutesDuration: talk.minutes },
    end: new Date(Date.parse(talk.start) + talk.minutes * minute).toISOString(),
    participant: [
      {
        actor: { reference: `Patient/${talk.person}` },
        required: 'information-only',
        status: 'accepted',
      },
      ...talk.members.map(memberTo),
    ],
    ...withExtensions(onto, {
      'talk-clock': [
        {
          extension: [
            { url: 'used', valueInteger: Math.round(talk.used) },
            ...(talk.runningSince
              ? [{ url: 'running-since', valueDateTime: talk.runningSince }]
              : []),
            ...(talk.doneAt ? [{ url: 'done', valueDateTime: talk.doneAt }] : []),
          ],
        },
      ],
      'talk-told': toldTo(talk),
      'talk-brought': talk.brought.map(broughtTo),
      'talk-decision': talk.decisions.map(decisionTo),
    }),
  }
}
