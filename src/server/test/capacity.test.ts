import { expect, test } from 'vitest'
import type { CapacityRecord } from '#domain/agreement/capacity.ts'
import { bestInterestsToFhir, capacityToFhir } from '#domain/agreement/capacity-fhir.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { amina, chidi, grace, share, standing } from '#test-support/worlds/grace-records.ts'
import { planId, planToAgree } from '#test-support/worlds/plan-to-agree.ts'

const person = grace.reference.slice('Patient/'.length)
const theNurse = { reference: amina.reference, name: 'Amina Yusuf', voice: 'professional' as const }
const lacking: CapacityRecord = {
  ...{ id: 'capacity-1', person, planId, decision: 'Whether to agree to this plan' },
  ...{ hasCapacity: false, impairment: 'Dementia', unable: ['weigh'] as const },
  ...{ because: 'It is gone at once', support: 'Pictures, mornings', reasons: 'Asked three times' },
  ...{ by: theNurse, at: '2026-03-02' },
}
const decided = {
  ...{ id: 'best-1', person, planId, capacity: 'Observation/capacity-1', wishes: 'To stay home' },
  ...{ consulted: 'Chidi', decided: 'The plan', why: 'Least restrictive', imca: '' },
  ...{ by: theNurse, at: '2026-03-02' },
}
type Stored = { resourceType: string; id: string }

eachStore('A decision about capacity', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const carer = { resourceType: 'RelatedPerson', id: chidi.reference.slice(14), patient: grace }
    const all = share(
      ['me', 'conversation', 'team', 'roof', 'support', 'record'],
      ['read', 'write'],
    )
    await server.seed([...standing, ...planToAgree, carer, all] as never, 'brook-surgery')
    const put = async (record: Stored, who = 'amina', version?: number) =>
      await (await server.as(who))(`/fhir/${record.resourceType}/${record.id}`, {
        ...{ method: 'PUT', json: record },
        ...(version ? { headers: { 'If-Match': `W/"${version}"` } } : {}),
      })
    const read = async (who: string) =>
      (await (await server.as(who))('/fhir/Observation/capacity-1')).status
    return { ...server, put, read }
  }

  test('is read by the person and by named professionals, and by no carer', async () => {
    const server = await started()
    expect((await server.put(capacityToFhir(lacking))).status).toBe(201)
    expect([await server.read('amina'), await server.read('grace')]).toEqual([200, 200])
    expect([await server.read('chidi'), await server.read('karen')]).toEqual([404, 404])
  })

  test.each<[string, Partial<CapacityRecord>, RegExp]>([
    ['without stage 1', { impairment: '' }, /stage 1/],
    ['without stage 2', { unable: [] }, /stage 2/],
    ['without the link between them', { because: '' }, /the cause/],
    ['without what was done to help', { support: '' }, /done to help/],
    ['without reasons', { reasons: '' }, /reasons/],
    ['about no plan', { planId: '' }, /./],
  ])('%s is refused with what is missing', async (_title, more, words) => {
    const server = await started()
    const answer = await server.put(capacityToFhir({ ...lacking, ...more }))
    expect([answer.status >= 400, await answer.text()]).toEqual([
      true,
      expect.stringMatching(words),
    ])
  })

  test('of a day to come is kept with the time of the service', async () => {
    const server = await started()
    const answer = await server.put(capacityToFhir({ ...lacking, at: '2026-03-09' }))
    expect(await answer.json()).toMatchObject({ effectiveDateTime: '2026-03-02T09:00:00.000Z' })
  })

  test('without the label that restricts it is refused', async () => {
    const server = await started()
    const { meta: _label, ...open } = capacityToFhir(lacking)
    expect((await server.put(open)).status).toBe(422)
  })

  test('in best interests rests on a capacity record of the same person, and on somebody who was asked', async () => {
    const server = await started()
    const first = await server.put(bestInterestsToFhir(decided))
    await server.put(capacityToFhir(lacking))
    const nobody = await server.put(bestInterestsToFhir({ ...decided, consulted: '' }))
    const whole = await server.put(bestInterestsToFhir(decided))
    expect([first.status, nobody.status, whole.status]).toEqual([422, 422, 201])
  })

  test('cannot be imported', async () => {
    const server = await started()
    const bundle = {
      ...{ resourceType: 'Bundle', type: 'collection' },
      entry: [{ resource: capacityToFhir(lacking) }],
    }
    await (await server.as('amina'))('/fhir/$import', { method: 'POST', json: bundle })
    expect(await server.read('amina')).toBe(404)
  })
})
