import type { Appointment, Bundle, Communication, Parameters, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { askToFhir } from '#domain/meeting/ask-fhir.ts'
import { meetingLetterFromFhir } from '#domain/meeting/letter.ts'
import {
  meetingAgenda,
  meetingLetterRequest,
  meetingStepRequest,
  meetingsParameters,
} from '#domain/meeting/meeting-parameters.ts'
import type { DecidedWay } from '#domain/suggestion/suggested-change.ts'
import { decidedTask } from '#domain/suggestion/suggested-change-fhir.ts'
import type { SuggestedItem } from '#domain/template/suggested-item.ts'
import { templateItemFromFhir } from '#domain/template/template-fhir.ts'
import { beginSession } from '#server/auth/session.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  meetingAmina as amina,
  beginMeeting,
  decisionOn,
  meetingKaren as karen,
  meetingNow,
  plannedMeeting,
  planOf,
  talksIn,
} from '#test-support/worlds/meeting-world.ts'

const huwAtHome = { identity: 'huw', name: 'Zoë Huw', role: 'person', person: 'Huw' } as const
const byKind = (one: SuggestedItem | undefined, other: SuggestedItem | undefined) =>
  (one?.kind ?? '').localeCompare(other?.kind ?? '')

eachStore('A team meeting', (open) => {
  const begin = () => beginMeeting(open)
  const planned = () => plannedMeeting(open)

  test('The agenda takes the person’s own question first, then the worst, and says why for each', async () => {
    const { call, ask } = await begin()
    const mine = askToFhir({
      ...{ id: 'ask-1', person: 'Zofia', at: meetingNow.toISOString(), words: 'Is she eating?' },
      by: { ...amina, voice: 'professional' },
    })
    expect(
      (
        await call('/fhir/Communication/ask-1', {
          ...{ method: 'PUT', json: mine },
          headers: { 'If-None-Match': '*' },
        })
      ).status,
    ).toBe(201)
    const answer = await ask('meeting-agenda', { resourceType: 'Parameters' })
    const { people: found } = meetingAgenda.read((await answer.json()) as Parameters)
    expect(found.map(({ id, reasons }) => [id, reasons[0]?.kind, reasons[0]?.words])).toEqual([
      ['Rahima', 'in-hospital', 'Fall'],
      ['Zofia', 'asked', 'Is she eating?'],
      ['Huw', 'no-contact', ''],
    ])
  })

  test('A meeting is planned once however often it is sent, and shows each reader only whom they may see', async () => {
    const begun = await planned()
    await begun.ask('plan-meeting', planOf(['Huw', 'Zofia']))
    const { people: found } = await talksIn(begun)
    expect(found.map(({ id, talk }) => [id, talk?.place, talk?.state])).toEqual([
      ['Huw', 1, 'planned'],
      ['Rahima', 2, 'planned'],
      ['Zofia', 3, 'planned'],
    ])
    const list = await begun.ask('meetings', { resourceType: 'Parameters' })
    expect(meetingsParameters.read((await list.json()) as Parameters).meetings).toMatchObject([
      { id: 'm-1', people: 3, done: 0 },
    ])
    for (const who of ['stranger', 'ruth'])
      expect(
        (await talksIn({ ask: begun.asking(await begun.server.as(who)) })).status,
        who,
      ).not.toBe(200)
    expect((await begun.ask('plan-meeting', planOf(['Far']))).status).toBe(403)
  })

  test('The clock starts, stops and goes on; one runs at a time, and nothing happens when it runs out', async () => {
    const { ask, huw, rahima, server } = await planned()
    const step = async (talk: string, kind: 'start' | 'pause' | 'done') =>
      (
        await ask(
          'meeting-step',
          meetingStepRequest.write({ talk, kind, minutes: 0, words: '', newId: '' }),
        )
      ).status
    expect(await step(huw, 'start')).toBe(200)
    server.wait(6)
    expect(await step(rahima, 'start')).toBe(200)
    const { people: found } = await talksIn({ ask })
    expect(found[0]?.talk).toMatchObject({ state: 'now', used: 360 })
    expect(found[0]?.talk?.runningSince).toBeUndefined()
    expect(found[1]?.talk?.runningSince).toBeDefined()
    expect(await step(rahima, 'done')).toBe(200)
    expect(await step(rahima, 'done'), 'sent twice').toBe(200)
    expect(await step(rahima, 'pause')).toBe(409)
  })

  test('A new goal or step is suggested in the name of whoever wrote it down, told in the letter, and can be taken back with a reason', async () => {
    const { call, ask, huw, server } = await planned()
    const fresh = [
      { newId: 'g-1', kind: 'goal', words: 'Sing in the choir again' },
      { newId: 's-1', kind: 'step', words: 'Ring the choir on Monday' },
    ] as const
    for (const each of fresh)
      for (const time of ['once', 'again'])
        expect((await ask('record-decision', decisionOn(huw, each))).status, time).toBe(200)
    const bundle = (await (
      await call('/fhir/Task?patient=Patient/Huw&code=template-item')
    ).json()) as Bundle
    const items = (bundle.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'Task' ? [resource as Task & { id: string }] : [],
    )
    expect(items.map((each) => templateItemFromFhir(each)).toSorted(byKind)).toMatchObject([
      {
        ...{ kind: 'goal', words: 'Sing in the choir again', state: 'waiting' },
        ...{ because: 'the team talked about it on 10 March 2026', by: amina },
      },
      { kind: 'step', words: 'Ring the choir on Monday', state: 'waiting', by: amina },
    ])
    const goals = (await (await call('/fhir/Goal?patient=Patient/Huw')).json()) as Bundle
    expect(JSON.stringify(goals), 'nothing is in the plan yet').not.toContain('choir')
    const letter = meetingLetterRequest.write({
      ...{ talk: huw, newId: 'l-1', seen: 2, question: '', lines: [], added: '', phone: '' },
    })
    const sent = (await (await ask('meeting-letter', letter)).json()) as Communication
    expect(meetingLetterFromFhir(sent)?.lines.map(({ kind }) => kind)).toEqual(['goal', 'step'])
    expect(sent.payload?.[0]?.contentString).toContain('only if you say yes')
    const [first] = items
    if (!first) throw new Error('nothing is suggested')
    const put = async (task: Task & { id: string }) =>
      (
        await call(`/fhir/Task/${task.id}`, {
          ...{ method: 'PUT', json: task, headers: { 'If-Match': 'W/"1"' } },
        })
      ).status
    expect(await put({ ...first, description: 'Other words' }), 'reworded').toBe(403)
    expect(await put({ ...first, status: 'rejected' }), 'no reason').toBe(422)
    const goal = { resourceType: 'Goal', id: 'g-new', lifecycleStatus: 'active' } as const
    const take = async (way: DecidedWay) => {
      const taken = decidedTask(first, { way, seen: '', taken: first.description ?? '' })
      const said = {
        subject: { reference: 'Patient/Huw' },
        description: { text: first.description },
      }
      const both = [
        { ...goal, ...said },
        { ...taken, focus: { reference: 'Goal/g-new' } },
      ]
      const entry = both.map((resource) => ({
        resource,
        request: {
          ...{ method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
          ...(resource.resourceType === 'Task' ? { ifMatch: 'W/"1"' } : { ifNoneMatch: '*' }),
        },
      }))
      const bundle = { resourceType: 'Bundle', type: 'transaction', entry }
      return await call('/fhir', { method: 'POST', json: bundle })
    }
    const forHim = await take('self')
    expect([forHim.status, await forHim.text()]).toEqual([
      ...[422, expect.stringContaining('The person says yes')],
    ])
    const back = { ...first, status: 'rejected', statusReason: { text: 'Not now' } } as const
    expect(await put(back)).toBe(200)
    const home = server.withToken(await beginSession(server.sql, huwAtHome, meetingNow))
    expect((await home(`/fhir/Task/${first.id}`)).status).toBe(200)
  })

  test('A decision becomes a task with one owner and one day, and beside it what it changes, all or none', async () => {
    const begun = await planned()
    const { call, ask, huw } = begun
    expect((await ask('record-decision', decisionOn(huw))).status).toBe(200)
    expect((await ask('record-decision', decisionOn(huw))).status, 'sent twice').toBe(200)
    const change = {
      ...({ newId: 'd-2', kind: 'plan', goal: 'goal-Huw', words: 'Walk to the bakery' } as const),
      dissent: [{ by: 'Karen Lee', words: 'I would wait two weeks.' }],
    }
    expect((await ask('record-decision', decisionOn(huw, change))).status).toBe(200)
    const need = { newId: 'd-3', kind: 'unmet-need', words: 'Somebody at night' } as const
    expect((await ask('record-decision', decisionOn(huw, need))).status).toBe(200)
    const referral = {
      ...({ newId: 'd-4', kind: 'referral', words: 'A visit at 10 in the evening' } as const),
      to: { reference: 'Organization/brook-surgery', name: 'Brook Surgery' },
    }
    expect((await ask('record-decision', decisionOn(huw, referral))).status).toBe(200)
    const task = (await (await call('/fhir/Task/d-1-task')).json()) as Task
    expect(task).toMatchObject({
      ...{ status: 'requested', owner: { reference: karen.reference } },
      restriction: { period: { end: '2026-03-20' } },
    })
    const suggested = (await (await call('/fhir/Task/d-2-change')).json()) as Task
    expect(suggested).toMatchObject({ status: 'requested', intent: 'proposal' })
    expect((await call('/fhir/Condition/d-3-need')).status).toBe(200)
    expect((await call('/fhir/ServiceRequest/d-4-request')).status).toBe(200)
    const [first] = (await talksIn(begun)).people
    expect(
      first?.talk?.decisions.map(({ id, kind, dissent }) => [id, kind, dissent.length]),
    ).toEqual([
      ['d-1', 'task', 0],
      ['d-2', 'plan', 1],
      ['d-3', 'unmet-need', 0],
      ['d-4', 'referral', 0],
    ])
    const bad = decisionOn(huw, { newId: 'd-5', kind: 'plan', goal: 'no-such-goal' })
    expect((await ask('record-decision', bad)).status).toBe(422)
    expect((await call('/fhir/Task/d-5-task')).status, 'all or none').toBe(404)
    for (const wrong of [{ words: ' ' }, { by: '2026-03-01' }, { by: '2026-02-30' }])
      expect(
        (await ask('record-decision', decisionOn(huw, { newId: 'd-6', ...wrong }))).status,
      ).toBe(422)
  })

  test('Two decisions at once are both kept', async () => {
    const begun = await planned()
    const { ask, huw } = begun
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((newId) => ask('record-decision', decisionOn(huw, { newId }))),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const [first] = (await talksIn(begun)).people
    expect(first?.talk?.decisions.map(({ id }) => id).toSorted()).toEqual(['a', 'b', 'c'])
  })

  test('Nobody decides who may not write in the person’s record, and nobody writes a meeting by hand', async () => {
    const { server, asking, huw, call } = await planned()
    for (const who of ['stranger', 'ruth', 'grace', 'chidi', 'admin']) {
      const { status } = await asking(await server.as(who))('record-decision', decisionOn(huw))
      expect([403, 404], who).toContain(status)
    }
    const stands = (await (await call(`/fhir/Appointment/${huw}`)).json()) as Appointment
    const changed = { ...stands, description: 'Something else' }
    const put = await call(`/fhir/Appointment/${huw}`, {
      ...{ method: 'PUT', json: changed },
      headers: { 'If-Match': `W/"${stands.meta?.versionId}"` },
    })
    expect(put.status).toBe(403)
    const gone = await call(`/fhir/Appointment/${huw}`, {
      method: 'DELETE',
      headers: { 'If-Match': `W/"${stands.meta?.versionId}"` },
    })
    expect(gone.status).toBe(403)
  })

  test('The letter follows the decisions that its sender saw, and is sent once', async () => {
    const { ask, huw } = await planned()
    const words = (seen: number) => ({
      ...{ talk: huw, newId: 'l-1', seen, question: '', added: '', phone: '01632 960 114' },
      lines: [{ id: 'd-1', words: 'We will put up the second stair rail.' }],
    })
    const letter = (seen: number) => meetingLetterRequest.write(words(seen))
    expect((await ask('meeting-letter', letter(0))).status, 'nothing is decided').toBe(422)
    await ask('record-decision', decisionOn(huw))
    expect((await ask('meeting-letter', letter(0))).status, 'a decision more').toBe(409)
    const sent = await ask('meeting-letter', letter(1))
    expect(sent.status).toBe(200)
    const record = (await sent.json()) as Communication
    expect(meetingLetterFromFhir(record)?.lines).toEqual([
      {
        ...{ kind: 'task', words: 'We will put up the second stair rail.' },
        ...{ owner: 'Karen Lee', by: '2026-03-20' },
      },
    ])
    expect(record.payload?.[0]?.contentString).toContain(
      'We will put up the second stair rail. Karen Lee will do this by 20 March 2026.',
    )
    const again = await ask('meeting-letter', letter(1))
    expect([again.status, ((await again.json()) as Communication).id], 'a retry').toEqual([
      200,
      record.id,
    ])
    for (const other of [{ newId: 'l-2' }, { added: 'And more' }]) {
      const late = meetingLetterRequest.write({ ...words(1), ...other })
      expect((await ask('meeting-letter', late)).status, 'once').toBe(409)
    }
  })

  test('What somebody brings is kept in their words, and who comes is there for everybody on the agenda', async () => {
    const begun = await planned()
    const { ask, huw } = begun
    const base = { talk: huw, minutes: 0, words: '', newId: '' }
    const bring = { ...base, kind: 'bring', words: 'Two falls since August', newId: 'b-1' } as const
    expect((await ask('meeting-step', meetingStepRequest.write(bring))).status).toBe(200)
    const there = { ...base, kind: 'presence', member: karen, presence: 'there' } as const
    expect((await ask('meeting-step', meetingStepRequest.write(there))).status).toBe(200)
    const guest = { ...there, member: { reference: '', name: 'Jo Fox, Brightway' } } as const
    expect((await ask('meeting-step', meetingStepRequest.write(guest))).status).toBe(200)
    const { people: found } = await talksIn(begun)
    expect(found[0]?.talk?.brought).toMatchObject([
      { by: { name: 'Amina Yusuf' }, words: 'Two falls since August' },
    ])
    for (const each of found)
      expect(each.talk?.members.map(({ name, presence }) => [name, presence])).toEqual([
        ['Amina Yusuf', each.id === 'Huw' ? 'wrote' : 'not-heard'],
        ['Karen Lee', 'there'],
        ['Jo Fox, Brightway', 'there'],
      ])
  })
})
