import type { PlanDefinition } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { joinRequest } from '#domain/person/duplicates-fhir.ts'
import {
  programmeEntryFromFhir,
  programmeEntryToFhir,
} from '#domain/programme/programme-entry-fhir.ts'
import type { StepRequest } from '#domain/programme/programme-parameters.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { standing } from '#test-support/worlds/grace-records.ts'
import { programmesWorld } from '#test-support/worlds/programmes-world.ts'

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
  const started = async (more: readonly ResourceWithId[] = []) =>
    await programmesWorld(open, [...standing, ...more])
  const grace = standing[0] as ResourceWithId

  test('An invitation takes over no record that stands, whosever it is', async () => {
    const theirs: ResourceWithId = {
      ...({ resourceType: 'RequestGroup', status: 'active', intent: 'plan' } as const),
      id: 'theirs',
      ...{ subject: { reference: 'Patient/elsewhere' }, note: [{ text: 'Private' }] },
    }
    const { server, save, step } = await started()
    await server.seed([{ resourceType: 'Patient', id: 'elsewhere' }, theirs], 'hill-surgery')
    await save('admin')
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
    await save('admin')
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
    await save('admin', { id: 'home', title: 'Recovery from addiction', notWith: ['frailty'] })
    await save('admin')
    const refused = await step()
    expect([refused.status, refused.text.includes('addiction')]).toEqual([422, false])
    const twice = await step({ programme: 'home' })
    expect([twice.status, twice.text.includes('addiction')]).toEqual([409, false])
    expect((await step({ against: 'She asked for it' })).status).toBe(200)
  })

  test('After a death only its end is written, and nobody counts the person', async () => {
    const { save, step, done, put, countsOf, peopleOf, shownOf } = await started()
    await save('admin')
    const { id: entry } = await done()
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
    const end = { entry, ...seen, kind: 'ended', reason: 'died' } as const
    expect((await step(end)).text, 'on 2 March').toContain('before the death')
    await done({ ...end, day: '2026-03-10' })
    expect(await countsOf()).toMatchObject({ ended: { count: 1 } })
  })

  test('Nobody leaves a programme as dead while their record says that they live', async () => {
    const { save, step, done, put } = await started()
    await save('admin', { ends: ['goal-reached', 'died'] })
    const { id: entry } = await done()
    const end = { entry, ...seen, kind: 'ended', reason: 'died' } as const
    const refused = await step(end)
    expect([refused.status, refused.text.includes('Record the death first')]).toEqual([422, true])
    expect(await put('admin', { ...grace, deceasedBoolean: true } as ResourceWithId)).toBe(200)
    await done(end)
  })

  test.each(['case', 'finding'] as const)(
    'After a no to %s nobody tries to reach the person, and nobody counts them',
    async (kind) => {
      const { server, save, step, done, countsOf, peopleOf } = await started()
      await save('admin')
      const { id: entry } = await done()
      const no = optOutToFhir({ person: graceId, kind, stands: true })
      const send = await server.as('grace')
      expect((await send(`/fhir/Consent/${no.id}`, { method: 'PUT', json: no })).status).toBe(201)
      expect((await step({ entry, ...attempt })).status).toBe(422)
      expect(await countsOf()).toMatchObject({ invited: { count: 0 }, neverReached: { count: 0 } })
      expect((await peopleOf()).map(({ leftOut }) => leftOut)).toEqual([kind])
      await done({ entry, ...seen, kind: 'ended', reason: 'asked-to-stop' })
    },
  )

  const join = { keep: 'other', join: graceId }
  /** Two records of one person, who has one name. */
  const ofOnePerson = standing.map((each) =>
    each.id === 'other' ? ({ ...grace, id: 'other' } as ResourceWithId) : each,
  )
  test('What somebody is in under a joined record is shown, goes on and counts under the one in use, and goes back when they are parted', async () => {
    const { server, call, save, step, done, countsOf, peopleOf, shownOf } = await programmesWorld(
      open,
      ofOnePerson,
    )
    await save('admin')
    const { id: entry } = await done()
    expect((await call('admin', '$join-records', joinRequest.write(join))).status).toBe(200)
    const refused = await step({ entry, ...attempt })
    expect([refused.status, refused.text.includes('was joined to another')]).toEqual([422, true])
    expect(await shownOf()).toMatchObject({ leftOut: 'joined', inUse: 'other' })
    const shown = await shownOf('other')
    expect(shown.leftOut).toBeUndefined()
    expect(shown.entries.map((each) => each.entry?.id)).toEqual([entry])
    expect(await countsOf()).toMatchObject({ invited: { count: 1 } })
    expect((await peopleOf()).map(({ id, leftOut }) => [id, leftOut])).toEqual([
      ['other', undefined],
    ])
    expect((await step({}, 'amina', 'other')).status, 'in it under the other record').toBe(409)
    await done({ entry, ...attempt }, 'amina', 'other')
    await done({ entry, kind: 'entered', seen: 2, day: '2026-03-03' }, 'amina', 'other')
    const { rows } = await server.sql.query<{ person: string }>(
      `select person from resource where rt = 'RequestGroup' and id = $1`,
      [entry],
    )
    expect(rows, 'it stays with the record under which it was written').toEqual([
      { person: graceId },
    ])
    expect((await call('admin', '$part-records', joinRequest.write(join))).status).toBe(200)
    expect((await shownOf('other')).entries).toEqual([])
    expect((await shownOf()).entries.map((each) => each.entry?.status)).toEqual(['active'])
    await done({ entry, kind: 'ended', seen: 3, day: '2026-03-04', reason: 'goal-reached' })
  })

  test('Whoever is in a programme under both records is counted once, and no step reaches the record of another', async () => {
    const { call, save, step, done, countsOf, shownOf } = await programmesWorld(open, ofOnePerson)
    await save('admin')
    const { id: one } = await done()
    await done({}, 'amina', 'other')
    expect(await countsOf()).toMatchObject({ invited: { count: 2 } })
    expect((await step({ entry: one, ...attempt }, 'amina', 'other')).status).toBe(404)
    await call('admin', '$join-records', joinRequest.write(join))
    expect(await countsOf()).toMatchObject({ invited: { count: 1 } })
    expect((await shownOf('other')).entries).toHaveLength(2)
  })

  test('Whoever said no to a programme is invited again only with a reason', async () => {
    const { save, step, done, shownOf } = await started()
    await save('admin')
    const { id: entry } = await done()
    await done({ entry, ...attempt, outcome: 'declined', words: 'Not now' })
    expect((await shownOf()).programmes[0]?.wasDeclined).toBe(true)
    expect((await step({ day: '2026-03-05' })).status).toBe(422)
    await done({ day: '2026-03-05', against: 'She asked about it' })
  })

  test('A write that changes nothing of a programme locks it for nobody', async () => {
    const { save, read, put, done, shownOf } = await started()
    await save('admin')
    const standingNow = async () =>
      await read<PlanDefinition & { id: string }>('PlanDefinition/frailty', 'admin')
    expect(await put('admin', await standingNow())).toBe(200)
    expect((await standingNow()).meta?.versionId).toBe('2')
    const invited = await done()
    expect(programmeEntryFromFhir(invited)?.version).toBe(1)
    expect(await save('admin', { title: 'Frailty' }, 1)).toBe(200)
    expect(await save('admin', { title: 'Frailty, again' }, 2)).toBe(200)
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
      expect(await save('admin', { criteria }), JSON.stringify(check)).toBe(422)
    }
    const kinds = ['age-from', 'difficulties-from', 'stays-from', 'medicines-from'] as const
    const criteria = [
      ...kinds.map((kind) => ({ words: kind, check: { kind, value: 1 } })),
      { words: 'home', check: { kind: 'just-home' } },
    ]
    expect(await save('admin', { criteria })).toBe(200)
    const shown = await shownOf('other')
    expect(shown.programmes[0]?.criteria.map(({ answer }) => answer)).toEqual(
      criteria.map(() => 'unknown'),
    )
  })
})
