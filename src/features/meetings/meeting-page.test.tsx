import type { Parameters } from '@medplum/fhirtypes'
import { act, screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryClient } from '#client/fhir/query-client.ts'
import { graceId } from '#demo-data/identities.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  meetingParameters,
  meetingRequest,
  meetingStepRequest,
  planMeetingRequest,
} from '#domain/meeting/meeting-parameters.ts'
import { dayFromToday, machineNow } from '#test-support/clock.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'

const amina = { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' }
const huw = { reference: 'Patient/huw' }
const second = [
  {
    ...{ resourceType: 'Patient', id: 'huw', birthDate: '1940-01-01' },
    name: [{ family: 'Evans', given: ['Huw'] }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    ...{ resourceType: 'CareTeam', id: 'team-huw', status: 'active', subject: huw },
    participant: [{ member: amina }],
  },
  {
    ...{ resourceType: 'EpisodeOfCare', id: 'case-huw', status: 'active', patient: huw },
    ...{ managingOrganization: { reference: 'Organization/brook-surgery' }, careManager: amina },
    period: { start: dayFromToday(-30) },
  },
] as unknown as readonly ResourceWithId[]

let app: OpenApp
beforeAll(async () => {
  app = await openApp(second)
})
afterAll(async () => await app.close())

async function ask(name: string, json: Parameters) {
  const staff = await app.server.as('amina')
  const answer = await staff(`/fhir/Appointment/$${name}`, { method: 'POST', json })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Parameters
}

test('Whoever is shown stays, while another screen moves on to the next person', async () => {
  await ask(
    'plan-meeting',
    planMeetingRequest.write({
      ...{ id: 'm-1', title: '', start: machineNow().toISOString(), minutes: 4, members: [] },
      people: [{ id: graceId, why: 'review' }, { id: 'huw' }],
    }),
  )
  const { people } = meetingParameters.read(
    await ask('meeting', meetingRequest.write({ id: 'm-1' })),
  )
  const step = async (place: number, kind: 'start' | 'done') =>
    await ask(
      'meeting-step',
      meetingStepRequest.write({
        ...{ talk: people[place]?.talk?.id ?? '', kind, minutes: 0, words: '', newId: '' },
      }),
    )
  await step(0, 'start')
  await app.open('/meetings/m-1', 'amina')
  const shown = () => screen.getByRole('heading', { level: 2, name: /OKAFOR|EVANS/ }).textContent
  expect(shown()).toContain('OKAFOR')
  expect(screen.getByText('The review is due')).toBeDefined()
  await step(0, 'done')
  await step(1, 'start')
  await act(async () => await queryClient.invalidateQueries())
  await app.settled()
  expect(screen.getByText(/^Now/)).toBeDefined()
  expect(shown()).toContain('OKAFOR')
})
