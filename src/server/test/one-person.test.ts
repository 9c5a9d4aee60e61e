import type { Bundle, Patient } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  ada,
  adasDay,
  condition,
  linesOf,
  ndjson,
  nhsNumber,
  serverOfAda,
  tom,
} from '#test-support/worlds/ada.ts'
import { bringIn, countsOf, reasonsOf } from '#test-support/worlds/import-answer.ts'
import { backupOf, freshPglite, sourceOf } from '#test-support/worlds/lived-backup.ts'

const transactionOf = (...resources: ResourceWithId[]) =>
  JSON.stringify({
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: resources.map((resource) => {
      const url = `${resource.resourceType}/${resource.id}`
      return { fullUrl: url, resource, request: { method: 'PUT', url } }
    }),
  })

eachStore('The identity of a person', (open) => {
  const started = async () => {
    const { sql } = await open({ now: () => adasDay })
    return await serverOfAda(sql)
  }

  test('another person under the same id is refused by name, with all their records', async () => {
    const { admin, conditionIds, read } = await started()
    const whole = await bringIn(admin, transactionOf(tom, condition('Epilepsy')))
    expect(countsOf(whole.answer)).toMatchObject({ created: 0, updated: 0, refused: 2 })
    expect(reasonsOf(whole.answer)[0]).toContain('Patient/gp-1 is a different person here')
    const lines = linesOf(tom, condition('Epilepsy'), { ...ada, id: 'gp-2' })
    const apart = await bringIn(admin, lines, ndjson)
    expect(countsOf(apart.answer)).toMatchObject({ created: 1, updated: 0, refused: 2 })
    expect(reasonsOf(apart.answer)[1]).toBe('It is about Patient/gp-1, which was refused')
    expect(await conditionIds()).toEqual(['asthma'])
    expect((await read('gp-1')).name?.[0]?.family).toBe('Okoro')
  })

  test('a file of lines that was cut is refused in its last line alone, and the whole one adds the rest', async () => {
    const { admin, conditionIds } = await started()
    const whole = linesOf(condition('Gout'), condition('Cough'))
    const cut = await bringIn(admin, whole.slice(0, -20), ndjson)
    expect(countsOf(cut.answer)).toMatchObject({ created: 1, refused: 1 })
    expect(reasonsOf(cut.answer)[0]).toContain('the file was cut')
    expect(await conditionIds()).toEqual(['asthma', 'gout'])
    const again = await bringIn(admin, whole, ndjson)
    expect(countsOf(again.answer)).toMatchObject({ created: 1, unchanged: 1, refused: 0 })
  })

  test('two people with the same id in one file are both refused', async () => {
    const { admin } = await started()
    const [one, other] = [
      { ...ada, id: 'new' },
      { ...tom, id: 'new' },
    ]
    const { answer } = await bringIn(admin, linesOf(one, other), ndjson)
    expect(countsOf(answer)).toMatchObject({ created: 0, refused: 2 })
    expect((await admin('/fhir/Patient/new')).status).toBe(404)
  })

  test.each([
    ['a saved record', 'PUT'],
    ['a patch', 'PATCH'],
    ['a transaction', 'POST'],
    ['a conditional update', 'where'],
  ])('%s does not turn a record into another person', async (_, way) => {
    const { admin, put, read } = await started()
    const headers = { 'If-Match': 'W/"1"' }
    const patch = Object.entries(tom)
      .filter(([key]) => ['name', 'birthDate', 'identifier', 'gender'].includes(key))
      .map(([key, value]) => ({ op: 'replace', path: `/${key}`, value }))
    const request = { method: 'PUT', url: 'Patient/gp-1', ifMatch: 'W/"1"' }
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: tom, request }],
    }
    const where = `/fhir/Patient?identifier=${nhsNumber}|9434765919`
    const patched = { ...headers, 'Content-Type': 'application/json-patch+json' }
    const answers = new Map([
      ['PUT', () => put(tom)],
      [
        'PATCH',
        () =>
          admin('/fhir/Patient/gp-1', {
            ...{ method: 'PATCH', headers: patched, body: JSON.stringify(patch) },
          }),
      ],
      ['POST', () => admin('/fhir', { method: 'POST', json: bundle })],
      ['where', () => admin(where, { method: 'PUT', json: tom })],
    ])
    const answer = await answers.get(way)?.()
    expect(answer?.status).toBe(422)
    expect(await answer?.text()).toContain('a different person here')
    expect((await read('gp-1')).name?.[0]?.family).toBe('Okoro')
  })

  test.each<[string, Partial<Patient>]>([
    ['a married name', { name: [{ family: 'Bello', given: ['Ada'] }] }],
    ['a corrected birth date', { birthDate: '1938-03-02' }],
    ['a corrected number', { identifier: [{ system: nhsNumber, value: '9434765870' }] }],
    [
      'another first name and sex, the old name kept',
      {
        gender: 'male',
        name: [
          ...(ada.name ?? []).map((each) => ({ ...each, use: 'old' as const })),
          {
            ...{ use: 'official', family: 'Okoro', given: ['Adam'] },
          },
        ],
      },
    ],
    ['fewer facts', { name: [{ text: 'Ada' }], gender: 'unknown' }],
  ])('%s is the same person', async (_, change) => {
    const { put } = await started()
    expect((await put({ ...ada, ...change })).status).toBe(200)
  })

  const versioned = (version: number) => ({ 'If-Match': `W/"${version}"` })
  const reason = (valueString: string) => ({
    extension: [{ url: 'https://gable.example/fhir/identity-reason', valueString }],
  })

  test('a record does not become another person one detail at a time, also not by imports', async () => {
    const { admin, amina, put, read } = await started()
    const born = { ...ada, birthDate: tom.birthDate ?? '' }
    expect((await put({ ...ada, birthDate: '1938' })).status).toBe(200)
    const second = { method: 'PUT', headers: versioned(2), json: born }
    expect((await amina('/fhir/Patient/gp-1', second)).status).toBe(200)
    const third = { ...born, identifier: tom.identifier ?? [] }
    for (const who of [admin, amina]) {
      const init = { method: 'PUT', headers: versioned(3), json: third }
      const answer = await who('/fhir/Patient/gp-1', init)
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('identity-reason')
      expect(reasonsOf((await bringIn(who, JSON.stringify(third))).answer)).toEqual([
        expect.stringContaining('a different person here'),
      ])
    }
    // a typo can be corrected, and details that do not identify the person can change
    const right = { ...ada, telecom: [{ value: '01632 960100' }] }
    const init = { method: 'PUT', headers: versioned(3), json: right }
    expect((await amina('/fhir/Patient/gp-1', init)).status).toBe(200)
    expect((await read('gp-1')).birthDate).toBe(ada.birthDate)
  })

  test('an administrator changes the identity with a reason, and it starts again from there', async () => {
    const { admin, amina, put } = await started()
    const other = { ...tom, ...reason('Two were registered as one') }
    expect((await put(other)).status).toBe(403)
    expect((await put(other, admin)).status).toBe(200)
    const born = { ...other, birthDate: '1971-09-10' }
    const send = async (json: Patient, version: number, who = amina) =>
      (await who('/fhir/Patient/gp-1', { method: 'PUT', headers: versioned(version), json })).status
    expect(await send(born, 2)).toBe(200)
    expect(await send({ ...ada, ...reason('Two were registered as one') }, 3)).toBe(422)
    expect(await send({ ...ada, ...reason('x') }, 3)).toBe(403)
  })

  const carer: ResourceWithId = {
    ...{ resourceType: 'RelatedPerson', id: 'carer', patient: { reference: 'Patient/gp-1' } },
    ...{ identifier: ada.identifier ?? [], name: [{ family: 'Okoro', given: ['Ben'] }] },
  }
  const shared: ResourceWithId = {
    ...{ resourceType: 'Consent', id: 'shared', status: 'active', scope: { text: 'privacy' } },
    ...{ category: [{ text: 'sharing' }], patient: { reference: 'Patient/gp-1' } },
    provision: { actor: [{ role: {}, reference: { reference: 'RelatedPerson/carer' } }] },
  } as ResourceWithId

  test('a carer’s record does not become another person, and keeps its number while it gives access', async () => {
    const server = await started()
    await server.seed([carer])
    const send = async (more: object, version: number, who = server.amina) => {
      const init = { method: 'PUT', headers: versioned(version), json: { ...carer, ...more } }
      return (await who('/fhir/RelatedPerson/carer', init)).status
    }
    const name = [{ family: 'Price', given: ['Ben'] }]
    expect(await send({ name, identifier: tom.identifier }, 1)).toBe(422)
    expect(await send({ identifier: tom.identifier }, 1)).toBe(200)
    expect(await send({ name, identifier: tom.identifier }, 2)).toBe(422)
    await server.seed([carer, shared])
    const both = [...(ada.identifier ?? []), ...(tom.identifier ?? [])]
    for (const identifier of [tom.identifier, both]) expect(await send({ identifier }, 3)).toBe(422)
    const imported = { ...carer, identifier: both }
    expect(reasonsOf((await bringIn(server.admin, JSON.stringify(imported))).answer)).toEqual([
      expect.stringContaining('RelatedPerson/carer is a different person here'),
    ])
    expect(await send({ telecom: [{ value: '01632 960101' }] }, 3)).toBe(200)
    const edited = { identifier: tom.identifier, ...reason('The number was another man’s') }
    expect(await send(edited, 4, server.admin)).toBe(200)
  })

  test('of two people imported at once under one id only one is accepted, with their records', async () => {
    const { admin } = await started()
    const file = (person: typeof ada, text: string) => {
      const record = { ...condition(text), subject: { reference: 'Patient/at-once' } }
      return bringIn(admin, linesOf({ ...person, id: 'at-once' }, record), ndjson)
    }
    await Promise.all([file(ada, 'Gout'), file(tom, 'Epilepsy')])
    const search = '/fhir/Condition?patient=Patient/at-once'
    const answer = (await (await admin(search)).json()) as Bundle
    const texts = (answer.entry ?? []).map(({ resource }) => resource?.id)
    const who = await (await admin('/fhir/Patient/at-once')).text()
    expect(texts).toEqual([who.includes('Okoro') ? 'gout' : 'epilepsy'])
  })

  test('twins under one id are two people', async () => {
    const { put } = await started()
    const name = [{ family: 'Okoro', given: ['Eve'] }]
    const twin = { ...ada, name, identifier: [{ system: nhsNumber, value: '9434765870' }] }
    expect((await put(twin)).status).toBe(422)
  })

  test('a backup with another person under an id is not merged', async () => {
    const there = await started()
    const elsewhere = await freshPglite()
    const other = await openHandler({ sql: elsewhere, now: adasDay })
    await other.seed([tom, condition('Epilepsy')])
    const { entries } = await backupOf(elsewhere)
    const merged = restoreBackup(there.sql, sourceOf(entries), { now: adasDay, merge: true })
    await expect(merged).rejects.toThrow('Patient/gp-1 is a different person')
    expect(await there.conditionIds()).toEqual(['asthma'])
  })
})
