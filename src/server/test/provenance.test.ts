import type { Bundle, Provenance, Resource } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { professionalOnly } from '#domain/access/labels/between.ts'
import { lastChanges, lastChangesRequest } from '#domain/agreement/last-changes.ts'
import { ownCode } from '#domain/fhir/references-and-extensions.ts'
import { testNow } from '#test-support/clock.ts'
import type { Caller } from '#test-support/servers/handler.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  aboutMe,
  agreement,
  amina,
  goal,
  grace,
  standing,
} from '#test-support/worlds/grace-records.ts'

const subject = { reference: `Patient/${graceId}` }

async function provenancesOf(call: Caller, target: string): Promise<readonly Provenance[]> {
  const bundle = (await (await call(`/fhir/Provenance?target=${target}`)).json()) as Bundle
  return (bundle.entry ?? []).flatMap((each) =>
    each.search?.mode === 'match' ? [each.resource as Provenance] : [],
  )
}

const inShort = (provenance: Provenance | undefined) => ({
  target: provenance?.target.map((each) => each.reference),
  activity: provenance?.activity?.coding?.[0]?.code,
  who: provenance?.agent[0]?.who?.reference,
  role: provenance?.agent[0]?.role?.[0]?.coding?.[0]?.code,
  onBehalfOf: provenance?.agent[0]?.onBehalfOf?.reference,
})

