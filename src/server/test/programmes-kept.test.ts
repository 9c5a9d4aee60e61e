import type { Parameters, PlanDefinition, RequestGroup } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import type { Programme } from '#domain/programme/programme.ts'
import {
  programmeEntryFromFhir,
  programmeEntryToFhir,
} from '#domain/programme/programme-entry-fhir.ts'
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
import { standing } from '#test-support/worlds/grace-records.ts'

const frailty: Omit<Programme, 'version'> = {
  ...{ id: 'frailty', title: 'Proactive care, frailty', purpose: 'To plan before a crisis' },
  ...{ retired: false, criteria: [{ words: 'Wants somebody to help plan' }], pauses: ['away'] },
  ...{ ends: ['goal-reached'], monthsWithoutContact: 3, notWith: [] },
  contents: [{ kind: 'contact', weeks: 1 }],
}
const wish: StepRequest = {
  ...{ programme: 'frailty', entry: '', seen: 0, kind: 'invited', day: '2026-03-01' },
  ...{ words: '', against: '' },
}
const seen: Partial<StepRequest> = { seen: 1, day: '2026-03-02' }
const attempt: Partial<StepRequest> = {
  ...{ ...seen, kind: 'attempt', way: 'call', outcome: 'no-answer' },
}
const restricted = {
  security: [
    { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
    { system: gableCodeSystem, code: 'restricted' },
  ],
}
/** Written by somebody else, and restricted: for the person and those who are named. */
const secret = (programme: string, title: string): ResourceWithId => ({
  ...programmeEntryToFhir({
    ...{ id: 'secret', person: graceId, programme, version: 1, title },
    steps: [
      {
        ...{ kind: 'invited', day: '2026-02-01', at: '2026-02-01T09:00:00Z' },
        by: { reference: 'Practitioner/karen-lee', name: 'Karen Lee', voice: 'professional' },
      },
    ],
  }),
  meta: restricted,
})

eachStore('Programmes are kept in order', (open) => {
  async function started(more: readonly ResourceWithId[] = []) {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-20T09:00:00Z') })
    await server.seed([...standing, ...more], 'brook-surgery')
    const call = async (who: string, path: string, json?: object) =>
      await (await server.as(who))(`/fhir/${path}`, json ? { method: 'POST', json } : {})
    const save = async (change: object = {}, version = 0) => {
      const asked = saveProgrammeRequest.write({ ...frailty, version, ...change })
      return await call('admin', 'PlanDefinition/$save-programme', asked)
    }
    const step = async (change: Partial<StepRequest> = {}, who = 'amina', person = graceId) => {
      const asked = programmeStepRequest.write({ ...wish, ...change })
      const answer = await call(who, `Patient/${person}/$programme-step`, asked)
      return { status: answer.status, text: await answer.text() }
    }
    const done = async (change: Partial<StepRequest> = {}, who = 'amina') => {
      const { status, text } = await step(change, who)
      expect(status, text).toBe(200)
      return JSON.parse(text) as RequestGroup
    }
    const read = async <T>(path: string, who = 'amina') =>
      (await (await call(who, path)).json()) as T
    const put = async (who: string, resource: ResourceWithId) => {
      const path = `/fhir/${resource.resourceType}/${resource.id}`
      const send = await server.as(who)
      const { meta } = (await (await send(path)).json()) as ResourceWithId
      const version = meta?.versionId
      const headers = version ? { 'If-Match': `W/"${version}"` } : {}
      return (await send(path, { method: 'PUT', json: resource, headers })).status
    }
    const countsOf = async () =>
      programmesParameters.read(await read<Parameters>('PlanDefinition/$programmes')).programmes[0]
        ?.counts
    const peopleOf = async () =>
      programmePeople.read(await read<Parameters>('PlanDefinition/frailty/$programme-people'))
        .people
    const shownOf = async (person = graceId) =>
      personProgrammes.read(await read<Parameters>(`Patient/${person}/$person-programmes`))
    return { server, save, step, done, read, put, countsOf, peopleOf, shownOf }
  }
  const grace = standing[0] as ResourceWithId

  test('An invitation takes over no record that stands, whosever it is', async () => {
    const theirs: ResourceWithId = {
      ...({ resourceType: 'RequestGroup', status: 'active', intent: 'plan' } as const),
      id: 'theirs',
      ...{ subject: { reference: 'Patient/elsewhere' }, note: [{ text: 'Private' }] },
    }
    const { server, save, step } = await started()
    await server.seed([{ resourceType: 'Patient', id: 'elsewhere' }, theirs], 'hill-surgery')
    await save()
    const refused = await step({ newId: 'theirs' })
    expect([refused.status, refused.text.includes('Private')]).toEqual([409, false])
    const { rows } = await server.sql.query<{ person: string; vid: number }>(
      `select person, vid from resource where rt = 'RequestGroup' and id = 'theirs'`,
    )
    expect(rows).toEqual([{ person: 'elsewhere', vid: 1 }])
    for (const newId of ['a b', '../x', 'x'.repeat(65)])
      expect((await step({ newId })).status, newId).toBe(400)
    expect((await step({ newId: 'mine' })).status).toBe(200)
  })

  test('A step leaves the restriction of an entry, and is refused to whoever does not see it', async () => {
    const { save, step, shownOf, server, done } = await started([secret('frailty', 'Frailty')])
    await save()
    expect((await shownOf()).entries, 'hidden from a colleague').toEqual([])
    expect((await step({ entry: 'secret', ...attempt })).status).toBe(404)
    expect((await step({ newId: 'secret' })).status).toBe(409)
    const stop = { entry: 'secret', ...seen, kind: 'ended', reason: 'asked-to-stop' } as const
    expect((await done(stop, 'grace')).meta?.security).toEqual(
      expect.arrayContaining(restricted.security),
    )
    const { rows } = await server.sql.query<{ room: string }>(
      `select room from resource where rt = 'RequestGroup' and id = 'secret'`,
    )
    expect(rows).toEqual([{ room: 'restricted' }])
    expect((await shownOf()).entries).toEqual([])
  })

  test('What is hidden is not named when it speaks against an invitation', async () => {
    const { save, step } = await started([secret('home', 'Recovery from addiction')])
    await save({ id: 'home', title: 'Recovery from addiction', notWith: ['frailty'] })
    await save()
    const refused = await step()
    expect([refused.status, refused.text.includes('addiction')]).toEqual([422, false])
    const twice = await step({ programme: 'home' })
    expect([twice.status, twice.text.includes('addiction')]).toEqual([409, false])
    expect((await step({ against: 'She asked for it' })).status).toBe(200)
  })

  test('After a death only its end is written, and nobody counts the person', async () => {
    const { save, step, done, put, countsOf, peopleOf, shownOf } = await started()
    await save()
    const { id: entry = '' } = await done()
    expect(await countsOf()).toMatchObject({ invited: { count: 1 } })
    const died = { ...grace, deceasedDateTime: '2026-03-10' } as ResourceWithId
    expect(await put('admin', died)).toBe(200)
    for (const change of [
      attempt,
      { ...seen, kind: 'entered' },
      { ...seen, kind: 'ended', reason: 'goal-reached' },
    ] as const)
      expect((await step({ entry, ...change })).text).toContain('has died')
    expect(await countsOf()).toMatchObject({ invited: { count: 0 } })
    expect((await peopleOf()).map(({ leftOut }) => leftOut)).toEqual(['died'])
    expect((await shownOf()).leftOut).toBe('died')
    await done({ entry, ...seen, kind: 'ended', reason: 'died' })
    expect(await countsOf()).toMatchObject({ ended: { count: 1 } })
  })

  test.each(['case', 'finding'] as const)(
    'After a no to %s nobody tries to reach the person, and nobody counts them',
    async (kind) => {
      const { server, save, step, done, countsOf, peopleOf } = await started()
      await save()
      const { id: entry = '' } = await done()
      const no = optOutToFhir({ person: graceId, kind, stands: true })
      const send = await server.as('grace')
      expect((await send(`/fhir/Consent/${no.id}`, { method: 'PUT', json: no })).status).toBe(201)
      expect((await step({ entry, ...attempt })).status).toBe(422)
      expect(await countsOf()).toMatchObject({ invited: { count: 0 }, neverReached: { count: 0 } })
      expect((await peopleOf()).map(({ leftOut }) => leftOut)).toEqual([kind])
      await done({ entry, ...seen, kind: 'ended', reason: 'asked-to-stop' })
    },
  )

  test('A joined record is refused, and the one in use is named', async () => {
    const { server, save, step, done, countsOf, peopleOf, shownOf } = await started()
    await save()
    const { id: entry = '' } = await done()
    const link = (id: string, type: 'replaces' | 'replaced-by') => [
      { other: { reference: `Patient/${id}` }, type },
    ]
    await server.seed([
      { ...grace, active: false, link: link('other', 'replaced-by') } as ResourceWithId,
      { ...standing[1], link: link(graceId, 'replaces') } as ResourceWithId,
    ])
    const refused = await step({ entry, ...attempt })
    expect([refused.status, refused.text.includes('Patient/other')]).toEqual([422, true])
    expect(await countsOf()).toMatchObject({ invited: { count: 0 } })
    expect((await peopleOf()).map(({ leftOut }) => leftOut)).toEqual(['joined'])
    expect(await shownOf()).toMatchObject({ leftOut: 'joined', inUse: 'other' })
    expect((await step({}, 'amina', 'other')).status, 'in it under the other record').toBe(409)
    await done({ entry, ...seen, kind: 'ended', reason: 'other', words: 'Two records' })
    expect((await step({}, 'amina', 'other')).status).toBe(200)
  })

  test('Whoever said no to a programme is invited again only with a reason', async () => {
    const { save, step, done, shownOf } = await started()
    await save()
    const { id: entry = '' } = await done()
    await done({ entry, ...attempt, outcome: 'declined', words: 'Not now' })
    expect((await shownOf()).programmes[0]?.wasDeclined).toBe(true)
    expect((await step({ day: '2026-03-05' })).status).toBe(422)
    await done({ day: '2026-03-05', against: 'She asked about it' })
  })

  test('A write that changes nothing of a programme locks it for nobody', async () => {
    const { save, read, put, done, shownOf } = await started()
    await save()
    const standingNow = async () =>
      await read<PlanDefinition & { id: string }>('PlanDefinition/frailty', 'admin')
    expect(await put('admin', await standingNow())).toBe(200)
    expect((await standingNow()).meta?.versionId).toBe('2')
    const invited = await done()
    expect(programmeEntryFromFhir(invited)?.version).toBe(1)
    expect((await save({ title: 'Frailty' }, 1)).status).toBe(200)
    expect((await save({ title: 'Frailty, again' }, 2)).status).toBe(200)
    expect((await shownOf()).entries[0]?.definition).toMatchObject({
      ...{ version: '1', title: 'Proactive care, frailty' },
    })
  })

  test('A check that looks for nothing is refused, and where nothing is recorded the answer is unknown', async () => {
    const { save, shownOf } = await started()
    const checks = [
      ...(['age-from', 'difficulties-from', 'stays-from', 'medicines-from'] as const).flatMap(
        (kind) => [{ kind }, { kind, value: 0 }, { kind, value: -1 }, { kind, value: 1000 }],
      ),
      ...[{ kind: 'condition' }, { kind: 'condition', words: ' ' }],
    ]
    for (const check of checks) {
      const criteria = [{ words: 'A sentence', check }]
      expect((await save({ criteria })).status, JSON.stringify(check)).toBe(422)
    }
    const kinds = ['age-from', 'difficulties-from', 'stays-from', 'medicines-from'] as const
    const criteria = [
      ...kinds.map((kind) => ({ words: kind, check: { kind, value: 1 } })),
      { words: 'home', check: { kind: 'just-home' } },
    ]
    expect((await save({ criteria })).status).toBe(200)
    const shown = await shownOf('other')
    expect(shown.programmes[0]?.criteria.map(({ answer }) => answer)).toEqual(
      criteria.map(() => 'unknown'),
    )
  })
})
