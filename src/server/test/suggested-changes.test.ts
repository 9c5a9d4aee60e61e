import type { Goal, Provenance, Task } from '@medplum/fhirtypes'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decidedTask, withdrawnTask } from '#domain/suggestion/suggested-change-fhir.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, goal, grace, share } from '#test-support/worlds/grace-records.ts'
import { bringIn, bundleOf } from '#test-support/worlds/import-answer.ts'
import {
  type WalkDeed,
  walkDeeds,
  walkOfSuggestions,
} from '#test-support/worlds/suggestion-walk.ts'
import {
  accept,
  church,
  feast,
  karen,
  need,
  openSuggestions,
  person,
  suggestion,
  suggestionsNow,
  together,
  tom,
  type Wish,
} from '#test-support/worlds/suggestions-world.ts'

const codes = 'https://gable.example/codes'
const restricted = {
  security: [
    {
      ...{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
      extension: [
        { url: 'https://gable.example/fhir/restricted-why', valueString: 'She asked for it' },
      ],
    },
  ],
}

eachStore('A change that somebody suggests for words of the plan', (open) => {
  const started = async (more: readonly object[] = []) =>
    await openSuggestions((await open()).sql, more)

  test('stands beside the words, in its author’s name, until their owner says yes', async () => {
    const server = await started()
    expect((await server.suggest('karen', amina)).status).toBe(201)
    expect(await server.change()).toMatchObject({
      ...{ state: 'waiting', words: feast, baseWords: church, why: 'She told me about 8 December' },
      ...{ by: { reference: karen.reference, name: 'Karen Lee' }, owner: grace },
    })
    expect((await server.get<Goal>('Goal/goal-1')).description.text).toBe(church)
    const done = await accept(server, 'grace', { taken: feast })
    expect(done.status).toBe(200)
    const kept = await server.get<Goal>('Goal/goal-1')
    expect([kept.description.text, kept.expressedBy?.reference]).toEqual([feast, grace.reference])
    expect(await server.change()).toMatchObject({
      ...{ state: 'taken', taken: feast },
      decision: { by: { reference: grace.reference }, way: 'self' },
    })
    const { rows } = await server.sql.query<{ content: Provenance }>(
      `select content from resource where rt = 'Provenance' and content #>> '{target,0,reference}' = 'Goal/goal-1/_history/2'`,
    )
    const named = rows.flatMap(({ content }) => content.entity ?? []).map(({ what }) => what)
    expect(named, 'the suggestion is named where the words are').toEqual([
      { reference: 'Task/change-1/_history/2' },
    ])
    const moved = await server.get<{ meta: { versionId: string } }>('CarePlan/plan-case-1')
    expect(moved.meta.versionId, 'the plan has to be agreed again').toBe('2')
  })

  test('can be taken by half, declined with a word why, or withdrawn by its author', async () => {
    const half = await started()
    await half.suggest('karen', karen)
    expect((await accept(half, 'grace', { taken: `${church} or a feast` })).status).toBe(200)
    expect(await half.change()).toMatchObject({ state: 'taken', taken: `${church} or a feast` })

    const no = await started()
    await no.suggest('karen', karen)
    const task = await no.get<Task>('Task/change-1')
    const silent = decidedTask(task, { way: 'self', seen: '1', reason: ' ' })
    expect((await no.put('grace', silent, 1)).status).toBe(422)
    const said = decidedTask(task, { way: 'self', seen: '1', reason: 'Feast days are too loud' })
    expect((await no.put('grace', said, 1)).status).toBe(200)
    expect(await no.change()).toMatchObject({
      state: 'declined',
      reason: 'Feast days are too loud',
    })

    const back = await started()
    await back.suggest('karen', karen)
    const again = withdrawnTask(await back.get<Task>('Task/change-1'))
    for (const other of ['grace', 'amina', 'tom', 'admin'])
      expect((await back.put(other, again, 1)).status, other).toBe(403)
    expect((await back.put('karen', again, 1)).status).toBe(200)
    expect((await back.change())?.state).toBe('withdrawn')
  })

  test.each([
    ['karen', 'who suggested it'],
    ['tom', 'of another organisation'],
    ['amina', 'who coordinates'],
    ['admin', 'who configures'],
    ['chidi', 'her son'],
  ])('is not accepted or declined by %s, %s', async (who) => {
    const rooms = share(['me', 'conversation', 'team', 'roof', 'support'], ['read', 'write'])
    const server = await started([rooms])
    await server.suggest('karen', karen)
    expect((await accept(server, who, { taken: feast })).status).toBe(403)
    const task = await server.get<Task>('Task/change-1')
    const no = decidedTask(task, { way: 'self', seen: '1', reason: 'No' })
    expect((await server.put(who, no, 1)).status).toBe(403)
    expect((await server.change())?.state).toBe('waiting')
    expect((await server.get<Goal>('Goal/goal-1')).description.text).toBe(church)
  })

  test.each(['said', 'paper'] as const)(
    'is recorded by a professional as what the person %s, in the person’s name',
    async (way) => {
      const server = await started()
      await server.suggest('karen', karen)
      const unnamed = await accept(server, 'amina', { taken: feast, way })
      expect(unnamed.status, 'the words must name who wrote them down').toBe(422)
      expect((await accept(server, 'amina', { taken: feast, way, by: amina })).status).toBe(200)
      const kept = await server.get<Goal>('Goal/goal-1')
      expect(kept.expressedBy?.reference).toBe(grace.reference)
      expect(await server.change()).toMatchObject({
        state: 'taken',
        decision: { way, by: { reference: grace.reference }, recordedBy: amina },
      })
    },
  )

  test('of a professional’s words is decided by the same organisation, and by nobody else', async () => {
    const words = { record: 'Condition/need-1', baseWords: need.code.text, words: 'Two steps' }
    const server = await started()
    expect((await server.suggest('amina', amina, words)).status).toBe(201)
    const task = await server.get<Task>('Task/change-1')
    const no = decidedTask(task, { way: 'said', seen: '1', reason: 'One step' })
    for (const other of ['grace', 'amina', 'tom', 'patel'])
      expect((await server.put(other, no, 1)).status, other).toBe(403)
    expect((await server.put('karen', no, 1)).status).toBe(200)

    const doWhat = { record: 'CarePlan/whatif-case-1', place: 'amber.doWhat' }
    const amber = { ...doWhat, baseWords: 'Ring the surgery', words: 'Ring Amina' }
    const another = await started()
    expect((await another.suggest('grace', grace, amber)).status).toBe(201)
    const mine = await another.get<Task>('Task/change-1')
    const yes = decidedTask(mine, { way: 'self', seen: '1', reason: 'Ring both' })
    expect((await another.put('karen', yes, 1)).status).toBe(403)
    expect((await another.put('ming', yes, 1)).status, 'a colleague of Amina').toBe(200)
  })

  test('is made by anybody who sees the words, by a carer who may only read them too', async () => {
    const server = await started([share(['conversation'], ['read'])])
    expect((await server.suggest('chidi', chidi)).status).toBe(201)
    expect(await server.change()).toMatchObject({ by: { reference: chidi.reference } })
    const withdrawn = withdrawnTask(await server.get<Task>('Task/change-1'))
    expect((await server.put('chidi', withdrawn, 1)).status).toBe(200)
    const closed = await started([share(['team'], ['read'])])
    expect((await closed.suggest('chidi', chidi)).status).toBe(404)
    expect((await closed.suggest('stranger', amina)).status).toBe(404)
    expect((await closed.suggest('ruth', amina)).status).toBe(404)
    expect((await closed.suggest('admin', amina)).status).toBe(403)
    const hers = await closed.suggest('grace', grace)
    expect(hers.status, 'her own words she changes herself').toBe(422)
  })

  test.each<[string, Wish]>([
    ['a record that is not there', { record: 'Goal/none' }],
    ['a place that is no sentence', { place: 'state' }],
    ['a clinical record', { record: 'Condition/condition-1', baseWords: 'Heart failure' }],
    ['the plan’s own lists', { record: 'CarePlan/plan-case-1' }],
    ['words that never stood there', { baseWords: 'To run to church' }],
    ['a version that never was', { baseVersion: '7' }],
    ['the same words', { words: church }],
    ['no words', { words: '  ' }],
  ])('is refused about %s', async (_what, wish) => {
    const server = await started()
    expect((await server.suggest('karen', karen, wish)).status).toBe(422)
  })

  test('is seen by those who see the words, and by the person; nobody hides it from her', async () => {
    const server = await started([share(['me'], ['read'])])
    const hidden = {
      ...suggestion(karen),
      meta: { security: [{ system: codes, code: 'professional-only' }] },
    }
    expect((await server.put('karen', hidden)).status).toBe(403)
    await server.suggest('karen', karen)
    const seen = async (who: string) => (await (await server.as(who))('/fhir/Task/change-1')).status
    expect([
      await seen('grace'),
      await seen('tom'),
      await seen('chidi'),
      await seen('stranger'),
    ]).toEqual([200, 200, 404, 404])
  })

  test('to words that have moved on is never taken unseen', async () => {
    const server = await started()
    await server.suggest('karen', karen)
    const other = { ...goal(grace), description: { text: 'To go to church by taxi' } }
    expect((await server.put('grace', other, 1)).status).toBe(200)
    const unseen = await accept(server, 'grace', { taken: feast, seen: '1' })
    expect(unseen.status).toBe(409)
    expect((await server.get<Goal>('Goal/goal-1')).description.text).toBe('To go to church by taxi')
    expect((await server.change())?.state, 'it waits on').toBe('waiting')
    const seen = await accept(server, 'grace', { taken: 'To go to church by taxi or walk' })
    expect(seen.status).toBe(200)
    const late = await started()
    const moved = { ...goal(grace), description: { text: 'To go to church by taxi' } }
    await late.put('grace', moved, 1)
    expect((await late.suggest('karen', karen)).status, 'written before, sent later').toBe(201)
  })

  test('needs its words in the same transaction, and other words do not pass under its name', async () => {
    const server = await started()
    await server.suggest('karen', karen)
    const record = await server.get<Goal>('Goal/goal-1')
    const task = await server.get<Task>('Task/change-1')
    const yes = decidedTask(task, { way: 'self', seen: '1', taken: feast })
    expect((await server.put('grace', yes, 1)).status, 'alone').toBe(422)
    const call = await server.as('grace')
    const other = { ...record, description: { text: 'To stay in bed' } }
    expect((await together(call, other, yes)).status).toBe(422)
    const given = { ...record, description: { text: feast }, expressedBy: amina }
    expect((await together(call, given, yes)).status, 'in another name').toBe(422)
    expect((await server.get<Goal>('Goal/goal-1')).description.text).toBe(church)
  })

  test('loses no word of anybody on random walks: two on the same words, taken whole or by half, after the sentence moved on', async () => {
    const deeds = fc.array(fc.constantFrom('suggest' as const, ...walkDeeds), {
      ...{ minLength: 6, maxLength: 12 },
    })
    const walk = async (done: readonly WalkDeed[]) => {
      const { step, holds } = await walkOfSuggestions((await open()).sql)
      for (const each of ['suggest', 'suggest', ...done] as const) await step(each)
      await holds()
    }
    await fc.assert(fc.asyncProperty(deeds, walk), { seed: 14, numRuns: 4 })
  })

  test('is decided once: of two decisions one is kept, and stays as it is', async () => {
    const server = await started()
    await server.suggest('karen', karen)
    const task = await server.get<Task>('Task/change-1')
    const no = decidedTask(task, { way: 'self', seen: '1', reason: 'No' })
    const [one, other] = await Promise.all([
      accept(server, 'grace', { taken: feast }),
      server.put('grace', no, 1),
    ])
    expect([one?.status, other?.status].toSorted()).toEqual([200, 412])
    const kept = await server.get<Task>('Task/change-1')
    const turned = { ...kept, status: 'requested' } as const
    expect((await server.put('grace', turned, 2)).status).toBe(409)
    const reworded = { ...kept, reasonCode: { text: 'I never said so' } }
    expect((await server.put('karen', reworded, 2)).status).toBe(403)
    for (const who of ['karen', 'grace', 'admin']) {
      const gone = await (await server.as(who))('/fhir/Task/change-1', { method: 'DELETE' })
      expect(gone.status, who).toBe(403)
    }
    expect((await (await server.as('karen'))('/fhir/Task/change-1/_history')).status).toBe(200)
  })

  test('gives nobody access, and names its author and its time whatever a client sends', async () => {
    const server = await started()
    const spoofed = {
      ...suggestion(amina),
      ...{ owner: { reference: 'Practitioner/robin-vale' }, authoredOn: '2036-01-01T00:00:00Z' },
    }
    const made = await server.put('karen', spoofed)
    expect([201, 403]).toContain(made.status)
    if (made.status === 201) {
      const kept = await server.get<Task>('Task/change-1')
      expect(kept.owner).toBeUndefined()
      expect([kept.requester?.reference, kept.authoredOn]).toEqual([
        karen.reference,
        suggestionsNow,
      ])
    }
    expect((await (await server.as('stranger'))(`/fhir/Patient/${person}`)).status).toBe(404)
  })

  test('is neither made nor accepted after a death, and can still be withdrawn', async () => {
    const server = await started()
    await server.suggest('karen', karen)
    const patient = await server.get<{ resourceType: 'Patient' }>(`Patient/${person}`)
    await server.seed([{ ...patient, deceasedDateTime: '2026-03-01' } as never])
    expect((await accept(server, 'amina', { taken: feast, way: 'said', by: amina })).status).toBe(
      422,
    )
    const next = { ...suggestion(tom), id: 'change-2' }
    expect((await server.put('tom', next)).status).toBe(422)
    const withdrawn = withdrawnTask(await server.get<Task>('Task/change-1'))
    expect((await server.put('karen', withdrawn, 1)).status).toBe(200)
  })

  test('is not brought in by a file, nor its decision', async () => {
    const server = await started()
    const call = await server.as('amina')
    const file = (task: Task) => bundleOf('collection', [task])
    const brought = await bringIn(call, file(suggestion(karen)))
    expect(JSON.stringify(brought)).toContain('cannot be imported')
    await server.suggest('karen', karen)
    const task = await server.get<Task>('Task/change-1')
    const yes = decidedTask(task, { way: 'self', seen: '1', taken: feast })
    expect(JSON.stringify(await bringIn(call, file(yes)))).toContain('cannot be imported')
    expect((await server.change())?.state).toBe('waiting')
  })

  test('stays where its sentence is, however the sentence is named, and names it in one way', async () => {
    const secret = { ...need, id: 'need-r', code: { text: 'Drinks at night' }, meta: restricted }
    const server = await started([secret, share(['conversation', 'me'], ['read'])])
    const wish = { record: 'Condition/need-r', baseWords: 'Drinks at night', words: 'Drinks' }
    const crooked = (reference: string) => ({ ...suggestion(amina, wish), focus: { reference } })
    for (const reference of ['Condition/need-r/x', 'Condition/need-r/Observation/about-1'])
      expect((await server.put('amina', crooked(reference))).status, reference).toBe(422)
    const whole = `http://gable.test/fhir/Condition/need-r/_history/1`
    expect((await server.put('amina', crooked(whole))).status).toBe(201)
    expect((await server.get<Task>('Task/change-1')).focus?.reference).toBe('Condition/need-r')
    for (const other of ['patel', 'chidi'])
      expect((await (await server.as(other))('/fhir/Task/change-1')).status, other).toBe(404)
  })

  test('names a version that can have been read, else 422', async () => {
    const server = await started()
    for (const baseVersion of ['2', '0', '1.0', '1e0', '-1', '99999999999', ''])
      expect((await server.suggest('karen', karen, { baseVersion })).status, baseVersion).toBe(422)
  })

  test('carries no words of anybody else, not even beside its elements', async () => {
    const server = await started()
    await server.suggest('karen', karen)
    const task = await server.get<Task>('Task/change-1')
    const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">No</div>' }
    const meta = { tag: [{ system: codes, code: 'no' }] }
    expect((await server.put('tom', { ...task, text } as never, 1)).status).toBe(403)
    expect((await server.put('tom', { ...task, meta } as never, 1)).status).toBe(200)
    const { meta: _version, ...kept } = await server.get<Task>('Task/change-1')
    const { meta: _before, ...before } = task
    expect(kept).toEqual(before)
    expect(JSON.stringify(await server.get<Task>('Task/change-1'))).not.toContain('"tag"')
  })
})
