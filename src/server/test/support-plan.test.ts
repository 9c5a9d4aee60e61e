import type { Basic, Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import {
  answerSupportPlanRequest,
  keepSupportPlanRequest,
  type SupportPlanAnswer,
  type SupportPlanStep,
  type SupportPlanToKeep,
  supportPlanFromFhir,
  supportPlanState,
  supportPlanStepRequest,
} from '#domain/social-care/support-plan.ts'
import { because, restricted } from '#test-support/access/access-labels.ts'
import { testDay } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { readBasic, seedCareAct, wholeSupportPlan } from '#test-support/worlds/care-act.ts'
import { share } from '#test-support/worlds/grace-records.ts'
import { putRecord } from '#test-support/worlds/worse-records.ts'

eachStore('A support plan', (open) => {
  async function started(isEligible = true) {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await seedCareAct(server, isEligible)
    const post = (call: Caller, name: string, json: object) =>
      call(`/fhir/Patient/${graceId}/$${name}`, { method: 'POST', json })
    const keep = (call: Caller, more: Partial<SupportPlanToKeep> = {}) =>
      post(call, 'keep-support-plan', keepSupportPlanRequest.write(wholeSupportPlan(more)))
    const answer = (call: Caller, more: Partial<SupportPlanAnswer> = {}) =>
      post(
        call,
        'answer-support-plan',
        answerSupportPlanRequest.write({
          ...{ plan: 'support-1', edition: 1, agrees: true, words: '', said: '', ...more },
        }),
      )
    const step = (call: Caller, more: Partial<SupportPlanStep>) =>
      post(
        call,
        'support-plan-step',
        supportPlanStepRequest.write({
          ...{ plan: 'support-1', version: 1, kind: 'end', on: '', next: '', words: '', ...more },
        }),
      )
    const read = async (call: Caller) =>
      supportPlanFromFhir(await readBasic(await call('/fhir/Basic/support-1')))
    const stateFor = async (call: Caller) => {
      const plan = await read(call)
      return plan && supportPlanState(plan)
    }
    return { ...server, keep, answer, step, read, stateFor }
  }

  test('stays restricted when the person answers it and when it is reviewed', async () => {
    const { as, keep, answer, step } = await started()
    const [karen, grace] = [await as('karen'), await as('grace')]
    await keep(karen)
    const path = '/fhir/Basic/support-1'
    const meta = { security: [restrictedBecause('Her son is not to read it')] }
    const record = await readBasic(await karen(path))
    const shut = await karen(path, {
      ...{ method: 'PUT', json: { ...record, meta } },
      headers: { 'If-Match': 'W/"1"' },
    })
    expect(shut.status).toBe(200)
    expect((await answer(grace)).status).toBe(200)
    expect((await keep(karen, { version: 3, reviewOn: '2027-01-14' })).status).toBe(200)
    expect((await step(karen, { version: 4, words: 'She moves' })).status).toBe(200)
    expect(await readBasic(await karen(path))).toMatchObject({ meta: { ...meta, versionId: '5' } })
  })

  test('is written from a decision, read and agreed by the person, and asked about again when it changes', async () => {
    const { as, keep, answer, read, stateFor } = await started()
    const [karen, grace] = [await as('karen'), await as('grace')]
    const kept = await keep(karen)
    expect([kept.status, await kept.clone().text()]).toEqual([200, expect.any(String)])
    expect((await read(grace))?.outcomes.map(({ how }) => how)).toEqual([
      ...['A care worker helps with the bath', 'Joan drives to church'],
    ])
    expect(await stateFor(grace)).toBe('offered')
    expect((await answer(grace)).status).toBe(200)
    expect(await stateFor(karen)).toBe('agreed')
    const changed = { version: 2, offer: false, reviewOn: '2026-12-01' }
    expect((await keep(karen, changed)).status).toBe(200)
    expect(await stateFor(grace)).toBe('draft')
    const early = await answer(grace)
    expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('changed')])
    expect((await keep(karen, { ...changed, version: 3, offer: true })).status).toBe(200)
    expect((await answer(grace, { edition: 2, agrees: false })).status, 'no words').toBe(422)
    const no = { edition: 2, agrees: false, words: 'Not on Sundays' }
    expect((await answer(grace, no)).status).toBe(200)
    expect((await read(karen))?.answers.map(({ by, words }) => [by.name, words])).toEqual([
      ['Grace Okafor', ''],
      ['Grace Okafor', 'Not on Sundays'],
    ])
    const found = (await (
      await karen(`/fhir/Basic?patient=Patient/${graceId}&code=support-plan`)
    ).json()) as Bundle<Basic>
    expect(found.entry?.map(({ resource }) => resource?.id)).toEqual(['support-1'])
  })

  test('rests on a decision that there is a right to support, and says how each outcome is met before the person is asked', async () => {
    const { as, keep } = await started()
    const karen = await as('karen')
    const [first] = wholeSupportPlan().outcomes
    const some = first ? [first] : []
    const tries: readonly (readonly [Partial<SupportPlanToKeep>, string])[] = [
      [{ decision: 'nothing' }, 'rests on a decision'],
      [{ outcomes: some }, 'how it is met'],
      [{ outcomes: some.map((each) => ({ ...each, ways: [] })), offer: true }, 'how it is met'],
      [{ reviewOn: '2030-01-01' }, 'within 12 months'],
      [{ startsOn: '2026-02-31' }, 'no day of the calendar'],
      [
        { payment: { way: 'bank', paidTo: 'Grace', startsOn: testDay, reviewOn: '2027-01-15' } },
        'first 6 months',
      ],
    ]
    for (const [more, words] of tries) {
      const refused = await keep(karen, more)
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining(words)])
    }
    expect((await keep(karen, { outcomes: some, offer: false })).status, 'a draft').toBe(200)
    expect((await keep(karen, { plan: 'support-2' })).status, 'a second one').toBe(409)
  })

  test('does not rest on a decision that there is no right to support', async () => {
    const { as, keep } = await started(false)
    expect((await keep(await as('karen'))).status).toBe(422)
  })

  test('is written by named professionals alone, answered by the person, and read by a carer only as far as support is shared', async () => {
    const { as, keep, answer, read, seed } = await started()
    const [karen, chidi] = [await as('karen'), await as('chidi')]
    for (const who of ['grace', 'chidi', 'stranger', 'ruth', 'admin'])
      expect((await keep(await as(who))).status, who).toBeGreaterThanOrEqual(403)
    expect((await keep(karen)).status).toBe(200)
    expect((await answer(chidi)).status).toBeGreaterThanOrEqual(403)
    const own = await answer(karen)
    expect([own.status, await own.text()]).toEqual([422, expect.stringContaining('how the person')])
    expect((await answer(karen, { said: 'On the phone' })).status).toBe(200)
    expect((await read(karen))?.answers).toMatchObject([
      { said: 'On the phone', writtenDownBy: 'Karen Lee', by: { name: 'Grace Okafor' } },
    ])
    const statusFor = async (call: Caller) => (await call('/fhir/Basic/support-1')).status
    const agreed = { id: 'consent-g1' }
    await seed([{ ...share(['me'], ['read']), ...agreed }])
    expect(await statusFor(await as('chidi')), 'support is not shared').toBe(404)
    await seed([{ ...share(['me', 'support'], ['read']), ...agreed }])
    expect(await statusFor(await as('chidi')), 'support is shared').toBe(200)
    await seed([{ ...share(['me', 'support'], ['read'], '2020-02-01'), ...agreed }])
    expect(await statusFor(await as('chidi')), 'the share has ended').toBe(404)
    expect(await statusFor(await as('stranger'))).toBe(404)
    expect(await statusFor(await as('ruth'))).toBe(404)
  })

  test('keeps the label that closes it, whoever answers, reviews or changes it', async () => {
    const { as, keep, answer, step, seed } = await started()
    const [karen, grace] = [await as('karen'), await as('grace')]
    expect((await keep(karen)).status).toBe(200)
    await seed([share(['me', 'support'], ['read'])])
    const record = await readBasic(await karen('/fhir/Basic/support-1'))
    const security = [because(restricted)]
    expect(
      (await putRecord(karen, { ...record, id: 'support-1', meta: { security } }, 1)).status,
    ).toBe(200)
    const full = { kind: 'full' as const, on: testDay, next: '2027-01-20', words: 'It goes well' }
    const ways = [
      () => answer(grace),
      () => step(karen, { ...full, version: 3 }),
      () => keep(karen, { version: 4, reviewOn: '2026-12-01' }),
      () => step(karen, { version: 5, words: 'She moved' }),
    ]
    for (const way of ways) {
      const kept = await way()
      expect([kept.status, (await readBasic(kept)).meta?.security]).toMatchObject([
        ...[200, [{ code: 'R' }]],
      ])
      const standing = await readBasic(await grace('/fhir/Basic/support-1'))
      expect(standing.meta?.security).toMatchObject([{ code: 'R' }])
      expect((await (await as('chidi'))('/fhir/Basic/support-1')).status).toBe(404)
    }
  })

  test('is changed in no other way: not by REST, not by deleting it, not over somebody’s newer version', async () => {
    const { as, keep, step } = await started()
    const karen = await as('karen')
    await keep(karen)
    const record = await readBasic(await karen('/fhir/Basic/support-1'))
    const { extension: _plan, ...bare } = record
    const forged = { ...bare, id: 'support-1' }
    expect((await putRecord(karen, forged, 1)).status).toBe(403)
    expect((await putRecord(karen, { ...record, id: 'support-9' })).status).toBe(403)
    expect((await karen('/fhir/Basic/support-1', { method: 'DELETE' })).status).toBe(403)
    expect((await keep(karen, { version: 0, reviewOn: '2026-12-01' })).status, 'stale').toBe(409)
    expect((await keep(karen)).status, 'a retry').toBe(200)
    expect((await step(karen, { version: 7, words: 'x' })).status).toBe(409)
  })

  test('is reviewed with words and the day of the next review, and ends with a reason', async () => {
    const { as, keep, step, read, stateFor } = await started()
    const [karen, grace] = [await as('karen'), await as('grace')]
    await keep(karen)
    const full = { kind: 'full' as const, on: testDay, next: '2027-01-20', words: 'It goes well' }
    expect((await step(karen, { ...full, words: '' })).status).toBe(422)
    expect((await step(karen, { ...full, next: '2029-01-20' })).status).toBe(422)
    expect((await step(karen, { ...full, on: '2040-01-01' })).status).toBe(422)
    expect((await step(grace, full)).status).toBe(403)
    const once = await step(karen, full)
    expect([once.status, await once.text()]).toEqual([200, expect.any(String)])
    expect((await step(karen, full)).status, 'a retry').toBe(200)
    expect(await read(grace)).toMatchObject({
      ...{ version: 2, reviewOn: '2027-01-20' },
      reviews: [{ kind: 'full', by: 'Karen Lee', words: 'It goes well' }],
    })
    expect((await step(karen, { version: 2 })).status, 'no reason').toBe(422)
    expect((await step(karen, { version: 2, words: 'She moved' })).status).toBe(200)
    expect(await stateFor(grace)).toBe('ended')
    expect((await keep(karen, { version: 3, reviewOn: '2026-12-01' })).status).toBe(422)
  })
})
