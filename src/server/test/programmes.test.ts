import type { Parameters, RequestGroup } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { contactToFhir } from '#domain/contact/fhir.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import type { Programme } from '#domain/programme/programme.ts'
import { entryState } from '#domain/programme/programme-entry.ts'
import { programmeEntryFromFhir } from '#domain/programme/programme-entry-fhir.ts'
import {
  personProgrammes,
  programmePeople,
  programmeStepRequest,
  programmesParameters,
  type StepRequest,
  saveProgrammeRequest,
} from '#domain/programme/programme-parameters.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { share, standing } from '#test-support/worlds/grace-records.ts'

const frailty: Omit<Programme, 'version'> = {
  ...{ id: 'frailty', title: 'Proactive care, frailty', purpose: 'To plan before a crisis' },
  owner: { reference: 'Practitioner/amina-yusuf', name: 'Amina Yusuf' },
  retired: false,
  criteria: [
    { words: 'Aged 65 or over', check: { kind: 'age-from', value: 65 } },
    { words: 'Wants somebody to help plan' },
  ],
  ...{ pauses: ['in-hospital'], ends: ['goal-reached'], monthsWithoutContact: 3, notWith: [] },
  contents: [{ kind: 'contact', weeks: 1 }],
}
const wish: StepRequest = {
  ...{ programme: 'frailty', entry: '', seen: 0, kind: 'invited', day: '2026-03-01' },
  ...{ words: '', against: '' },
}
const born = (records: typeof standing) =>
  records.map((each) => (each.id === graceId ? { ...each, birthDate: '1934-01-04' } : each))

