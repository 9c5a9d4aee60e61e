import type { DetectedIssue, Parameters } from '@medplum/fhirtypes'
import { afterAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { declineToFhir } from '#domain/quality/decline-fhir.ts'
import { gapsWorklist } from '#domain/quality/gaps-worklist.ts'
import { declineId } from '#server/cql/declines.ts'
import { workOutNextSlice } from '#server/cql/start-working-out.ts'
import { workerEngine } from '#server/hosts/node/cql/worker-engine.ts'
import { everyone } from '#server/store/access/access-scope.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')
const engine = workerEngine()
afterAll(async () => await engine.close())

const pressure = 'cql-blood-pressure-checked'
const reason = 'She does not want it, she said on the phone'
const ill = (person: string): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id: person, name: [{ family: person }], birthDate: '1950-01-01' },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  } as ResourceWithId,
  {
    ...{ resourceType: 'Condition', id: `h-${person}` },
    subject: { reference: `Patient/${person}` },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003' }] },
  } as ResourceWithId,
]
const declined = (person: string, more: object = {}) => ({
  ...declineToFhir({
    ...{ id: declineId(person, pressure), person, measure: pressure, title: 'Blood pressure' },
    ...{ by: { reference: 'Practitioner/anil-patel', name: 'Dr Patel', voice: 'professional' } },
    ...{ at: '2026-11-20T09:00:00Z', reason: 'Said in somebody else’s name' },
  }),
  ...more,
})
const restricted = {
  meta: {
    security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }],
  },
}

eachStore('What is due for people', (open) => {
  async function started(more: readonly ResourceWithId[] = []) {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now, cql: engine })
    await server.seed(
      [...demoOrganisationRecords('2026-11-23'), ...ill('p1'), ...ill('p2'), ...more],
      'brook-surgery',
    )
    const send = async (who: string, method: string, path: string, json?: object, version = 0) => {
      const headers: Record<string, string> = version ? { 'If-Match': `W/"${version}"` } : {}
      if (method === 'PATCH') headers['Content-Type'] = 'application/json-patch+json'
      const init = json ? { method, json, headers } : { method }
      return await (await server.as(who))(`/fhir/${path}`, init)
    }
    const ask = async (who: string, path: string, parameter: readonly object[] = []) =>
      await send(who, 'POST', path, { resourceType: 'Parameters', parameter })
    const decline = async (more: object, person = 'p1') =>
      await ask('amina', `Patient/${person}/$decline-gap`, [
        { name: 'measure', valueCode: pressure },
        more,
      ])
    const logOf = async (person: string) =>
      await (await send('admin', 'GET', `Patient/${person}/$who-looked`)).text()
    const kept = async (id: string) =>
      (await server.store.read('DetectedIssue', id, everyone))?.resource
    await ask('admin', 'Measure/$import-measure')
    return { sql, send, ask, decline, logOf, kept }
  }
  const asked = (person: string) => [
    { name: 'periodStart', valueDate: '2025-11-24' },
    { name: 'periodEnd', valueDate: '2026-11-23' },
    { name: 'subject', valueString: person },
  ]

  test('A no to what is due is written, changed and deleted by its operation alone, also in a transaction and an import', async () => {
    const { send, decline, kept } = await started()
    const id = declineId('p1', pressure)
    const other = declined('p2')
    const place = `DetectedIssue/${other.id}`
    const bare = { ...other, identifier: undefined }
    const elsewhere = { ...other, id: 'elsewhere' }
    for (const one of [other, bare, elsewhere])
      expect((await send('amina', 'PUT', `DetectedIssue/${one.id}`, one)).status, one.id).toBe(403)
    expect((await send('amina', 'POST', 'DetectedIssue', { ...other, id: undefined })).status).toBe(
      403,
    )
    const transaction = {
      ...{ resourceType: 'Bundle', type: 'transaction' },
      entry: [{ resource: other, request: { method: 'PUT', url: place } }],
    }
    expect((await send('amina', 'POST', '', transaction)).status).toBe(403)
    const brought = await send('admin', 'POST', '$import', other)
    expect(await brought.text()).toContain('It cannot be imported')
    expect(await kept(other.id)).toBeUndefined()

    expect((await decline({ name: 'reason', valueString: reason })).status).toBe(200)
    const before = (await kept(id)) as DetectedIssue
    const said = declined('p1')
    expect((await send('amina', 'PUT', `DetectedIssue/${id}`, said, 1)).status).toBe(403)
    const steps = [{ op: 'replace', path: '/mitigation/0/action/text', value: 'Other words' }]
    expect((await send('amina', 'PATCH', `DetectedIssue/${id}`, steps, 1)).status).toBe(403)
    expect((await send('amina', 'DELETE', `DetectedIssue/${id}`)).status).toBe(403)
    expect(await (await send('admin', 'POST', '$import', said)).text()).toContain(
      'cannot be imported',
    )
    expect(await kept(id)).toEqual(before)
    expect(before.mitigation?.[0]?.author?.display).toBe('Amina Yusuf')
  })

  test('An issue of another kind is written as before', async () => {
    const { send } = await started()
    const issue = {
      ...{ resourceType: 'DetectedIssue', status: 'final', code: { text: 'Two medicines' } },
      patient: { reference: 'Patient/p1' },
    }
    expect((await send('amina', 'POST', 'DetectedIssue', issue)).status).toBe(201)
  })

  test('A no that the caller may not read is neither shown, changed nor taken back', async () => {
    const closed = declined('p1', restricted)
    const { decline, kept } = await started([closed as ResourceWithId])
    const before = await kept(closed.id)
    const words = { name: 'reason', valueString: closed.mitigation?.[0]?.action.text ?? '' }
    for (const more of [
      words,
      { ...words, valueString: reason },
      { name: 'undo', valueBoolean: true },
    ])
      expect((await decline(more)).status).toBe(404)
    expect(await kept(closed.id)).toEqual(before)
    expect((await decline(words, 'p2')).status).toBe(200)
  })

  test('Whoever is listed or judged by name can read in their log who looked', async () => {
    const { sql, ask, logOf } = await started()
    await ask('ruth', `Measure/${pressure}/$evaluate-measure`, [
      ...asked('').slice(0, 2),
      { name: 'reportType', valueCode: 'population' },
    ])
    while (await workOutNextSlice(sql, engine, { now, zone: 'Europe/London' })) {}
    await ask('ruth', '$gaps')
    expect(await logOf('p1'), 'a manager sees nobody').not.toContain('$gaps')
    const list = gapsWorklist.read((await (await ask('amina', '$gaps')).json()) as Parameters)
    expect(list.people.map(({ id }) => id)).toEqual(['p1', 'p2'])
    for (const person of ['p1', 'p2']) expect(await logOf(person)).toContain('$gaps')
    expect(await logOf('p1')).not.toContain('$evaluate-measure')
    const judged = await ask('amina', `Measure/${pressure}/$evaluate-measure`, asked('Patient/p1'))
    expect(judged.status).toBe(200)
    expect(await logOf('p1')).toContain('$evaluate-measure')
    expect(await logOf('p2')).not.toContain('$evaluate-measure')
  })
})
