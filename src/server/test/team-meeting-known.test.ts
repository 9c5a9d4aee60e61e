import type { Communication, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { askToFhir } from '#domain/meeting/ask-fhir.ts'
import { meetingAgenda, meetingStepRequest } from '#domain/meeting/meeting-parameters.ts'
import { talkToFhir } from '#domain/meeting/talk-fhir.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  meetingAmina as amina,
  beginMeeting,
  meetingNow,
  plannedMeeting,
  talksIn,
} from '#test-support/worlds/meeting-world.ts'

const asked = askToFhir({
  ...{ id: 'ask-1', person: 'Zofia', at: meetingNow.toISOString(), words: 'Is she eating?' },
  by: { ...amina, voice: 'professional' },
})

eachStore('Who knows of a team meeting', (open) => {
  const agendaOf = async (ask: (name: string, json: Parameters) => Promise<Response>) => {
    const answer = await ask('meeting-agenda', { resourceType: 'Parameters' })
    return meetingAgenda.read((await answer.json()) as Parameters).people
  }

  test('The rules look at the people of the whole team, not only at the caller’s own', async () => {
    const { server, asking, ask } = await beginMeeting(open)
    const ofAmina = await agendaOf(ask)
    expect(ofAmina.map(({ id }) => id)).toContain('Rahima')
    expect(await agendaOf(asking(await server.as('patel'))), 'the GP of the same practice').toEqual(
      ofAmina,
    )
    expect(await agendaOf(asking(await server.as('stranger')))).toEqual([])
  })

  test('That the person knows is said once, with who told them and when', async () => {
    const begun = await plannedMeeting(open)
    const told = async () =>
      (
        await begun.ask(
          'meeting-step',
          meetingStepRequest.write({
            ...{ talk: begun.huw, kind: 'told', minutes: 0, words: '', newId: '' },
          }),
        )
      ).status
    expect((await talksIn(begun)).people[0]?.talk?.told).toBeUndefined()
    expect(await told()).toBe(200)
    begun.server.wait(5)
    expect(await told(), 'sent twice').toBe(200)
    expect((await talksIn(begun)).people[0]?.talk?.told).toMatchObject({
      ...{ by: { name: 'Amina Yusuf' }, at: meetingNow.toISOString() },
    })
  })

  test('What was asked is taken back by who asked it, and by nobody else', async () => {
    const { server, call, ask } = await beginMeeting(open)
    const put = async (who: Caller, record: Communication, version?: string) =>
      (
        await who('/fhir/Communication/ask-1', {
          ...{ method: 'PUT', json: record },
          headers: version ? { 'If-Match': `W/"${version}"` } : { 'If-None-Match': '*' },
        })
      ).status
    const asks = async () =>
      (await agendaOf(ask)).flatMap(({ reasons }) => reasons.filter(({ kind }) => kind === 'asked'))
    expect(await put(call, asked)).toBe(201)
    expect(await asks()).toHaveLength(1)
    const stands = (await (await call('/fhir/Communication/ask-1')).json()) as Communication
    const back = { ...stands, status: 'entered-in-error' as const }
    expect(await put(await server.as('patel'), back, '1')).toBe(403)
    expect(await put(call, back, '1')).toBe(200)
    expect(await asks()).toEqual([])
  })

  test('The id of what a meeting says about a person is made by the service alone', async () => {
    const { call } = await beginMeeting(open)
    const id = `talk-${'a'.repeat(32)}`
    const { identifier: _id, ...talk } = talkToFhir({
      ...{ id, version: '', person: 'Huw', meeting: 'm', title: '', start: '2026-03-10T14:00:00Z' },
      ...{ place: 1, minutes: 4, state: 'planned', used: 0, members: [], brought: [] },
      decisions: [],
    })
    const { appointmentType: _type, ...visit } = talk
    const answer = await call(`/fhir/Appointment/${id}`, {
      ...{ method: 'PUT', json: visit },
      headers: { 'If-None-Match': '*' },
    })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('place of another record')
  })
})
