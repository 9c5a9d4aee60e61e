import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import type { CapacityRecord } from '#domain/agreement/capacity.ts'
import { bestInterestsToFhir, capacityToFhir } from '#domain/agreement/capacity-fhir.ts'
import { wishDocumentKind } from '#domain/plan/worse/wishes.ts'
import {
  answerSupportPlanRequest,
  keepSupportPlanRequest,
  type SupportPlanAnswer,
  supportPlanFromFhir,
} from '#domain/social-care/support-plan.ts'
import { testDay } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { readBasic, seedCareAct, wholeSupportPlan } from '#test-support/worlds/care-act.ts'

const nurse = {
  reference: 'Practitioner/amina-yusuf',
  name: 'Amina Yusuf',
  voice: 'professional',
} as const
const lacking: CapacityRecord = {
  ...{ id: 'capacity-1', person: graceId, planId: 'plan-1', decision: 'Which care she has' },
  ...{ hasCapacity: false, impairment: 'Dementia', unable: ['weigh'] as const },
  ...{ because: 'It is gone at once', support: 'Pictures, mornings', reasons: 'Asked three times' },
  ...{ by: nurse, at: testDay },
}
const best = {
  ...{ id: 'best-1', person: graceId, planId: 'plan-1', capacity: 'Observation/capacity-1' },
  ...{
    wishes: 'To stay home',
    consulted: 'Chidi',
    decided: 'Care at home',
    why: 'Least restrictive',
  },
  ...{ imca: '', by: nurse, at: testDay },
}
const paper = (
  id: string,
  sort: 'lpa' | 'deputy' | 'adrt',
  decider: string,
  signedOn = '2020-05-01',
) =>
  wishDocumentKind.toFhir({
    ...{ id, person: graceId, sort, decider, signedOn, keptAt: 'In the blue folder', link: '' },
  } as never)

type ForThem = NonNullable<SupportPlanAnswer['forThem']>
const byAuthority: ForThem = {
  way: 'authority',
  rests: 'lpa-1',
  capacity: 'capacity-1',
  on: testDay,
}
const inBestInterests: ForThem = { ...byAuthority, way: 'best-interests', rests: 'best-1' }

eachStore('A support plan that somebody else decides about', (open) => {
  async function started(finding: Partial<CapacityRecord> = {}) {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await seedCareAct(server)
    await server.seed([
      capacityToFhir({ ...lacking, ...finding }),
      bestInterestsToFhir(best),
      ...[paper('lpa-1', 'lpa', 'Chidi Okafor'), paper('lpa-2', 'lpa', '')],
      ...[paper('adrt-1', 'adrt', 'Chidi Okafor'), paper('lpa-3', 'deputy', 'Karen Lee')],
      paper('lpa-4', 'lpa', 'Chidi Okafor', '2027-01-01'),
    ])
    const post = (call: Caller, name: string, json: object) =>
      call(`/fhir/Patient/${graceId}/$${name}`, { method: 'POST', json })
    const karen = await server.as('karen')
    const keep = keepSupportPlanRequest.write(wholeSupportPlan())
    expect((await post(karen, 'keep-support-plan', keep)).status).toBe(200)
    const answer = async (forThem: ForThem, call = karen, said = 'At the kitchen table') =>
      await post(
        call,
        'answer-support-plan',
        answerSupportPlanRequest.write({
          ...{ plan: 'support-1', edition: 1, agrees: true, words: '', said, forThem },
        }),
      )
    const answers = async (call = karen) =>
      supportPlanFromFhir(await readBasic(await call('/fhir/Basic/support-1')))?.answers
    return { ...server, karen, answer, answers }
  }

  test('keeps who decided, on what authority and when; the person reads it', async () => {
    const { as, answer, answers } = await started()
    expect((await answer(byAuthority)).status).toBe(200)
    expect((await answer(byAuthority)).status, 'sent twice').toBe(200)
    expect((await answer(inBestInterests)).status).toBe(200)
    expect(await answers(await as('grace'))).toMatchObject([
      {
        ...{ by: { name: 'Chidi Okafor' }, writtenDownBy: 'Karen Lee' },
        forThem: { way: 'authority', authority: 'lpa', signedOn: '2020-05-01', on: testDay },
      },
      { by: { name: 'Karen Lee' }, forThem: { way: 'best-interests', authority: '' } },
    ])
  })

  test.each<[string, ForThem, RegExp]>([
    ['a document that is not there', { ...byAuthority, rests: 'none' }, /kept in the record/],
    ['no document', { ...byAuthority, rests: '' }, /kept in the record/],
    ['a document that gives no authority', { ...byAuthority, rests: 'adrt-1' }, /Next of kin/],
    ['a document that names nobody', { ...byAuthority, rests: 'lpa-2' }, /names nobody/],
    ['an authority of whoever writes it down', { ...byAuthority, rests: 'lpa-3' }, /Somebody else/],
    ['a document signed afterwards', { ...byAuthority, rests: 'lpa-4' }, /signed after/],
    ['a day to come', { ...byAuthority, on: '2099-01-01' }, /on which day/],
    ['no day', { ...byAuthority, on: '' }, /on which day/],
    ['no capacity record', { ...byAuthority, capacity: '' }, /taken to be able/],
    ['no best-interests record', { ...inBestInterests, rests: 'lpa-1' }, /best interests/],
  ])('is refused with %s', async (_title, forThem, words) => {
    const { answer, answers } = await started()
    const refused = await answer(forThem)
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringMatching(words)])
    expect(await answers()).toEqual([])
  })

  test.each<[string, Partial<CapacityRecord>, RegExp]>([
    ['she can decide it', { hasCapacity: true }, /taken to be able/],
    ['it was to be looked at again', { reviewOn: '2020-01-01' }, /looked at again/],
  ])('is refused where the finding says that %s', async (_title, finding, words) => {
    const { answer } = await started(finding)
    for (const forThem of [byAuthority, inBestInterests]) {
      const refused = await answer(forThem)
      expect([refused.status, await refused.text()]).toEqual([422, expect.stringMatching(words)])
    }
  })

  test('is refused where somebody found since then that the person can decide, or for a day before the finding', async () => {
    const { answer, seed } = await started()
    const before = await answer({ ...byAuthority, on: '2020-06-01' })
    expect([before.status, await before.text()]).toEqual([
      422,
      expect.stringMatching(/On that day/),
    ])
    const able = { ...lacking, id: 'capacity-2', planId: 'plan-2', hasCapacity: true }
    await seed([capacityToFhir({ ...able, at: `${testDay}T23:59:00Z` })])
    const after = await answer(byAuthority)
    expect([after.status, await after.text()]).toEqual([422, expect.stringMatching(/Since that/)])
  })

  test('is not for the person’s own answer, nor for a carer to send', async () => {
    const { as, answer } = await started()
    expect((await answer(byAuthority, await as('grace'), '')).status).toBe(422)
    expect((await answer(byAuthority, await as('chidi'))).status).toBeGreaterThanOrEqual(403)
  })
})
