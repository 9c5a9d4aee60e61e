import { createHash } from 'node:crypto'
import type { ExtractResource, Parameters, Resource, ResourceType } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { validateResource } from '#server/validation/validate.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { demoPopulation, usualPopulation } from './population.ts'

const records = [...demoPopulation({ people: 5_000 })]
const of = <K extends ResourceType>(type: K) =>
  records.filter((record) => record.resourceType === type) as unknown as ExtractResource<K>[]

describe('the demonstration population', () => {
  test('has as many people as asked for, each with a number of the never-issued range', () => {
    const people = of('Patient')
    expect(people).toHaveLength(5_000)
    const numbers = people.map((person) => person.identifier?.[0]?.value ?? '')
    expect(new Set(numbers).size).toBe(5_000)
    expect(numbers.every((number) => number.startsWith('999') && hasRightCheckDigit(number))).toBe(
      true,
    )
  })

  test('gives the costliest twentieth about half of the cost', () => {
    const costs = of('Observation')
      .filter((each) => each.code.coding?.[0]?.code === 'cost-12-months')
      .map((each) => each.valueQuantity?.value ?? 0)
      .sort((one, other) => other - one)
    const sum = (part: readonly number[]) => part.reduce((total, cost) => total + cost, 0)
    const share = sum(costs.slice(0, Math.round(costs.length / 20))) / sum(costs)
    expect(share).toBeGreaterThan(0.45)
    expect(share).toBeLessThan(0.55)
  })

  test('gives no child the title Mrs or Mr', () => {
    const born = of('Patient').toSorted((one, other) =>
      (other.birthDate ?? '').localeCompare(one.birthDate ?? ''),
    )
    // a sixth of a town is younger than sixteen
    const children = born.slice(0, 500).filter(({ name }) => name?.[0]?.prefix)
    expect(children).toEqual([])
    expect(born.at(-1)?.name?.[0]?.prefix).toHaveLength(1)
  })

  test('has unique record ids', () => {
    const names = records.map((record) => `${record.resourceType}/${record.id}`)
    expect(new Set(names).size).toBe(names.length)
  })

  test('refers only to records that it holds', () => {
    const names = new Set(records.map((record) => `${record.resourceType}/${record.id}`))
    const referred = JSON.stringify(records).matchAll(/"reference":"([^"]+)"/g)
    const lost = [...referred]
      .map(([, name = '']) => name.replace(/\/_history\/\d+$/, ''))
      .filter((name) => !names.has(name))
    expect(lost).toEqual([])
  })

  test('holds no record that validation refuses', () => {
    const faults = records.flatMap((record) =>
      validateResource(record as Resource).map(({ details }) => `${record.id}: ${details?.text}`),
    )
    expect(faults).toEqual([])
  })

  test('can be imported, except what somebody says or decides here', async () => {
    const server = await openHandler({ now: new Date(`${usualPopulation.asOf}T12:00:00Z`) })
    const some = [...demoPopulation({ people: 60 })]
    const answer = await (await server.as('admin'))('/fhir/$import', {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+ndjson' },
      body: some.map((record) => JSON.stringify(record)).join('\n'),
    })
    const { parameter = [] } = (await answer.json()) as Parameters
    const reasons = parameter.flatMap(({ name, part }) =>
      name === 'refused' ? (part?.find((each) => each.name === 'reason')?.valueString ?? '') : [],
    )
    await server.close()
    expect([...new Set(reasons)].toSorted()).toEqual([
      'A referral for a case manager is sent and answered here. It cannot be imported',
      'Agreement and consent must be given here. They cannot be imported',
      'Answers about goals are given here. They cannot be imported',
      'Help is offered, and answered, here. That cannot be imported',
      'How it is for a carer is said here, by the carer. It cannot be imported',
      'Programmes, and who is in them, are kept here. They cannot be imported',
      'Suggestions for a plan are made and decided here. They cannot be imported',
      'What is offered to a carer, found, decided and said at the end is recorded here. It cannot be imported',
      'What is said before and after a conversation is said here. It cannot be imported',
      'Whose an alert is, is written here when it is raised. It cannot be imported',
    ])
  })

  test('is the same, byte for byte, for the same seed', () => {
    const digest = () =>
      createHash('sha256')
        .update(JSON.stringify([...demoPopulation({ people: 300 })]))
        .digest('hex')
    expect(digest()).toBe(digest())
    expect(usualPopulation.people).toBe(5_000)
  })
})

function hasRightCheckDigit(number: string): boolean {
  const digits = [...number].map(Number)
  const sum = digits.slice(0, 9).reduce((total, digit, place) => total + digit * (10 - place), 0)
  return (11 - (sum % 11)) % 11 === digits[9]
}
