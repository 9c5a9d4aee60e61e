import type { Appointment, Parameters } from '@medplum/fhirtypes'
import { expect } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  meetingParameters,
  meetingRequest,
  planMeetingRequest,
  type RecordDecision,
  recordDecisionRequest,
} from '#domain/meeting/meeting-parameters.ts'
import { talkFromFhir } from '#domain/meeting/talk-fhir.ts'
import type { Sql } from '#server/store/sql.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'

export const meetingNow = new Date('2026-03-10T09:00:00Z')
const about = (id: string) => ({ reference: `Patient/${id}` })
export const meetingAmina = { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf' }
export const meetingKaren = { reference: 'Practitioner/karen-lee', name: 'Karen Lee' }

const somebody = (id: string, more: object = {}): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id, birthDate: '1940-01-01' },
    name: [{ family: id, given: ['Zoë'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    ...more,
  } as ResourceWithId,
  {
    ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active', patient: about(id) },
    managingOrganization: { reference: 'Organization/brook-surgery' },
    careManager: { reference: meetingAmina.reference, display: meetingAmina.name },
    period: { start: '2026-01-01' },
  } as ResourceWithId,
  {
    ...{ resourceType: 'CareTeam', id: `team-${id}`, status: 'active', subject: about(id) },
    participant: [{ member: { reference: meetingAmina.reference, display: meetingAmina.name } }],
  } as ResourceWithId,
]

export const huwsGoal: ResourceWithId = {
  ...{ resourceType: 'Goal', id: 'goal-Huw', lifecycleStatus: 'active', subject: about('Huw') },
  description: { text: 'Walk to the shop' },
  expressedBy: about('Huw'),
} as ResourceWithId

export const meetingPeople = [
  ...somebody('Huw'),
  ...somebody('Rahima'),
  ...somebody('Zofia'),
  huwsGoal,
  {
    ...{ resourceType: 'Encounter', id: 'stay', status: 'in-progress', class: { code: 'IMP' } },
    ...{ subject: about('Rahima'), period: { start: '2026-03-08T10:00:00Z' } },
    reasonCode: [{ text: 'Fall' }],
  } as ResourceWithId,
  ...somebody('Far', {
    generalPractitioner: [{ reference: 'Organization/elsewhere-clinic' }],
  }).slice(0, 1),
]

type Open = () => Promise<Readonly<{ sql: Sql }>>

export async function beginMeeting(open: Open) {
  const { sql } = await open()
  const server = await openHandler({ sql, now: meetingNow })
  await server.seed(meetingPeople, 'brook-surgery')
  const call = await server.as('amina')
  const asking = (who: Caller) => async (name: string, json: Parameters) =>
    await who(`/fhir/Appointment/$${name}`, { method: 'POST', json })
  return { server, call, ask: asking(call), asking }
}
type Begun = Awaited<ReturnType<typeof beginMeeting>>

export const planOf = (
  who: readonly string[],
  members = [{ who: meetingAmina }, { who: meetingKaren }],
) =>
  planMeetingRequest.write({
    ...{ id: 'm-1', title: 'Team meeting', start: '2026-03-10T14:00:00Z', minutes: 4, members },
    people: who.map((id) => ({ id, why: 'asked' as const })),
  })

export async function talksIn({ ask }: Pick<Begun, 'ask'>) {
  const answer = await ask('meeting', meetingRequest.write({ id: 'm-1' }))
  if (answer.status !== 200) return { status: answer.status, people: [] }
  const { people: found } = meetingParameters.read((await answer.json()) as Parameters)
  return {
    status: answer.status,
    people: found.map(({ talk, ...rest }) => ({
      ...rest,
      talk: talkFromFhir(talk as Appointment),
    })),
  }
}

export const decisionOn = (talk: string, more: Partial<RecordDecision> = {}) =>
  recordDecisionRequest.write({
    ...{
      talk,
      newId: 'd-1',
      kind: 'task',
      words: 'Fit the second stair rail.',
      owner: meetingKaren,
    },
    ...{ by: '2026-03-20', dissent: [] },
    ...more,
  })

export async function plannedMeeting(open: Open) {
  const begun = await beginMeeting(open)
  expect((await begun.ask('plan-meeting', planOf(['Huw', 'Rahima']))).status).toBe(200)
  const { people: found } = await talksIn(begun)
  const id = (person: string) =>
    found.find(({ talk }) => talk?.person === person)?.talk?.id ?? 'none'
  return { ...begun, huw: id('Huw'), rahima: id('Rahima') }
}
