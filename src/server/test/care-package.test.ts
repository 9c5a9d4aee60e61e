import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import {
  type CarePackageToKeep,
  carePackageFromFhir,
  keepCarePackageRequest,
  type MissedVisit,
  missedVisitRequest,
} from '#domain/social-care/care-package.ts'
import { because, restricted } from '#test-support/access/access-labels.ts'
import { testDay } from '#test-support/clock.ts'
import { type Caller, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { readBasic, seedCareAct } from '#test-support/worlds/care-act.ts'
import { share } from '#test-support/worlds/grace-records.ts'
import { putRecord } from '#test-support/worlds/worse-records.ts'

const visit = {
  ...{ id: 'v1', days: ['mon', 'wed'], at: '09:15', minutes: 45, workers: 1, tasks: 'Bath' },
}

eachStore('A package of care', (open) => {
  async function started() {
    const { sql } = await open()
    const server = await openHandler({ sql })
    await seedCareAct(server)
    const post = (call: Caller, name: string, json: object) =>
      call(`/fhir/Patient/${graceId}/$${name}`, { method: 'POST', json })
    const keep = (call: Caller, more: Partial<CarePackageToKeep> = {}) =>
      post(
        call,
        'keep-care-package',
        keepCarePackageRequest.write({
          ...{ package: 'care-1', version: 0, reason: '', provider: 'Kind Hands' },
          ...{ startsOn: testDay, endsOn: '', visits: [visit], ...more },
        }),
      )
    const missed = (call: Caller, more: Partial<MissedVisit> = {}) =>
      post(
        call,
        'missed-visit',
        missedVisitRequest.write({
          ...{ package: 'care-1', id: 'm1', visit: 'v1', on: testDay, words: 'Nobody came' },
          ...{ settles: '', ...more },
        }),
      )
    const read = async (call: Caller) =>
      carePackageFromFhir(await readBasic(await call('/fhir/Basic/care-1')))
    return { ...server, keep, missed, read }
  }

  test('is changed and ended with a reason, by named professionals alone', async () => {
    const { as, keep, read } = await started()
    const [karen, grace] = [await as('karen'), await as('grace')]
    for (const who of ['grace', 'chidi', 'stranger', 'ruth', 'admin'])
      expect((await keep(await as(who))).status, who).toBeGreaterThanOrEqual(403)
    expect((await keep(karen, { visits: [{ ...visit, at: '25:00' }] })).status).toBe(422)
    const kept = await keep(karen)
    expect([kept.status, await kept.text()]).toEqual([200, expect.any(String)])
    expect((await keep(karen, { version: 1, endsOn: '2026-04-01' })).status, 'no reason').toBe(422)
    const change = { version: 1, endsOn: '2026-04-01', reason: 'She goes to her daughter' }
    expect((await keep(karen, change)).status).toBe(200)
    expect((await keep(karen, change)).status, 'a retry').toBe(200)
    expect((await keep(karen, { ...change, provider: 'Others' })).status, 'stale').toBe(409)
    expect(await read(grace)).toMatchObject({
      ...{ provider: 'Kind Hands', endsOn: '2026-04-01', version: 2 },
      changes: [{ by: 'Karen Lee', reason: 'She goes to her daughter', what: ['endsOn'] }],
    })
  })

  test('stays restricted through every step, and a carer who may not read it neither writes in it nor gets it', async () => {
    const { as, seed, keep, missed } = await started()
    await seed([{ ...share(['support'], ['read', 'write']), id: 'share-grace' }])
    const [karen, chidi] = [await as('karen'), await as('chidi')]
    await keep(karen)
    expect((await missed(chidi)).status, 'while support is shared').toBe(200)
    const path = '/fhir/Basic/care-1'
    const record = await readBasic(await karen(path))
    const meta = { security: [restrictedBecause('Her son is not to read it')] }
    const shut = await karen(path, {
      ...{ method: 'PUT', json: { ...record, meta } },
      headers: { 'If-Match': `W/"${record.meta?.versionId}"` },
    })
    expect(shut.status).toBe(200)
    const refused = await missed(chidi, { id: 'm2' })
    expect([refused.status, await refused.text()]).toEqual([
      404,
      expect.not.stringContaining('Kind'),
    ])
    const settled = await missed(karen, { settles: 'm1', words: 'They come at noon' })
    expect(await readBasic(settled)).toMatchObject({ meta })
    const next = { version: 4, provider: 'Others', reason: 'Kind Hands closes' }
    expect((await keep(karen, next)).status).toBe(200)
    expect(await readBasic(await karen(path))).toMatchObject({ meta })
    expect((await chidi(path)).status).toBe(404)
    expect((await missed(await as('grace'), { id: 'm3' })).status).not.toBe(404)
  })

  test('keeps a missed visit in the name of who says it, once, and what was done about it', async () => {
    const { as, keep, missed, read } = await started()
    const [karen, grace] = [await as('karen'), await as('grace')]
    await keep(karen)
    // testDay is a Monday
    expect((await missed(grace, { on: '2026-03-03' })).status, 'to come').toBe(422)
    expect((await missed(grace, { on: '2026-02-25' })).status, 'before it began').toBe(422)
    expect((await missed(grace, { visit: 'v9' })).status).toBe(422)
    const told = await missed(grace)
    expect([told.status, await told.text()]).toEqual([200, expect.any(String)])
    expect((await missed(grace)).status, 'a retry').toBe(200)
    expect((await missed(karen, { id: 'm2' })).status, 'twice').toBe(422)
    expect((await missed(grace, { settles: 'm1', words: 'x' })).status).toBe(403)
    expect((await missed(karen, { settles: 'm1', words: '' })).status).toBe(422)
    const done = { settles: 'm1', words: 'Rang Kind Hands: they come at noon' }
    expect((await missed(karen, done)).status).toBe(200)
    expect((await read(grace))?.missed).toMatchObject([
      {
        ...{ visit: 'v1', by: { name: 'Grace Okafor' } },
        settled: { by: 'Karen Lee', words: 'Rang Kind Hands: they come at noon' },
      },
    ])
    for (const who of ['stranger', 'ruth', 'admin'])
      expect((await missed(await as(who), { id: 'm9' })).status, who).toBeGreaterThanOrEqual(403)
  })

  test('stays restricted when somebody keeps a missed visit or changes it, and a carer who writes in support neither reads it nor says so', async () => {
    const { as, keep, missed, seed } = await started()
    const [karen, grace, chidi] = [await as('karen'), await as('grace'), await as('chidi')]
    expect((await keep(karen)).status).toBe(200)
    await seed([share(['support'], ['read', 'write'])])
    expect((await missed(chidi, { id: 'm0', on: '2026-03-02' })).status, 'not restricted').toBe(200)
    const record = await readBasic(await karen('/fhir/Basic/care-1'))
    const closed = { ...record, id: 'care-1', meta: { security: [because(restricted)] } }
    expect((await putRecord(karen, closed, 2)).status).toBe(200)
    for (const more of [{ id: 'm1' }, { id: 'm0' }]) {
      const hidden = await missed(chidi, more)
      expect([hidden.status, await hidden.text()]).toEqual([
        ...[404, expect.not.stringContaining('Kind Hands')],
      ])
    }
    const done = { settles: 'm0', words: 'Rang Kind Hands' }
    const change = { version: 4, endsOn: '2026-04-01', reason: 'She goes to her daughter' }
    for (const way of [() => missed(karen, done), () => keep(karen, change)]) {
      const kept = await way()
      expect([kept.status, (await readBasic(kept)).meta?.security]).toMatchObject([
        ...[200, [{ code: 'R' }]],
      ])
      expect((await grace('/fhir/Basic/care-1')).status, 'the person reads it').toBe(200)
      expect((await chidi('/fhir/Basic/care-1')).status).toBe(404)
    }
  })

  test('A missed visit counts by the package as it was agreed on that day, whatever changed since', async () => {
    const { as, keep, missed, read } = await started()
    const karen = await as('karen')
    const first = { package: 'care-1', startsOn: '2026-02-16' }
    expect((await keep(karen, first)).status).toBe(200)
    const change = { version: 1, reason: 'Less help', visits: [{ ...visit, id: 'v2' }] }
    expect((await keep(karen, { ...first, ...change })).status).toBe(200)
    expect((await missed(karen, { id: 'm1', on: '2026-02-25' })).status, 'agreed then').toBe(200)
    expect((await missed(karen, { id: 'm2' })).status, 'changed on that day').toBe(200)
    expect((await missed(karen, { id: 'm3', visit: 'v2' })).status).toBe(200)
    const early = { id: 'm4', visit: 'v2', on: '2026-02-25' }
    expect((await missed(karen, early)).status, 'agreed since').toBe(422)
    expect((await read(karen))?.missed.map(({ id }) => id)).toEqual(['m1', 'm2', 'm3'])
  })
})