eachStore('Programmes', (open) => {
  async function started(more: readonly object[] = [], isBorn = true) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-20T09:00:00Z') })
    await server.seed([...(isBorn ? born(standing) : standing), ...more] as never, 'brook-surgery')
    const call = async (who: string, path: string, json?: object) =>
      await (await server.as(who))(`/fhir/${path}`, json ? { method: 'POST', json } : {})
    const save = async (who: string, change: object = {}, version = 0) =>
      (
        await call(
          who,
          'PlanDefinition/$save-programme',
          saveProgrammeRequest.write({ ...frailty, version, ...change }),
        )
      ).status
    const step = async (who: string, change: Partial<StepRequest> = {}) =>
      await call(
        who,
        `Patient/${graceId}/$programme-step`,
        programmeStepRequest.write({ ...wish, ...change }),
      )
    const done = async (who: string, change: Partial<StepRequest> = {}) => {
      const answer = await step(who, change)
      expect(answer.status).toBe(200)
      return (await answer.json()) as RequestGroup
    }
    const read = async (who: string, path: string) =>
      (await (await call(who, path)).json()) as Parameters
    return { server, call, save, step, done, read }
  }
  const stateOf = (group: RequestGroup | undefined) => {
    const entry = group && programmeEntryFromFhir(group)
    return entry && entryState(entry)
  }

  test('An administrator defines a programme, its owner changes it, and nobody else does', async () => {
    const { save, read } = await started()
    expect(await save('amina'), 'not an administrator').toBe(403)
    expect(await save('admin', { criteria: [] })).toBe(422)
    expect(await save('admin')).toBe(200)
    expect(await save('admin'), 'there is one now').toBe(409)
    expect(await save('tom', {}, 1)).toBe(403)
    expect(await save('amina', { title: 'Frailty' }, 1)).toBe(200)
    expect(await save('amina', { title: 'Old' }, 1), 'an older version was at hand').toBe(409)
    const { programmes } = programmesParameters.read(
      await read('amina', 'PlanDefinition/$programmes'),
    )
    expect(
      programmes.map(({ definition, mayChange }) => [
        definition?.version,
        definition?.title,
        mayChange,
      ]),
    ).toEqual([['2', 'Frailty', true]])
  })

  test('Nothing else writes a programme or a step', async () => {
    const { server, save, done } = await started()
    await save('admin')
    const entry = await done('amina')
    for (const who of ['amina', 'admin', 'grace']) {
      const send = await server.as(who)
      const put = await send(`/fhir/RequestGroup/${entry.id}`, {
        ...{ method: 'PUT', json: { ...entry, status: 'active' } },
        headers: { 'If-Match': 'W/"1"' },
      })
      expect(put.status).toBe(403)
      const gone = await send(`/fhir/RequestGroup/${entry.id}`, { method: 'DELETE' })
      expect(gone.status).toBe(403)
    }
    const admin = await server.as('admin')
    expect((await admin('/fhir/PlanDefinition/frailty', { method: 'DELETE' })).status).toBe(403)
  })

  test('Outreach is kept with days and outcomes, and steps follow each other in time', async () => {
    const { save, step, done, read } = await started()
    await save('admin')
    const { id: entry = '' } = await done('amina')
    const call = { entry, kind: 'attempt', way: 'call' } as const
    await done('amina', { ...call, seen: 1, day: '2026-03-03', outcome: 'no-answer' })
    const before = { ...call, seen: 2, day: '2026-03-02', outcome: 'no-answer' } as const
    expect((await step('amina', before)).status, 'before the last').toBe(422)
    expect((await step('amina', { ...before, day: '2026-04-01' })).status, 'not yet').toBe(422)
    expect((await step('amina', { ...before, seen: 1 })).status, 'somebody was first').toBe(409)
    expect((await step('amina', { ...before, way: 'owl' as never })).status).toBe(400)
    await done('amina', { ...call, seen: 2, day: '2026-03-04', outcome: 'wrong-number' })
    await done('amina', { ...call, seen: 3, day: '2026-03-05', outcome: 'no-answer', way: 'visit' })
    const counts = programmesParameters.read(await read('amina', 'PlanDefinition/$programmes'))
    expect(counts.programmes[0]?.counts).toMatchObject({
      ...{ invited: { count: 1 }, neverReached: { count: 1 }, entered: { count: 0 } },
    })
    await done('amina', { entry, kind: 'entered', seen: 4, day: '2026-03-06' })
    expect(
      (await step('amina', { entry, kind: 'entered', seen: 5, day: '2026-03-06' })).status,
    ).toBe(409)
    const paused = { entry, kind: 'paused', seen: 5, day: '2026-03-07' } as const
    expect((await step('amina', paused)).status, 'without a reason').toBe(422)
    expect((await step('amina', { ...paused, reason: 'away' })).status, 'not named').toBe(422)
    expect(stateOf(await done('amina', { ...paused, reason: 'in-hospital' }))).toBe('paused')
  })

  test('An invitation that is sent again changes nothing, and a second one is refused', async () => {
    const { save, step, done } = await started()
    await save('admin')
    const one = await done('amina', { newId: 'entry-1' })
    expect(await done('amina', { newId: 'entry-1' })).toMatchObject({ id: one.id, status: 'draft' })
    expect((await step('amina', { newId: 'entry-2' })).status).toBe(409)
  })

  test('Whoever said no cannot be invited', async () => {
    for (const kind of ['case', 'finding'] as const) {
      const { server, save, step } = await started()
      await save('admin')
      const no = optOutToFhir({ person: graceId, kind, stands: true })
      const send = await server.as('grace')
      expect((await send(`/fhir/Consent/${no.id}`, { method: 'PUT', json: no })).status).toBe(201)
      expect((await step('amina')).status).toBe(422)
    }
  })

  test('The record never shuts anybody out: a reason enters them', async () => {
    const { save, step, done, read } = await started([], false)
    await save('admin')
    const shown = personProgrammes.read(
      await read('amina', `Patient/${graceId}/$person-programmes`),
    )
    expect(shown.programmes[0]?.criteria.map(({ answer }) => answer)).toEqual(['unknown', 'ask'])
    const { id: entry = '' } = await done('amina')
    const enter = { entry, kind: 'entered', seen: 1, day: '2026-03-02' } as const
    expect((await step('amina', enter)).status).toBe(422)
    expect(
      stateOf(await done('amina', { ...enter, against: 'She is 92. The record is new' })),
    ).toBe('entered')
  })

  test('Two programmes that exclude each other ask for a reason, whichever of them says so', async () => {
    const { save, step, done } = await started()
    await save('admin')
    await save('admin', { id: 'home', title: 'Home from hospital', notWith: ['frailty'] })
    await done('amina', { programme: 'home' })
    expect((await step('amina')).status).toBe(422)
    await done('amina', { against: 'Home care ends on Friday' })
  })

  test('The person reads which programme they are in, and says stop; nobody else at home does', async () => {
    const { save, step, done, read, call } = await started([
      share(['me', 'support', 'record'], ['read']),
    ])
    await save('admin')
    const { id: entry = '' } = await done('amina')
    await done('amina', { entry, kind: 'entered', seen: 1, day: '2026-03-02' })
    const mine = personProgrammes.read(await read('grace', `Patient/${graceId}/$person-programmes`))
    expect(stateOf(mine.entries[0]?.entry)).toBe('entered')
    expect(mine.entries[0]?.fidelity).toBeUndefined()
    expect((await call('chidi', `Patient/${graceId}/$person-programmes`)).status).toBe(403)
    expect((await call('chidi', `RequestGroup/${entry}`)).status).toBe(404)
    const stop = {
      entry,
      kind: 'ended',
      seen: 2,
      day: '2026-03-20',
      reason: 'asked-to-stop',
    } as const
    expect((await step('chidi', stop)).status).toBe(403)
    expect((await step('grace', { ...stop, kind: 'paused', reason: 'in-hospital' })).status).toBe(
      403,
    )
    const ended = await done('grace', stop)
    expect(stateOf(ended)).toBe('ended')
    expect(programmeEntryFromFhir(ended)?.steps.at(-1)?.by.reference).toBe(`Patient/${graceId}`)
  })

  test('What was really done comes from the records, as it was planned when they were invited', async () => {
    const contact = contactToFhir({
      ...{ id: 'contact-1', person: graceId, way: 'call', reached: true, words: 'Well' },
      by: { reference: 'Practitioner/amina-yusuf', name: 'Amina', voice: 'professional' },
      at: '2026-03-05T10:00:00Z',
    })
    const { save, done, read, call } = await started([contact])
    await save('admin')
    const { id: entry = '' } = await done('amina')
    await done('amina', { entry, kind: 'entered', seen: 1, day: '2026-03-02' })
    await save('amina', { contents: [{ kind: 'plan-agreed', weeks: 1 }] }, 1)
    const { people } = programmePeople.read(
      await read('amina', 'PlanDefinition/frailty/$programme-people'),
    )
    expect(people[0]?.fidelity?.lines).toEqual([
      { kind: 'contact', weeks: 1, planned: 2, done: 1, state: 'partly' },
    ])
    const others = programmePeople.read(
      await read('stranger', 'PlanDefinition/frailty/$programme-people'),
    )
    expect(others.people, 'of another organisation').toEqual([])
    expect((await call('ruth', 'PlanDefinition/frailty/$programme-people')).status).toBe(403)
    const counts = programmesParameters.read(await read('ruth', 'PlanDefinition/$programmes'))
    expect(counts.programmes[0]?.counts.entered, 'a manager reads no small number').toEqual({
      fewerThan: 5,
    })
  })
})