eachStore('The Provenance of a plan', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await server.seed(standing, 'brook-surgery')
    return server
  }

  test('is recorded for each version: created, changed and deleted', async () => {
    const server = await started()
    const call = await server.as('amina')
    const path = '/fhir/Goal/goal-1'
    const made = goal(amina)
    expect((await call(path, { method: 'PUT', json: made })).status).toBe(201)
    const patch = JSON.stringify([
      { op: 'replace', path: '/description/text', value: 'To walk to the shop' },
    ])
    const headers = { 'If-Match': 'W/"1"', 'Content-Type': 'application/json-patch+json' }
    expect((await call(path, { method: 'PATCH', headers, body: patch })).status).toBe(200)
    expect((await call(path, { method: 'DELETE' })).status).toBe(204)
    const all = (await provenancesOf(call, 'Goal/goal-1')).map(inShort)
    const by = {
      who: amina.reference,
      role: 'nurse-case-manager',
      onBehalfOf: 'Organization/brook-surgery',
    }
    expect(all).toHaveLength(3)
    for (const [version, activity] of [
      [1, 'CREATE'],
      [2, 'UPDATE'],
      [3, 'DELETE'],
    ] as const)
      expect(all).toContainEqual({
        target: [`Goal/goal-1/_history/${version}`],
        activity,
        ...by,
      })
  })

  const saved = (at: number): Provenance & { id: string } => ({
    ...{ resourceType: 'Provenance', id: `said-${at}` },
    recorded: `2026-03-01T09:${String(at).padStart(2, '0')}:00Z`,
    target: [
      { reference: `Goal/goal-${at % 3}/_history/${at}` },
      { reference: `CarePlan/plan-1/_history/${at}` },
      subject,
    ],
    activity: ownCode(at % 2 ? 'write-goal' : 'write-action'),
    agent: [{ who: at % 5 ? amina : grace }],
    ...(at % 7 === 3 ? { meta: { security: [professionalOnly] } } : {}),
  })

  test('is returned by $last-changes in few records after many saves, by the same rule as on a device', async () => {
    const { sql } = await open()
    let now = testNow
    const server = await openHandler({ sql, now: () => now })
    await server.seed(standing, 'brook-surgery')
    const many = Array.from({ length: 60 }, (_, at) => saved(at))
    const yes = agreement(grace)
    await server.seed(many.slice(0, 40), 'brook-surgery')
    await server.seed([{ ...yes, target: [...yes.target, subject] }], 'brook-surgery')
    now = new Date(now.getTime() + 60_000)
    await server.seed(many.slice(40), 'brook-surgery')
    const asked = { method: 'POST', json: lastChangesRequest.write({ patient: graceId }) }
    const records = async (answer: Response) => {
      const { entry = [] } = (await answer.json()) as Bundle<Provenance>
      return entry.flatMap(({ resource }) => resource ?? [])
    }
    const ids = (list: readonly Provenance[]) => list.map(({ id = '' }) => id).toSorted()
    const seen: Record<string, number> = {}
    for (const identity of ['amina', 'grace', 'stranger']) {
      const call = await server.as(identity)
      const all = await records(await call(`/fhir/Provenance?patient=${graceId}&_count=200`))
      const found = await records(await call('/fhir/Provenance/$last-changes', asked))
      expect(ids(found), identity).toEqual(ids(lastChanges(all, graceId)))
      seen[identity] = all.length
      // records × people × kinds, the first change of each record since the answer, and the answer
      expect(found.length).toBeLessThanOrEqual(5 * 2 * 2 + 5 + 1)
    }
    expect(seen).toEqual({ amina: 61, grace: 52, stranger: 0 })
    const nurse = await server.as('amina')
    for (const patient of ['', 'p\0', "'", '*', `Patient/${graceId}`, 'x'.repeat(70)]) {
      const json = lastChangesRequest.write({ patient })
      const answer = await nurse('/fhir/Provenance/$last-changes', { method: 'POST', json })
      if (answer.ok) expect(await records(answer), patient).toEqual([])
      else expect([patient, answer.status]).toEqual([patient, 400])
    }
    expect((await nurse('/fhir/Provenance/$last-changes')).status).toBe(400)
    const log = await (await server.as('grace'))(`/fhir/Patient/${graceId}/$who-looked`)
    expect(await log.text()).toContain('no relation to this person')
  })

  test('is rolled back with the write', async () => {
    const server = await started()
    const call = await server.as('amina')
    const entry = [
      { request: { method: 'PUT', url: 'Goal/goal-1' }, resource: goal(amina) },
      {
        request: { method: 'PUT', url: 'CarePlan/plan-1', ifMatch: 'W/"7"' },
        resource: standing.find((each) => each.id === 'plan-1'),
      },
    ]
    const json = { resourceType: 'Bundle', type: 'transaction', entry }
    expect((await call('/fhir', { method: 'POST', json })).status).toBe(412)
    expect(await provenancesOf(call, 'Goal/goal-1')).toEqual([])
  })

  test('names the person whose words were written down', async () => {
    const server = await started()
    const call = await server.as('amina')
    const extension = [{ url: 'https://gable.example/fhir/supported-by', valueReference: amina }]
    const json = aboutMe(grace, { extension })
    expect((await call('/fhir/Observation/about-1', { method: 'PUT', json })).status).toBe(201)
    const [one] = await provenancesOf(call, 'Observation/about-1')
    expect(inShort(one)).toMatchObject({
      who: amina.reference,
      onBehalfOf: `Patient/${graceId}`,
    })
  })

  test('is recorded for an import, once for each change', async () => {
    const server = await started()
    const call = await server.as('admin')
    const text = JSON.stringify(goal(grace))
    const headers = { 'Content-Type': 'application/fhir+ndjson' }
    for (let run = 0; run < 2; run += 1)
      expect((await call('/fhir/$import', { method: 'POST', headers, body: text })).status).toBe(
        200,
      )
    const all = await provenancesOf(call, 'Goal/goal-1')
    expect(all).toHaveLength(1)
    expect(all[0]?.agent[0]?.who).toMatchObject({ display: 'Sam Field' })
  })

  test('is written only by the server: it cannot be created, changed, deleted or imported', async () => {
    const server = await started()
    const call = await server.as('amina')
    await call('/fhir/Goal/goal-1', { method: 'PUT', json: goal(amina) })
    const [one] = await provenancesOf(call, 'Goal/goal-1')
    const path = `/fhir/Provenance/${one?.id}`
    const headers = { 'If-Match': 'W/"1"' }
    const json = { ...one, recorded: '2020-01-01T00:00:00Z' }
    expect((await call(path, { method: 'PUT', headers, json })).status).toBe(403)
    expect((await call(path, { method: 'DELETE' })).status).toBe(403)
    const other = { ...json, id: 'written-0000' }
    const made = await call('/fhir/Provenance/written-0000', { method: 'PUT', json: other })
    expect(made.status).toBe(403)
    const admin = await server.as('admin')
    const imported = await admin('/fhir/$import', { method: 'POST', json: other })
    expect(await imported.text()).toContain('Only the service records who wrote a plan')
    expect((await call('/fhir/Provenance/written-0000')).status).toBe(404)
    const activity = { coding: [{ system: 'https://gable.example/codes', code: 'change-access' }] }
    const news = { ...json, id: 'news', activity, reason: [{ text: 'Nobody sees it' }] }
    expect((await call('/fhir/Provenance/news', { method: 'PUT', json: news })).status).toBe(403)
    const file = await admin('/fhir/$import', { method: 'POST', json: news })
    expect(await file.text()).toContain('Only the service records who wrote a plan')
    const shapeless = { ...news, activity: { coding: [null] } }
    expect((await admin('/fhir/$import', { method: 'POST', json: shapeless })).status).toBe(200)
  })

  test('is not an answer to the plan, and not in a search by patient', async () => {
    const server = await started()
    const call = await server.as('grace')
    expect((await call('/fhir/Goal/goal-1', { method: 'PUT', json: goal(grace) })).status).toBe(201)
    const created = await call('/fhir/Provenance/agree-1', {
      method: 'PUT',
      json: agreement(grace),
    })
    expect(created.status).toBe(201)
    const about = await call(`/fhir/Provenance?patient=Patient/${graceId}`)
    expect(((await about.json()) as Bundle).entry?.map((each) => each.resource?.id)).toEqual([
      'agree-1',
    ])
    expect(await provenancesOf(call, 'Goal/goal-1')).toHaveLength(1)
  })

  test('is professional-only when its record is', async () => {
    const server = await started()
    const call = await server.as('amina')
    const security = [{ system: 'https://gable.example/codes', code: 'professional-only' }]
    const secret = { ...goal(amina), id: 'goal-2', meta: { security } }
    await server.seed([secret])
    const changed = { ...secret, lifecycleStatus: 'on-hold' }
    const init = { method: 'PUT', headers: { 'If-Match': 'W/"1"' }, json: changed }
    expect((await call('/fhir/Goal/goal-2', init)).status).toBe(200)
    expect(await provenancesOf(call, 'Goal/goal-2')).toHaveLength(1)
    expect(await provenancesOf(await server.as('grace'), 'Goal/goal-2')).toEqual([])
    const all = (await (
      await (
        await server.as('grace')
      )('/fhir/Provenance')
    ).json()) as Bundle<Resource>
    expect(JSON.stringify(all)).not.toContain('goal-2')
  })

  test('is not recorded for records outside the plan', async () => {
    const server = await started()
    const call = await server.as('amina')
    const json = { resourceType: 'Condition', id: 'cough', subject, code: { text: 'Cough' } }
    expect((await call('/fhir/Condition/cough', { method: 'PUT', json })).status).toBe(201)
    expect(await provenancesOf(call, 'Condition/cough')).toEqual([])
  })
})
