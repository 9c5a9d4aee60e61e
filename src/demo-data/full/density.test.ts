import { createHash } from 'node:crypto'
import type { Parameters, Resource } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { demoPopulation } from '#demo-data/population.ts'
import type { SeedRecord } from '#demo-data/seed-record.ts'
import { validateResource } from '#server/validation/validate.ts'
import { openHandler } from '#test-support/servers/handler.ts'

const people = 150
const records = [...demoPopulation({ people, density: 'full' })]

/** The day that a record says first. */
const dayOf = (record: SeedRecord) =>
  /"\d{4}-\d{2}-\d{2}/.exec(JSON.stringify(record))?.[0]?.slice(1)

describe('records at full density', () => {
  test('are about a thousand a person, most of them of the ill', () => {
    const many = [...demoPopulation({ people: 400, density: 'full' })].length / 400
    expect(many).toBeGreaterThan(800)
    expect(many).toBeLessThan(1_200)
  })

  test('are of every kind that a practice and a hospital keep', () => {
    const kinds = new Set(records.map(({ resourceType }) => resourceType))
    for (const kind of [
      ...['Observation', 'MedicationRequest', 'Encounter', 'Condition', 'Procedure'],
      ...['Immunization', 'DocumentReference', 'DiagnosticReport'],
    ])
      expect(kinds).toContain(kind)
  })

  test('name lasting conditions in SNOMED CT and in ICD-10', () => {
    const lasting = records.filter(({ id }) => /^p-\w{10}-c\d+$/.test(id)) as unknown as Resource[]
    const systems = lasting.map((each) =>
      each.resourceType === 'Condition' ? each.code?.coding?.map(({ system }) => system) : [],
    )
    expect(systems.length).toBeGreaterThan(50)
    for (const each of systems)
      expect(each).toEqual(['http://snomed.info/sct', 'http://hl7.org/fhir/sid/icd-10'])
  })

  test('hold nothing that validation refuses, no id twice, and nothing of another day than asked for', () => {
    const faults = records.flatMap((record) =>
      validateResource(record as Resource).map(({ details }) => `${record.id}: ${details?.text}`),
    )
    expect(faults).toEqual([])
    const names = records.map(({ resourceType, id }) => `${resourceType}/${id}`)
    expect(new Set(names).size).toBe(names.length)
    const late = records.filter(({ id }) => /-[eodipqwlh]\d+$/.test(id)).map(dayOf)
    expect(late.filter((day) => day === undefined || day > '2026-11-23')).toEqual([])
  })

  test('are the same for the same seed, and others for another', () => {
    const digest = (seed: number) =>
      createHash('sha256')
        .update(JSON.stringify([...demoPopulation({ people: 60, density: 'full', seed })]))
        .digest('hex')
    expect(digest(5)).toBe(digest(5))
    expect(digest(5)).not.toBe(digest(6))
  })

  test('begin nothing before birth', () => {
    const born = new Map(
      records.flatMap((each) =>
        each.resourceType === 'Patient'
          ? [[each.id, (each as { birthDate?: string }).birthDate]]
          : [],
      ),
    )
    const early = records.filter((each) => {
      const [, person = ''] = /"Patient\/([^"]+)"/.exec(JSON.stringify(each)) ?? []
      const birth = born.get(person)
      return /-[eodipqwlh]\d+$/.test(each.id) && birth && (dayOf(each) ?? '') < birth
    })
    expect(early).toEqual([])
  })
})

test('records at full density are imported whole', async () => {
  const server = await openHandler()
  const some = records.filter(({ id }) => /-[eodipqwlhcms]\d+$/.test(id)).slice(0, 900)
  const whose = new Set(some.map((each) => /"Patient\/([^"]+)"/.exec(JSON.stringify(each))?.[1]))
  const them = records.filter((each) => each.resourceType === 'Patient' && whose.has(each.id))
  const answer = await (await server.as('admin'))('/fhir/$import', {
    method: 'POST',
    headers: { 'Content-Type': 'application/fhir+ndjson' },
    body: [...them, ...some].map((record) => JSON.stringify(record)).join('\n'),
  })
  const { parameter = [] } = (await answer.json()) as Parameters
  await server.close()
  expect(answer.status).toBe(200)
  expect(parameter.filter(({ name }) => name === 'refused')).toEqual([])
})
