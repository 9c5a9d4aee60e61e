import { readFileSync } from 'node:fs'
import type { Bundle, MeasureReport } from '@medplum/fhirtypes'
import { afterAll, expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { workerEngine } from '#server/hosts/node/cql/worker-engine.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')
const engine = workerEngine()
afterAll(async () => await engine.close())

const bundle = JSON.parse(
  readFileSync('src/test-support/measures/diabetes-poor-control.json', 'utf8'),
) as Bundle

const person = (id: string, birthDate: string, ...records: readonly object[]) =>
  [
    {
      ...{ resourceType: 'Patient', id, birthDate },
      generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
    },
    ...records.map((each, at) => ({
      ...each,
      id: `${id}-${at}`,
      subject: { reference: `Patient/${id}` },
    })),
  ] as readonly ResourceWithId[]

const diabetes = {
  resourceType: 'Condition',
  code: { coding: [{ system: 'http://snomed.info/sct', code: '44054006' }] },
}
const hba1c = (value: number, day: string) => ({
  ...{ resourceType: 'Observation', status: 'final', effectiveDateTime: `${day}T10:00:00Z` },
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
})
const hospice = {
  ...{ resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' } },
  type: [{ coding: [{ system: 'http://snomed.info/sct', code: '305336008' }] }],
  period: { start: '2026-02-01T10:00:00Z', end: '2026-02-01T11:00:00Z' },
}

const people: Readonly<Record<string, readonly [readonly ResourceWithId[], string, string]>> = {
  well: [person('well', '1960-01-01', diabetes, hba1c(7, '2026-03-01')), 'unmet', 'Numerator'],
  high: [
    person('high', '1960-01-01', diabetes, hba1c(7, '2026-03-01'), hba1c(9.1, '2026-06-01')),
    'met',
    'Has most recent elevated HbA1c',
  ],
  lower: [
    person('lower', '1960-01-01', diabetes, hba1c(9.1, '2026-03-01'), hba1c(9, '2026-06-01')),
    'unmet',
    'Numerator',
  ],
  none: [
    person('none', '1960-01-01', diabetes, hba1c(7, '2024-03-01')),
    'met',
    'Has no record of HbA1c',
  ],
  old: [person('old', '1940-01-01', diabetes), 'outside', 'Is 18 to 75'],
  without: [person('without', '1960-01-01'), 'outside', 'Has diabetes'],
  hospice: [person('hospice', '1960-01-01', diabetes, hospice), 'left-out', 'Has hospice care'],
}

eachStore('A measure of others', (open) => {
  test('is taken with its library of helpers, worked out, and explained in its own names', async () => {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now, cql: engine })
    const records = Object.values(people).flatMap(([each]) => each)
    await server.seed([...demoOrganisationRecords('2026-11-23'), ...records], 'brook-surgery')
    const admin = await server.as('admin')
    const taken = await admin('/fhir/Measure/$import-measure', { method: 'POST', json: bundle })
    expect(await taken.text()).toContain('cql-diabetes-poor-control')
    const amina = await server.as('amina')
    for (const [id, [, standing, why]] of Object.entries(people)) {
      const answer = await amina('/fhir/Measure/cql-diabetes-poor-control/$evaluate-measure', {
        method: 'POST',
        json: {
          resourceType: 'Parameters',
          parameter: [
            { name: 'periodStart', valueDate: '2026-01-01' },
            { name: 'periodEnd', valueDate: '2026-12-31' },
            { name: 'subject', valueString: `Patient/${id}` },
          ],
        },
      })
      const { extension = [] } = (await answer.json()) as MeasureReport
      expect([id, ...extension.map((each) => each.valueCode ?? each.valueString)]).toEqual([
        id,
        standing,
        why,
      ])
    }
  })
})
