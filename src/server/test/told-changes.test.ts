import type { Bundle, Provenance } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { eventFromFhir } from '#domain/agreement/fhir.ts'
import { contentChangesSince } from '#domain/plan/changes-since.ts'
import { houseRequest } from '#domain/plan/house/house-records.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { goal, grace, share, standing } from '#test-support/worlds/grace-records.ts'
import { need, planId, planToAgree, step } from '#test-support/worlds/plan-to-agree.ts'
import { putRecord } from '#test-support/worlds/worse-records.ts'

eachStore('News of a plan', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00Z') })
    const shared = share(['team', 'support'], ['read'])
    await server.seed([...standing, ...planToAgree, shared] as never, 'brook-surgery')
    const events = async (who: string) => {
      const call = await server.as(who)
      const json = houseRequest.write({ patient: graceId })
      const house = (await (
        await call('/fhir/CarePlan/$house', { method: 'POST', json })
      ).json()) as Bundle
      const told = (house.entry ?? []).flatMap(({ resource }) =>
        resource?.resourceType === 'Provenance'
          ? (eventFromFhir(resource as Provenance) ?? [])
          : [],
      )
      return told.map(({ kind, by, targets }) => ({ kind, by: by.name, target: targets[0] }))
    }
    return { ...server, events }
  }

  test('says what became of a step in its own verb, by any client, without a new version of the plan', async () => {
    const server = await started()
    const amina = await server.as('amina')
    const states = ['accepted', 'in-progress', 'completed', 'requested', 'rejected'] as const
    for (const [at, status] of states.entries())
      expect((await putRecord(amina, { ...step, status } as never, at + 1)).status).toBe(200)
    const told = await server.events('amina')
    expect(told.map(({ kind, target }) => `${kind} ${target}`)).toEqual([
      'accept-step Task/step-1/_history/2',
      'start-step Task/step-1/_history/3',
      'finish-step Task/step-1/_history/4',
      'reopen-step Task/step-1/_history/5',
      'decline-step Task/step-1/_history/6',
    ])
    expect(new Set(told.map(({ by }) => by))).toEqual(new Set(['Amina Yusuf']))
    const plan = await (await amina(`/fhir/CarePlan/${planId}`)).json()
    expect(plan.meta.versionId).toBe('1')
    const found = (await (await amina(`/fhir/Provenance?patient=${graceId}`)).json()) as Bundle
    const all = (found.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'Provenance' ? (eventFromFhir(resource) ?? []) : [],
    )
    const yes = { planId, version: '1', at: '2026-03-01T09:00:00Z' }
    expect(contentChangesSince(all, yes), 'nothing to agree to again').toEqual([])
  })

  test('says what ended a part of the plan, and its words changed or not', async () => {
    const server = await started()
    const amina = await server.as('amina')
    const wanted = goal(grace)
    await putRecord(amina, { ...wanted, lifecycleStatus: 'completed' } as never, 1)
    await putRecord(amina, { ...wanted, lifecycleStatus: 'cancelled' } as never, 2)
    await putRecord(amina, { ...wanted, description: { text: 'The garden' } } as never, 3)
    await putRecord(amina, { ...need, code: { text: 'Falls' } } as never, 1)
    const resolved = { clinicalStatus: { coding: [{ code: 'resolved' }] } }
    await putRecord(amina, { ...need, code: { text: 'Falls' }, ...resolved } as never, 2)
    await putRecord(amina, { ...wanted, id: 'goal-2' } as never)
    expect((await amina('/fhir/Goal/goal-2', { method: 'DELETE' })).status).toBe(204)
    const told = (await server.events('amina')).map(({ kind, target }) => `${kind} ${target}`)
    expect(told).toEqual([
      'reach-goal Goal/goal-1/_history/2',
      'stop-goal Goal/goal-1/_history/3',
      'reopen-goal Goal/goal-1/_history/4',
      'write-need Condition/need-1/_history/2',
      'settle-need Condition/need-1/_history/3',
      'write-goal Goal/goal-2/_history/1',
      'remove-part Goal/goal-2/_history/2',
    ])
  })

  test('tells nothing of work outside the plan, and no carer about a room they do not see', async () => {
    const server = await started()
    const amina = await server.as('amina')
    const { focus: _goal, ...errand } = { ...step, id: 'errand' }
    await putRecord(amina, errand as never)
    await putRecord(amina, { ...errand, status: 'completed' } as never, 1)
    expect(await server.events('amina')).toEqual([])
    await putRecord(amina, { ...step, status: 'completed' } as never, 1)
    expect(await server.events('grace')).toHaveLength(1)
    expect(await server.events('chidi')).toEqual([])
  })

  test('lets the writer tell it in our own terms, and then says it once', async () => {
    const server = await started()
    const amina = await server.as('amina')
    const told = {
      ...{ resourceType: 'Provenance', id: 'told-1', recorded: '2026-03-02T09:00:00Z' },
      target: [{ reference: 'Task/step-1/_history/2' }, grace],
      activity: { coding: [{ system: 'https://gable.example/codes', code: 'finish-step' }] },
      agent: [{ who: { reference: 'Practitioner/amina-yusuf', display: 'Amina Yusuf' } }],
    }
    const entry = (resource: Readonly<{ resourceType: string; id: string }>, more = {}) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}`, ...more },
    })
    const json = {
      ...{ resourceType: 'Bundle', type: 'transaction' },
      entry: [entry({ ...step, status: 'completed' } as never, { ifMatch: 'W/"1"' }), entry(told)],
    }
    expect((await amina('/fhir', { method: 'POST', json })).status).toBe(200)
    expect((await server.events('amina')).map(({ kind }) => kind)).toEqual(['finish-step'])
  })
})
