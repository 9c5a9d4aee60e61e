import type { Appointment, Goal, Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { askToFhir } from '#domain/meeting/ask-fhir.ts'
import {
  meetingAgenda,
  meetingLetterRequest,
  meetingParameters,
  meetingRequest,
  meetingStepRequest,
  planMeetingRequest,
} from '#domain/meeting/meeting-parameters.ts'
import { preparationIdFor } from '#domain/preparation/preparation.ts'
import { preparationKind } from '#domain/preparation/preparation-fhir.ts'
import { heldReviewToFhir } from '#domain/review/held-review.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  meetingAmina as amina,
  beginMeeting,
  decisionOn,
  huwsGoal,
  plannedMeeting,
  planOf,
  talksIn,
} from '#test-support/worlds/meeting-world.ts'

eachStore('What a team meeting keeps', (open) => {
  const begin = () => beginMeeting(open)
  const planned = () => plannedMeeting(open)

  test('Nothing is decided after the letter has gone, which would never tell it', async () => {
    const { ask, huw, call } = await planned()
    await ask('record-decision', decisionOn(huw))
    const letter = { talk: huw, newId: 'l-1', seen: 1, question: '', lines: [], added: '' }
    const sent = meetingLetterRequest.write({ ...letter, phone: '' })
    expect((await ask('meeting-letter', sent)).status).toBe(200)
    expect((await ask('record-decision', decisionOn(huw))).status, 'a retry').toBe(200)
    const late = await ask('record-decision', decisionOn(huw, { newId: 'd-2' }))
    expect([late.status, await late.text()]).toEqual([
      409,
      expect.stringContaining('The letter about this meeting has gone to the person'),
    ])
    expect((await call('/fhir/Task/d-2-task')).status).toBe(404)
  })

  test('A decision that comes again in other words is refused, not taken for a retry', async () => {
    const { ask, huw } = await planned()
    expect((await ask('record-decision', decisionOn(huw))).status).toBe(200)
    for (const other of [
      { words: 'Fit the third stair rail.' },
      { owner: amina },
      { by: '2026-03-21' },
      { dissent: [{ by: 'Karen Lee', words: 'Wait.' }] },
    ])
      expect((await ask('record-decision', decisionOn(huw, other))).status).toBe(409)
    expect((await ask('record-decision', decisionOn(huw))).status, 'a retry').toBe(200)
  })

  test('Why somebody is on the agenda is kept without the words, which are not for everybody', async () => {
    const begun = await planned()
    const { ask, huw, call } = begun
    const words = planOf(['Zofia'])
    const said = JSON.parse(
      JSON.stringify(words).replaceAll('"asked"', '"A colleague asks: is her son hitting her?"'),
    ) as Parameters
    expect((await ask('plan-meeting', said)).status).toBe(400)
    expect((await talksIn(begun)).people).toHaveLength(2)
    const record = (await (await call(`/fhir/Appointment/${huw}`)).json()) as Appointment
    expect(record.reasonCode).toEqual([{ coding: [expect.objectContaining({ code: 'asked' })] }])
  })

  test('What a goal says is in no decision and no letter, and a closed goal is changed in no meeting', async () => {
    const { ask, huw, call } = await planned()
    const change = { kind: 'plan', goal: 'goal-Huw', words: 'Walk to the bakery' } as const
    expect((await ask('record-decision', decisionOn(huw, change))).status).toBe(200)
    const letter = { talk: huw, newId: 'l-1', seen: 1, question: '', lines: [], added: '' }
    const sent = await ask('meeting-letter', meetingLetterRequest.write({ ...letter, phone: '' }))
    expect(await sent.text()).not.toContain('Walk to the shop')
    const stands = await (await call(`/fhir/Appointment/${huw}`)).text()
    expect(stands).not.toContain('Walk to the shop')
    expect(stands).toContain('Goal/goal-Huw')
  })

  test.each([
    ['restricted', restrictedBecause('She asked for it')],
    ['between professionals', professionalOnly],
  ])(
    'No decision is about a goal that is %s: others read the decision and its letter',
    async (_kind, label) => {
      const { ask, huw, server, call } = await planned()
      const secret = { ...huwsGoal, id: 'secret', meta: { security: [label] } } as Goal & {
        id: string
      }
      await server.seed([secret], 'brook-surgery')
      const change = { kind: 'plan', goal: 'secret', words: 'Leave him by May' } as const
      const refused = await ask('record-decision', decisionOn(huw, change))
      expect(refused.status).toBe(422)
      expect(await refused.text()).toContain(
        'Not everybody who reads this meeting may read this goal',
      )
      expect(await (await call(`/fhir/Appointment/${huw}`)).text()).not.toContain('Leave him')
      expect((await call('/fhir/Task/d-1-task')).status).toBe(404)
    },
  )

  test('What was asked stays with its meeting after that is done, and an old question does not come back', async () => {
    const begun = await begin()
    const { ask, server } = begun
    const asked = (id: string, at: string, words: string) => ({
      ...askToFhir({
        ...{ id, person: 'Huw', at, words },
        by: { reference: 'Patient/Huw', name: 'Zoë Huw', voice: 'person' },
      }),
    })
    await server.seed([asked('ask-1', '2026-03-09T09:00:00Z', 'Can I walk?')], 'brook-surgery')
    expect((await ask('plan-meeting', planOf(['Huw']))).status).toBe(200)
    const asks = async () =>
      (await talksIn(begun)).people.flatMap((each) => each.asks.map((one) => one.id))
    expect(await asks()).toEqual(['ask-1'])
    const [first] = (await talksIn(begun)).people
    const step = { talk: first?.talk?.id ?? '', minutes: 0, words: '', newId: '' }
    for (const kind of ['start', 'done'] as const)
      await ask('meeting-step', meetingStepRequest.write({ ...step, kind }))
    await server.seed([asked('ask-2', '2026-03-10T15:00:00Z', 'And swim?')], 'brook-surgery')
    expect(await asks()).toEqual(['ask-1'])
    const agenda = await ask('meeting-agenda', { resourceType: 'Parameters' })
    const { people: waiting } = meetingAgenda.read((await agenda.json()) as Parameters)
    expect(waiting.find(({ id }) => id === 'Huw')?.reasons[0]?.words).toBe('And swim?')
    const next = planMeetingRequest.write({
      ...{ id: 'm-2', title: '', start: '2026-03-17T14:00:00Z', minutes: 4, members: [] },
      people: [{ id: 'Huw', why: 'own-question' }],
    })
    expect((await ask('plan-meeting', next)).status).toBe(200)
    const answer = await ask('meeting', meetingRequest.write({ id: 'm-2' }))
    const { people: second } = meetingParameters.read((await answer.json()) as Parameters)
    expect(second[0]?.asks.map(({ id }) => id)).toEqual(['ask-2'])
  })

  test('The question that was prepared for an earlier conversation is not told as this meeting’s', async () => {
    const begun = await begin()
    const { ask, server } = begun
    const prepared = (forDay: string, at: string, question: string) =>
      preparationKind.toFhir({
        ...{ id: preparationIdFor('Patient/Huw', forDay), person: 'Huw', plan: 'plan-1', forDay },
        ...{ asks: [question], answers: {} },
        by: { reference: 'Patient/Huw', name: 'Zoë Huw', voice: 'person' },
        saidBy: { reference: 'Patient/Huw', name: 'Zoë Huw', voice: 'person' },
        written: { by: { reference: 'Patient/Huw', name: 'Zoë Huw', voice: 'person' }, at },
      })
    const review = heldReviewToFhir({
      ...{ id: 'review-1', person: 'Huw', plan: 'plan-1', words: '', decisions: [], facts: [] },
      ...{ by: { ...amina, voice: 'professional' }, at: '2026-02-02T10:00:00Z' },
    })
    await server.seed(
      [prepared('2026-02-02', '2026-02-01T10:00:00Z', 'Old question?'), review],
      'brook-surgery',
    )
    expect((await ask('plan-meeting', planOf(['Huw']))).status).toBe(200)
    const question = async () => (await talksIn(begun)).people[0]?.question
    expect(await question()).toBe('')
    await server.seed(
      [prepared('2026-03-12', '2026-03-09T10:00:00Z', 'New question?')],
      'brook-surgery',
    )
    expect(await question()).toBe('New question?')
  })
})
