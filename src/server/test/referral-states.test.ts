import type { ServiceRequest, Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { answeredRequest, answeredTask, heardTask, sentReferral } from '#domain/referral/fhir.ts'
import type { ReferralStep } from '#domain/referral/referral.ts'
import { todayParameters } from '#domain/today/today-parameters.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { meetingAmina, meetingPeople } from '#test-support/worlds/meeting-world.ts'

// a Tuesday
const now = new Date('2026-03-10T09:00:00Z')
const amina = { ...meetingAmina, voice: 'professional' as const }
const karen = {
  ...{ reference: 'Practitioner/karen-lee', name: 'Karen Lee' },
  voice: 'professional' as const,
}
const council = {
  ...{ reference: 'Organization/riverside-council', name: 'Riverside Council' },
  voice: 'professional' as const,
}
const brook = {
  ...{ reference: 'Organization/brook-surgery', name: 'Brook Surgery' },
  voice: 'professional' as const,
}

eachStore('A referral to a service', (open) => {
  async function begin(to = council) {
    const { sql } = await open()
    const server = await openHandler({ sql, now })
    await server.seed(meetingPeople, 'brook-surgery')
    const call = await server.as('amina')
    const social = await server.as('karen')
    const sent = sentReferral(
      { id: 'r-1', requestId: 'q-1', person: 'Huw', what: 'Stair rail', why: 'Fell twice', to },
      { by: amina, at: now.toISOString() },
    )
    const entry = (resource: Task | ServiceRequest) => ({
      resource,
      request: {
        ...{ method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
        ...(resource.meta?.versionId
          ? { ifMatch: `W/"${resource.meta.versionId}"` }
          : { ifNoneMatch: '*' }),
      },
    })
    const save = async (who: Caller, records: readonly (Task | ServiceRequest)[]) =>
      await who('/fhir', {
        method: 'POST',
        json: { resourceType: 'Bundle', type: 'transaction', entry: records.map(entry) },
      })
    const made = await save(call, sent)
    expect(made.status, await made.clone().text()).toBe(200)
    const read = async (who: Caller = call) =>
      (await (await who('/fhir/Task/r-1')).json()) as Task & { id: string }
    const request = async (who: Caller) =>
      (await (await who('/fhir/ServiceRequest/q-1')).json()) as ServiceRequest & { id: string }
    const step = async (who: Caller, kind: ReferralStep, words = '', by = karen) => {
      const said = { words, written: { by, at: now.toISOString() } }
      const task = answeredTask(await read(who), kind, said)
      const asked = await request(who)
      const ended = answeredRequest(asked, kind)
      return await save(who, ended.status === asked.status ? [task] : [task, ended])
    }
    const lines = async (who: Caller) =>
      todayParameters
        .read(await (await who('/fhir/$today')).json())
        .items.filter(({ kind }) => kind === 'referral')
    return { server, call, social, save, read, step, lines }
  }

  test('Those who are asked say what becomes of it, in order, and never who sent it', async () => {
    const { call, social, step, read } = await begin()
    for (const kind of ['received', 'accepted', 'refused'] as const)
      expect((await step(call, kind, 'x', amina)).status, `${kind} by the sender`).toBe(403)
    expect((await step(social, 'received')).status).toBe(200)
    expect((await step(social, 'accepted')).status).toBe(200)
    expect((await step(social, 'waiting')).status, 'without words').toBe(422)
    expect((await step(social, 'waiting', 'Six weeks')).status).toBe(200)
    expect((await step(social, 'seen')).status).toBe(200)
    expect((await step(call, 'closed', 'It is up', amina)).status).toBe(403)
    expect((await step(social, 'closed', 'The rail is up')).status).toBe(200)
    const task = await read()
    expect(task.status).toBe('completed')
    expect(JSON.stringify(task.extension), 'in the name of who answers').toContain('karen-lee')
    const { status: _was, ...rest } = task
    const skipped = await call('/fhir/Task/r-1', {
      ...{ method: 'PUT', json: { ...rest, status: 'accepted' } },
      headers: { 'If-Match': `W/"${task.meta?.versionId}"` },
    })
    expect(skipped.status, 'a closed one is not accepted again').toBe(422)
  })

  test('A colleague of the team that is asked answers, and not the one who sent it', async () => {
    const { server, call, step } = await begin(brook)
    expect((await step(call, 'accepted', '', amina)).status).toBe(403)
    expect((await step(await server.as('patel'), 'accepted')).status).toBe(200)
  })

  test('One that was refused or sent back is sent again with a note, by its sender alone', async () => {
    const { call, social, step, read } = await begin()
    expect((await step(social, 'returned', 'Which stairs?')).status).toBe(200)
    expect((await social('/fhir/Patient/Huw')).status, 'it opens nothing any more').toBe(404)
    expect((await step(call, 'reopened', '', amina)).status, 'without a note').toBe(422)
    expect((await step(call, 'reopened', 'From the hall to the landing', amina)).status).toBe(200)
    expect(await read()).toMatchObject({
      ...{ status: 'requested', statusReason: { text: 'From the hall to the landing' } },
    })
    expect((await social('/fhir/Patient/Huw')).status, 'it is asked again').toBe(200)
  })

  test('Each state has a time limit: when it is over, the sender has a line on Today', async () => {
    const { server, call, social, step, lines, read } = await begin()
    expect((await read()).restriction?.period?.end, 'five working days').toBe('2026-03-17')
    expect(await lines(call)).toEqual([])
    expect(await lines(social), 'those who are asked see it at once').toMatchObject([
      { text: 'Stair rail', detail: 'to-answer', person: 'Huw' },
    ])
    server.pass(8 * 24 * 60)
    expect(await lines(await server.as('amina'))).toMatchObject([
      { detail: 'late', due: '2026-03-17', whose: { name: 'Amina Yusuf' } },
    ])
    expect((await step(await server.as('karen'), 'accepted')).status).toBe(200)
    expect(await lines(await server.as('amina'))).toEqual([])
  })

  test('What the sender heard is a note and no answer; it is added to, never changed', async () => {
    const { call, save, read, lines, server } = await begin()
    const note = { by: amina, at: now.toISOString(), words: 'They have lost the letter' }
    expect((await save(call, [heardTask(await read(), note, '2026-03-24')])).status).toBe(200)
    const task = await read()
    expect(task.status).toBe('requested')
    expect(task.restriction?.period?.end).toBe('2026-03-24')
    server.pass(8 * 24 * 60)
    expect(await lines(await server.as('amina')), 'not before the new day').toEqual([])
    const other = JSON.parse(JSON.stringify(task).replace('lost the letter', 'said yes'))
    expect((await save(await server.as('amina'), [other])).status).toBe(422)
  })

  test('Nobody sends it elsewhere, rewrites an answer or notes what they heard in another’s name', async () => {
    const { call, social, save, read, step, server } = await begin()
    const patel = await server.as('patel')
    const task = await read()
    const note = { by: amina, at: now.toISOString(), words: 'They have lost the letter' }
    const owner = { reference: brook.reference }
    const own = (more: object) => ({ ...task, ...more })
    for (const who of [call, patel, social])
      expect((await save(who, [own({ owner })])).status, 'to another service').toBe(422)
    expect((await save(patel, [own({ statusReason: { text: 'No need' } })])).status).toBe(422)
    expect((await save(patel, [own({ authoredOn: '2026-01-01' })])).status).toBe(422)
    expect((await save(patel, [heardTask(task, note, '2026-03-24')])).status).toBe(403)
    for (const day of ['2026-03-09', '2099-01-01', 'soon'])
      expect((await save(call, [heardTask(task, note, day)])).status, day).toBe(422)
    const twice = heardTask(heardTask(task, note, '2026-03-24'), note, '2026-03-24')
    expect((await save(call, [twice])).status, 'one at a time').toBe(422)
    const put = { ...task, restriction: { period: { end: '2099-01-01' } } }
    expect((await save(call, [put])).status).toBe(200)
    expect((await read()).restriction?.period?.end, 'as the service set it').toBe('2026-03-17')
    const mine = { ...(await read(social)), status: 'accepted' as const, owner: karen }
    const { voice: _voice, name, ...to } = mine.owner
    const passed = { ...mine, owner: { ...to, display: name } }
    expect((await save(social, [passed])).status, 'to oneself, within the team').toBe(200)
    expect((await step(social, 'refused', 'No rail fits')).status).toBe(200)
    const answered = await read()
    const otherwise = { ...answered, statusReason: { text: 'She said no' } }
    for (const who of [call, patel])
      expect((await save(who, [otherwise])).status, 'another answer').toBe(422)
    const forged = JSON.parse(JSON.stringify(answered).replaceAll('karen-lee', 'anil-patel'))
    expect((await save(call, [forged])).status, 'in another’s name').toBe(422)
    expect((await read()).statusReason?.text).toBe('No rail fits')
  })
})
