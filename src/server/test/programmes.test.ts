import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { contactToFhir } from '#domain/contact/fhir.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { programmeEntryFromFhir } from '#domain/programme/programme-entry-fhir.ts'
import { programmePeople } from '#domain/programme/programme-parameters.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { share, standing } from '#test-support/worlds/grace-records.ts'
import { programmesWorld, stateOf } from '#test-support/worlds/programmes-world.ts'

const aged = {
  criteria: [
    { words: 'Aged 65 or over', check: { kind: 'age-from', value: 65 } },
    { words: 'Wants somebody to help plan' },
  ],
}
const born = standing.map((each) =>
  each.id === graceId ? { ...each, birthDate: '1934-01-04' } : each,
) as readonly ResourceWithId[]

eachStore('Programmes', (open) => {
  const started = async (more: readonly ResourceWithId[] = [], isBorn = true) =>
    await programmesWorld(open, [...(isBorn ? born : standing), ...more])

  test('An administrator defines a programme, its owner changes it, and nobody else does', async () => {
    const { save, programmesOf } = await started()
    expect(await save('amina'), 'not an administrator').toBe(403)
    expect(await save('admin', { criteria: [] })).toBe(422)
    expect(await save('admin')).toBe(200)
    expect(await save('admin'), 'there is one now').toBe(409)
    expect(await save('tom', {}, 1)).toBe(403)
    expect(await save('amina', { title: 'Frailty' }, 1)).toBe(200)
    expect(await save('amina', { title: 'Old' }, 1), 'an older version was at hand').toBe(409)
    expect(
      (await programmesOf()).map(({ definition, mayChange }) => [
        definition?.version,
        definition?.title,
        mayChange,
      ]),
    ).toEqual([['2', 'Frailty', true]])
  })

  test('Outreach is kept with days and outcomes, and steps follow each other in time', async () => {
    const { save, step, done, countsOf } = await started()
    await save('admin')
    const { id: entry } = await done()
    const call = { entry, kind: 'attempt', way: 'call' } as const
    await done({ ...call, seen: 1, day: '2026-03-03', outcome: 'no-answer' })
    const before = { ...call, seen: 2, day: '2026-03-02', outcome: 'no-answer' } as const
    expect((await step(before)).status, 'before the last').toBe(422)
    expect((await step({ ...before, day: '2026-04-01' })).status, 'not yet').toBe(422)
    expect((await step({ ...before, seen: 1 })).status, 'somebody was first').toBe(409)
    expect((await step({ ...before, way: 'owl' as never })).status).toBe(400)
    await done({ ...call, seen: 2, day: '2026-03-04', outcome: 'wrong-number' })
    await done({ ...call, seen: 3, day: '2026-03-05', outcome: 'no-answer', way: 'visit' })
    expect(await countsOf()).toMatchObject({
      ...{ invited: { count: 1 }, neverReached: { count: 1 }, entered: { count: 0 } },
    })
    await done({ entry, kind: 'entered', seen: 4, day: '2026-03-06' })
    expect((await step({ entry, kind: 'entered', seen: 5, day: '2026-03-06' })).status).toBe(409)
    const paused = { entry, kind: 'paused', seen: 5, day: '2026-03-07' } as const
    expect((await step(paused)).status, 'without a reason').toBe(422)
    expect((await step({ ...paused, reason: 'away' })).status, 'not named').toBe(422)
    expect(stateOf(await done({ ...paused, reason: 'in-hospital' }))).toBe('paused')
  })

  test('An invitation that is sent again changes nothing, and a second one is refused', async () => {
    const { save, step, done } = await started()
    await save('admin')
    const one = await done({ newId: 'entry-1' })
    expect(await done({ newId: 'entry-1' })).toMatchObject({ id: one.id, status: 'draft' })
    expect((await step({ newId: 'entry-2' })).status).toBe(409)
  })

  test('Whoever said no cannot be invited', async () => {
    for (const kind of ['case', 'finding'] as const) {
      const { save, step, put } = await started()
      await save('admin')
      const no = optOutToFhir({ person: graceId, kind, stands: true })
      expect(await put('grace', no)).toBe(201)
      expect((await step()).status).toBe(422)
    }
  })

  test('The record never shuts anybody out: a reason enters them', async () => {
    const { save, step, done, shownOf } = await started([], false)
    await save('admin', aged)
    const shown = await shownOf()
    expect(shown.programmes[0]?.criteria.map(({ answer }) => answer)).toEqual(['unknown', 'ask'])
    const { id: entry } = await done()
    const enter = { entry, kind: 'entered', seen: 1, day: '2026-03-02' } as const
    expect((await step(enter)).status).toBe(422)
    const entered = await done({ ...enter, against: 'She is 92. The record is new' })
    expect(stateOf(entered)).toBe('entered')
  })

  test('Two programmes that exclude each other ask for a reason, whichever of them says so', async () => {
    const { save, step, done } = await started()
    await save('admin')
    await save('admin', { id: 'home', title: 'Home from hospital', notWith: ['frailty'] })
    await done({ programme: 'home' })
    expect((await step()).status).toBe(422)
    await done({ against: 'Home care ends on Friday' })
  })

  test('The person reads which programme they are in, and says stop; nobody else at home does', async () => {
    const { save, step, done, shownOf, call } = await started([
      share(['me', 'support', 'record'], ['read']),
    ])
    await save('admin')
    const { id: entry } = await done()
    await done({ entry, kind: 'entered', seen: 1, day: '2026-03-02' })
    const mine = await shownOf(graceId, 'grace')
    expect(stateOf(mine.entries[0]?.entry)).toBe('entered')
    expect(mine.entries[0]?.fidelity).toBeUndefined()
    expect((await call('chidi', `Patient/${graceId}/$person-programmes`)).status).toBe(403)
    expect((await call('chidi', `RequestGroup/${entry}`)).status).toBe(404)
    const stop = {
      ...({ entry, kind: 'ended', seen: 2, day: '2026-03-20', reason: 'asked-to-stop' } as const),
    }
    expect((await step(stop, 'chidi')).status).toBe(403)
    const paused = { ...stop, kind: 'paused', reason: 'in-hospital' } as const
    expect((await step(paused, 'grace')).status).toBe(403)
    const ended = await done(stop, 'grace')
    expect(stateOf(ended)).toBe('ended')
    expect(programmeEntryFromFhir(ended)?.steps.at(-1)?.by.reference).toBe(`Patient/${graceId}`)
  })

  test('What was really done comes from the records, as it was planned when they were invited', async () => {
    const contact = contactToFhir({
      ...{ id: 'contact-1', person: graceId, way: 'call', reached: true, words: 'Well' },
      by: { reference: 'Practitioner/amina-yusuf', name: 'Amina', voice: 'professional' },
      at: '2026-03-05T10:00:00Z',
    })
    const { save, done, read, call, countsOf, peopleOf } = await started([contact])
    await save('admin')
    const { id: entry } = await done()
    await done({ entry, kind: 'entered', seen: 1, day: '2026-03-02' })
    await save('amina', { contents: [{ kind: 'plan-agreed', weeks: 1 }] }, 1)
    expect((await peopleOf())[0]?.fidelity?.lines).toEqual([
      { kind: 'contact', weeks: 1, planned: 2, done: 1, state: 'partly' },
    ])
    const none = { count: 0 }
    expect((await countsOf())?.contents).toEqual([
      { kind: 'plan-agreed', weeks: 1, done: none, partly: none, notDone: none, notRecorded: none },
      {
        ...{ kind: 'contact', weeks: 1, earlier: true },
        ...{ done: none, partly: { count: 1 }, notDone: none, notRecorded: none },
      },
    ])
    const others = programmePeople.read(
      await read('PlanDefinition/frailty/$programme-people', 'stranger'),
    )
    expect(others.people, 'of another organisation').toEqual([])
    expect((await call('ruth', 'PlanDefinition/frailty/$programme-people')).status).toBe(403)
    const counts = await countsOf('ruth')
    expect(counts?.entered, 'a manager reads no small number').toEqual({ fewerThan: 5 })
  })

  test('Whoever was invited under an earlier version goes on by its reasons, and others by theirs', async () => {
    const { save, step, done, shownOf } = await started([], false)
    await save('admin')
    const { id: entry } = await done()
    const later = { ...aged, pauses: ['away'], ends: ['moved'], notWith: [] }
    expect(await save('admin', later, 1)).toBe(200)
    const shown = await shownOf()
    expect(shown.entries[0]?.criteria, 'as it was then').toEqual([
      { words: 'Wants somebody to help plan', answer: 'ask' },
    ])
    await done({ entry, kind: 'entered', seen: 1, day: '2026-03-02' })
    const pause = { entry, kind: 'paused', seen: 2, day: '2026-03-03' } as const
    expect((await step({ ...pause, reason: 'away' })).status, 'of the later version').toBe(422)
    await done({ ...pause, reason: 'in-hospital' })
    const end = { entry, kind: 'ended', seen: 3, day: '2026-03-04' } as const
    expect((await step({ ...end, reason: 'moved' })).status).toBe(422)
    await done({ ...end, reason: 'goal-reached' })
    const { id: second } = await done({ day: '2026-03-05' })
    const enter = { entry: second, kind: 'entered', seen: 1, day: '2026-03-06' } as const
    expect((await step(enter)).text).toContain('does not show')
    await done({ ...enter, against: 'She is 92' })
    const again = { entry: second, kind: 'paused', seen: 2, day: '2026-03-07' } as const
    expect((await step({ ...again, reason: 'in-hospital' })).status).toBe(422)
    await done({ ...again, reason: 'away' })
  })

  test('A version that excludes another programme binds those who were invited under it', async () => {
    const { save, step, done } = await started()
    await save('admin')
    await save('admin', { id: 'home', title: 'Home from hospital' })
    await done()
    await save('admin', { notWith: ['home'] }, 1)
    // in “frailty” under the version that excluded nothing, but the one that stands speaks for the newcomer
    expect((await step({ programme: 'home' })).status).toBe(200)
  })
})
