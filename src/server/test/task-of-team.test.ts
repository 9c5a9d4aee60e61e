import type { Task } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { newTask, recordWithDeed, taskFromFhir } from '#domain/task/fhir.ts'
import type { CareTask } from '#domain/task/task.ts'
import { takeTodayRequest, todayParameters } from '#domain/today/today-parameters.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { meetingAmina, meetingPeople } from '#test-support/worlds/meeting-world.ts'

const now = new Date('2026-03-10T09:00:00Z')
const amina = { ...meetingAmina, voice: 'professional' as const }
const patel = {
  ...{ reference: 'Practitioner/anil-patel', name: 'Dr Anil Patel' },
  voice: 'professional' as const,
}
const brook = {
  ...{ reference: 'Organization/brook-surgery', name: 'Brook Surgery' },
  voice: 'professional' as const,
}
const plan = (reviewOn: string): ResourceWithId =>
  ({
    ...{ resourceType: 'CarePlan', id: 'plan-case-Huw', status: 'active', intent: 'plan' },
    subject: { reference: 'Patient/Huw' },
    extension: [{ url: 'https://gable.example/fhir/review-on', valueDate: reviewOn }],
  }) as ResourceWithId

eachStore('A task of a team', (open) => {
  async function begin(more: readonly ResourceWithId[] = []) {
    const { sql } = await open()
    const server = await openHandler({ sql, now })
    await server.seed([...meetingPeople, ...more], 'brook-surgery')
    const call = await server.as('amina')
    const doctor = await server.as('patel')
    const read = async (id: string) => {
      const answer = await call(`/fhir/Task/${id}`)
      return answer.status === 200 ? ((await answer.json()) as Task & { id: string }) : undefined
    }
    const put = async (who: Caller, task: Task & { id: string }) => {
      const version = task.meta?.versionId
      return await who(`/fhir/Task/${task.id}`, {
        ...{ method: 'PUT', json: task },
        headers: version ? { 'If-Match': `W/"${version}"` } : { 'If-None-Match': '*' },
      })
    }
    const add = async (facts: Partial<CareTask>) => {
      const task = { id: 't-1', person: 'Huw', what: 'Ring the ward', ...facts }
      const made = await put(call, newTask(task, { by: amina, at: now.toISOString() }))
      expect(made.status, await made.clone().text()).toBe(201)
      return (await read(task.id)) as Task & { id: string }
    }
    const today = async (who: Caller) =>
      todayParameters.read(await (await who('/fhir/$today')).json())
    const take = async (who: Caller, reference: string, more: object = {}) =>
      await who('/fhir/$take-today', {
        method: 'POST',
        json: takeTodayRequest.write({
          ...{ kind: 'admitted', person: 'Rahima', reference, due: '', back: false },
          ...more,
        }),
      })
    return { sql, server, call, doctor, read, put, add, today, take }
  }

  const deed = (by: typeof amina, kind: 'take' | 'do', at = now.toISOString()) => ({
    ...{ kind, by, at, words: '' },
  })

  test('What a colleague has taken nobody takes for themselves: the second is told who has it', async () => {
    const { call, doctor, add, put, read, today } = await begin()
    const asked = await add({ owner: brook })
    const line = async () =>
      (await today(doctor)).items.find(({ reference }) => reference === 'Task/t-1')
    expect(await line(), 'nobody’s yet').toMatchObject({ kind: 'task', detail: 'Amina Yusuf' })
    expect((await line())?.whose).toBeUndefined()
    expect((await put(call, recordWithDeed(asked, deed(amina, 'take')))).status).toBe(200)
    const late = recordWithDeed(asked, deed(patel, 'take'))
    expect((await put(doctor, late)).status, 'made from what stood before').toBe(412)
    const taken = (await read('t-1')) as Task & { id: string }
    const owner = { reference: patel.reference, display: patel.name }
    const grabbed = await put(doctor, { ...taken, owner })
    expect(grabbed.status).toBe(409)
    expect(await grabbed.text()).toContain('Amina Yusuf has it now')
    expect((await put(doctor, { ...taken, status: 'requested', owner })).status, 'passed on').toBe(
      200,
    )
  })

  test('What is asked about people of no caseload is cut at 200, what is due first stays, and Today says how many more there are', async () => {
    const { server, today } = await begin()
    const asked = (id: string, facts: Partial<CareTask>) =>
      newTask(
        { id, person: 'Huw', what: 'Ring the ward', owner: patel, ...facts },
        { by: amina, at: now.toISOString() },
      )
    const later = Array.from({ length: 205 }, (_each, at) =>
      asked(`later-${at}`, { dueOn: '2026-04-20' }),
    )
    // taken, and due one day: nothing that Today says
    const taken = Array.from({ length: 5 }, (_each, at) => ({
      ...asked(`taken-${at}`, { dueOn: '2026-03-20' }),
      status: 'accepted' as const,
    }))
    await server.seed(
      [...later, ...taken, asked('first', { dueOn: '2026-03-09' })],
      'brook-surgery',
    )
    const doctor = await server.as('patel')
    const { items, elsewhere } = await today(doctor)
    const tasks = items.filter(({ kind }) => kind === 'task')
    expect(tasks[0]?.reference).toBe('Task/first')
    expect(tasks).toHaveLength(200)
    expect(elsewhere).toBe(6)
  })

  test('One that repeats is asked for again when it is done, once, and not if that is undone', async () => {
    const { call, add, put, server } = await begin()
    const first = await add({ dueOn: '2026-03-09', repeats: 1, owner: amina })
    const done = recordWithDeed(first, deed(amina, 'do'))
    expect((await put(call, done)).status).toBe(200)
    const next = async () => {
      const answer = await call('/fhir/Task?patient=Patient/Huw')
      const found = ((await answer.json()).entry ?? []) as { resource: Task }[]
      return found.map(({ resource }) => resource).filter(({ id }) => id?.startsWith('next-'))
    }
    const [again] = await next()
    expect(again && taskFromFhir(again)).toMatchObject({
      ...{ dueOn: '2026-03-16', state: 'requested', repeats: 1, owner: { name: 'Amina Yusuf' } },
    })
    expect(
      (await put(call, { ...first, meta: { ...first.meta, versionId: '2' } })).status,
      'undone',
    ).toBe(200)
    expect((await next()).map(({ status }) => status)).toEqual(['cancelled'])
    server.wait(1)
    expect((await put(call, { ...done, meta: { ...done.meta, versionId: '3' } })).status).toBe(200)
    expect((await next()).map(({ status }) => status)).toEqual(['requested'])
    const forged = { ...first, id: `next-${'a'.repeat(32)}`, meta: undefined } as never
    expect((await put(call, forged)).status, 'only the service makes these ids').toBe(422)
  })

  test('A rule sets the day, whatever was sent, and the day moves with the review', async () => {
    const { call, add, read } = await begin([plan('2026-04-20')])
    const due = async (id: string) => (await read(id))?.restriction?.period?.end
    // 14 and 15 March are a weekend
    await add({ id: 't-2', dueRule: { kind: 'working-days', days: 5 }, dueOn: '2030-01-01' })
    expect(await due('t-2')).toBe('2026-03-17')
    await add({ id: 't-3', dueRule: { kind: 'before-review', days: 7 } })
    expect(await due('t-3')).toBe('2026-04-13')
    const stands = await (await call('/fhir/CarePlan/plan-case-Huw')).json()
    const moved = await call('/fhir/CarePlan/plan-case-Huw', {
      ...{
        method: 'PUT',
        json: { ...stands, extension: plan('2026-05-20' as string)['extension' as never] },
      },
      headers: { 'If-Match': `W/"${stands.meta.versionId}"` },
    })
    expect(moved.status).toBe(200)
    expect(await due('t-3')).toBe('2026-05-13')
    const wrong = newTask(
      { id: 't-4', person: 'Huw', what: 'x', dueRule: { kind: 'working-days', days: 91 } },
      { by: amina, at: now.toISOString() },
    )
    expect(
      (
        await call('/fhir/Task/t-4', {
          ...{ method: 'PUT', json: wrong },
          headers: { 'If-None-Match': '*' },
        })
      ).status,
    ).toBe(422)
  })

  test('What is due before the review stays late, whoever saves the plan, and when the review moves', async () => {
    const { sql, add } = await begin([plan('2026-03-20')])
    await add({ id: 't-5', dueRule: { kind: 'before-review', days: 7 } })
    await add({ id: 't-6', dueRule: { kind: 'before-review', days: 2 } })
    const later = new Date('2026-03-15T09:00:00Z')
    const call = await (await openHandler({ sql, now: later })).as('amina')
    const dayOf = async (id: string) =>
      ((await (await call(`/fhir/Task/${id}`)).json()) as Task).restriction?.period?.end
    const due = async () => [await dayOf('t-5'), await dayOf('t-6')]
    const save = async (more: object) => {
      const stands = await (await call('/fhir/CarePlan/plan-case-Huw')).json()
      const saved = await call('/fhir/CarePlan/plan-case-Huw', {
        ...{ method: 'PUT', json: { ...stands, ...more } },
        headers: { 'If-Match': `W/"${stands.meta.versionId}"` },
      })
      expect(saved.status, await saved.clone().text()).toBe(200)
    }
    expect(await due()).toEqual(['2026-03-13', '2026-03-18'])
    await save({ title: 'Saved for something else' })
    expect(await due()).toEqual(['2026-03-13', '2026-03-18'])
    await save({ extension: plan('2026-04-20')['extension' as never] })
    expect(await due(), 'only what was not late moves').toEqual(['2026-03-13', '2026-04-18'])
  })

  test('A task by rule that is sent again after a lost answer keeps its day', async () => {
    const { call, add, read, put } = await begin([plan('2026-04-20')])
    const dueRule = { kind: 'before-review', days: 7 } as const
    await add({ id: 't-3', dueRule })
    const again = newTask(
      { id: 't-3', person: 'Huw', what: 'Ring the ward today', dueRule },
      { by: amina, at: now.toISOString() },
    )
    const retried = await put(call, { ...again, meta: { versionId: '1' } })
    expect(retried.status, await retried.clone().text()).toBe(200)
    expect(await read('t-3')).toMatchObject({
      ...{ description: 'Ring the ward today' },
      restriction: { period: { end: '2026-04-13' } },
    })
  })

  test('A line of Today has one owner: of two who take it at once one gets it, and the other is told who', async () => {
    const { call, doctor, today, take, server } = await begin()
    const line = async (who: Caller) =>
      (await today(who)).items.find(({ kind }) => kind === 'admitted')
    expect((await line(call))?.whose, 'the coordinator’s').toMatchObject({ name: 'Amina Yusuf' })
    const answers = await Promise.all([
      take(call, 'Encounter/stay'),
      take(doctor, 'Encounter/stay'),
    ])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    const refused = answers.find(({ status }) => status === 409)
    const [winner, loser] = answers[0]?.status === 200 ? ['amina', 'patel'] : ['patel', 'amina']
    expect(await refused?.text()).toContain(
      winner === 'amina' ? 'Amina Yusuf has it now' : 'Dr Anil Patel has it now',
    )
    const first = await server.as(winner)
    const second = await server.as(loser)
    expect(await line(call)).toMatchObject({ isTaken: true })
    expect((await take(first, 'Encounter/stay')).status, 'sent twice').toBe(200)
    expect((await take(first, 'Encounter/stay', { back: true })).status).toBe(200)
    expect((await take(second, 'Encounter/stay')).status).toBe(200)
    for (const who of ['stranger', 'ruth', 'grace', 'chidi', 'admin'])
      expect((await take(await server.as(who), 'Encounter/stay')).status, who).not.toBe(200)
  })

  test('What came up since the reader last looked is new to them, and to nobody else', async () => {
    const { call, doctor, today, server } = await begin()
    expect((await today(call)).lookedAt).toBeUndefined()
    const seen = await call('/fhir/$today-seen', {
      ...{ method: 'POST', json: { resourceType: 'Parameters' } },
    })
    expect(seen.status).toBe(200)
    server.wait(5)
    expect((await today(call)).lookedAt).toBe(now.toISOString())
    expect((await today(doctor)).lookedAt).toBeUndefined()
  })
})
