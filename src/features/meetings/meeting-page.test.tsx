import type { Parameters } from '@medplum/fhirtypes'
import { act, screen } from '@testing-library/react'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { queryClient } from '#client/fhir/query-client.ts'
import { graceId } from '#demo-data/identities.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import {
  meetingLetterRequest,
  meetingParameters,
  meetingRequest,
  meetingStepRequest,
  planMeetingRequest,
  recordDecisionRequest,
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

const talkOf = async (place: number) => {
  const { people } = meetingParameters.read(
    await ask('meeting', meetingRequest.write({ id: 'm-1' })),
  )
  return people[place]?.talk?.id ?? ''
}

/** What was sent to an operation, in the order of the tries. */
const sentTo = (name: string, fetching: { mock: { calls: unknown[][] } }) =>
  fetching.mock.calls
    .filter(([address]) => String(address).endsWith(`$${name}`))
    .map(([, init]) => JSON.parse(String((init as RequestInit | undefined)?.body)) as Parameters)

test('A decision whose first try had arrived in other words is not lost: it stays typed, and is added as one more', async () => {
  const talk = await talkOf(1)
  await app.open('/meetings/m-1?person=huw&show=person', 'amina')
  const fetching = vi.spyOn(globalThis, 'fetch')
  const words = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^We decide that/ })
  await app.user.type(words, 'Amina rings Huw')
  await app.user.selectOptions(screen.getByLabelText('Who does it'), 'Practitioner/amina-yusuf')
  const [year = '', month = '', day = ''] = dayFromToday(7).split('-')
  await app.user.type(screen.getByRole('textbox', { name: 'Day' }), String(Number(day)))
  await app.user.type(screen.getByRole('textbox', { name: 'Month' }), String(Number(month)))
  await app.user.type(screen.getByRole('textbox', { name: 'Year' }), year)
  app.failCalls('offline', ({ path }) => path.endsWith('$record-decision'))
  await app.user.click(screen.getByRole('button', { name: 'Add it' }))
  await app.settled()
  app.restoreCalls()
  const [tried] = sentTo('record-decision', fetching)
  if (!tried) throw new Error('nothing was sent')
  // its answer was lost: it had arrived, and then the words were changed
  const first = recordDecisionRequest.read(tried)
  await ask('record-decision', tried)
  await app.user.type(words, ' on Monday')
  await app.user.click(screen.getByRole('button', { name: 'Add it' }))
  await screen.findByText(/this was added already in other words/)
  expect(words.value).toBe('Amina rings Huw on Monday')
  await app.settled()
  await app.user.click(screen.getByRole('button', { name: 'Add it' }))
  await screen.findByText('Amina rings Huw on Monday', { selector: 'p' })
  const ids = sentTo('record-decision', fetching).map(
    (each) => recordDecisionRequest.read(each).newId,
  )
  expect(ids).toHaveLength(3)
  expect([ids[1] === first.newId, ids[2] === first.newId]).toEqual([true, false])
  fetching.mockRestore()
  expect(talk).not.toBe('')
})

test('A letter that could not be sent keeps its id, and is sent once', async () => {
  await app.open('/meetings/m-1?person=huw&show=letter', 'amina')
  const fetching = vi.spyOn(globalThis, 'fetch')
  await app.user.click(screen.getByRole('button', { name: 'I have read it through' }))
  app.failCalls('offline', ({ path }) => path.endsWith('$meeting-letter'))
  await app.user.click(screen.getByRole('button', { name: 'Send it to Huw' }))
  await app.settled()
  app.restoreCalls()
  await app.user.click(screen.getByRole('button', { name: 'Send it to Huw' }))
  await screen.findByText(/^Sent by Amina Yusuf/)
  const ids = sentTo('meeting-letter', fetching).map(
    (each) => meetingLetterRequest.read(each).newId,
  )
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
  fetching.mockRestore()
})

test('A carer is told with the person’s leave, in words that can be changed; what is missing is said', async () => {
  const talk = await talkOf(0)
  await ask(
    'record-decision',
    recordDecisionRequest.write({
      ...{ talk, newId: 'd-grace', kind: 'task', words: 'We ring on Monday.', by: dayFromToday(7) },
      ...{ owner: { reference: amina.reference, name: amina.display }, dissent: [] },
    }),
  )
  await ask(
    'meeting-letter',
    meetingLetterRequest.write({
      ...{ talk, newId: 'l-grace', seen: 1, question: '', lines: [], added: '', phone: '' },
    }),
  )
  await app.open(`/meetings/m-1?person=${graceId}&show=letter`, 'amina')
  await app.user.click(await screen.findByRole('button', { name: 'Tell a carer' }))
  const words = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /^What the carer reads/ })
  expect(words.value).toContain('We ring on Monday. Amina Yusuf will do this by')
  await app.user.click(screen.getByRole('button', { name: 'Send it to the carer' }))
  expect(screen.getAllByText('Say how Grace agreed').length).toBeGreaterThan(0)
  await app.user.type(screen.getByRole('textbox', { name: /^How did Grace agree/ }), 'In the room')
  await app.user.click(screen.getByRole('button', { name: 'Send it to the carer' }))
  await screen.findByText('Sent to Chidi Okafor.')
  await app.open('/my/messages', 'chidi')
  expect(screen.getByText(/Grace agreed that it is told: In the room/)).toBeDefined()
})
