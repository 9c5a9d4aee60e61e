import type { Parameters } from '@medplum/fhirtypes'
import { afterAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { gapsWorklist } from '#domain/quality/gaps-worklist.ts'
import { workOutNextSlice } from '#server/cql/start-working-out.ts'
import { workerEngine } from '#server/hosts/node/cql/worker-engine.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')
const engine = workerEngine()
afterAll(async () => await engine.close())

const pressure = 'cql-blood-pressure-checked'
const condition = (person: string) =>
  ({
    ...{ resourceType: 'Condition', id: `h-${person}` },
    subject: { reference: `Patient/${person}` },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003' }] },
  }) as ResourceWithId
const ill = (person: string): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id: person, name: [{ family: person }], birthDate: '1950-01-01' },
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  } as ResourceWithId,
  condition(person),
]
const system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
const meta = { security: [{ system, code: 'R' }] }

eachStore('What a run found', (open) => {
  async function started(people: readonly ResourceWithId[]) {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now, cql: engine })
    await server.seed([...demoOrganisationRecords('2026-11-23'), ...people], 'brook-surgery')
    const ask = async (who: string, path: string, parameter: readonly object[] = []) => {
      const json = { resourceType: 'Parameters', parameter }
      return await (await server.as(who))(`/fhir/${path}`, { method: 'POST', json })
    }
    await ask('admin', 'Measure/$import-measure')
    await ask('ruth', `Measure/${pressure}/$evaluate-measure`, [
      { name: 'periodStart', valueDate: '2025-11-24' },
      { name: 'periodEnd', valueDate: '2026-11-23' },
      { name: 'reportType', valueCode: 'population' },
    ])
    while (await workOutNextSlice(sql, engine, { now, zone: 'Europe/London' })) {}
    const list = async (who: string) =>
      gapsWorklist.read((await (await ask(who, '$gaps')).json()) as Parameters)
    return { ...server, list }
  }

  test('is not shown of somebody any more as soon as a record that the measure reads is closed', async () => {
    const { list, store } = await started([...ill('p1'), ...ill('p2')])
    const listed = async () => (await list('amina')).people.map(({ id }) => id)
    expect(await listed()).toEqual(['p1', 'p2'])
    const resource = { ...condition('p1'), meta }
    await store.write({ resource, expect: { version: 1 }, person: 'p1' })
    expect(await listed()).toEqual(['p2'])
  })

  test('says to a manager in round numbers how many were left out', async () => {
    const saidNo = (person: string): readonly ResourceWithId[] => [
      ...ill(person),
      {
        ...{ resourceType: 'Consent', id: `no-${person}`, status: 'active' },
        scope: { coding: [{ code: 'patient-privacy' }] },
        category: [
          { coding: [{ system: 'https://gable.example/codes', code: 'opt-out-planning' }] },
        ],
        patient: { reference: `Patient/${person}` },
        provision: { type: 'deny' },
      } as ResourceWithId,
    ]
    const leftOut = async (count: number, who: string) => {
      const people = Array.from({ length: count }, (_, at) => saidNo(`n${at}`)).flat()
      return (await (await started(people)).list(who)).measures[0]?.run?.leftOut
    }
    expect(await leftOut(6, 'ruth')).toBe(5)
    expect(await leftOut(3, 'ruth')).toBeUndefined()
    expect(await leftOut(3, 'amina')).toBe(3)
  })
})
