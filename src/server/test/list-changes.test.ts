import type { Parameters, ParametersParameter } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { foundPeople } from '#domain/case/find-people.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')

const about = (id: string): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id, birthDate: '1944-01-01' },
    name: [{ family: id }],
    generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  },
  {
    ...{ resourceType: 'Condition' as const, id: `${id}-heart` },
    subject: { reference: `Patient/${id}` },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007' }] },
  },
]

eachStore('What changed in the list without filters', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed(['one', 'two', 'three'].flatMap(about))
    return server
  }

  async function asked(
    server: OpenHandler,
    who: string,
    path: string,
    parameter: readonly ParametersParameter[] = [],
  ) {
    const call = await server.as(who)
    const json = { resourceType: 'Parameters', parameter }
    return await call(path, { method: 'POST', json })
  }

  async function list(server: OpenHandler, who: string, more: readonly ParametersParameter[] = []) {
    const order = { name: 'order', valueString: 'frailty' }
    const response = await asked(server, who, '/fhir/Patient/$find-people', [order, ...more])
    return foundPeople.read((await response.json()) as Parameters)
  }

  const mark = async (server: OpenHandler, who: string, stamp = '') =>
    await asked(server, who, '/fhir/Group/$mark-list-seen', [
      { name: 'id', valueString: 'standard/frailty' },
      { name: 'stamp', valueString: stamp },
    ])

  test('says who is new, who is gone and who moved up and why, to each reader since they marked it', async () => {
    const server = await started()
    const { news: first } = await list(server, 'amina')
    expect(first?.since).toBeUndefined()
    await server.sql.query(`update person_row set chance = 41, likeness = '1/mild/65'`)
    const { news } = await list(server, 'amina')
    expect((await mark(server, 'amina', news?.stamp)).status).toBe(200)
    await server.seed(about('four'))
    // counts again, because somebody was added
    await list(server, 'patel')
    await server.sql.query(`update person_row set chance = 41, likeness = '1/mild/65'`)
    await server.sql.query(
      `update person_row set chance = 64, likeness = '2/mild/65' where person = 'one'`,
    )
    await server.sql.query(`update person_row set in_use = false where person = 'two'`)
    const later = await list(server, 'amina')
    expect(later.news).toMatchObject({ come: 1, gone: 1, up: 1, since: now.toISOString() })
    const of = (id: string) => later.people.find((each) => each.id === id)
    expect(of('one')).toMatchObject({ chanceSeen: 41, upBecause: 'stays' })
    expect(of('four')).toMatchObject({ isNew: true })
    expect(of('three')?.chanceSeen).toBeUndefined()
    expect((await list(server, 'patel')).news?.since).toBeUndefined()
  })

  test('nobody marks what they were not shown, and a filter is compared with nothing', async () => {
    const server = await started()
    await list(server, 'amina')
    expect((await mark(server, 'amina', 'made-up')).status).toBe(422)
    const filtered = await list(server, 'amina', [{ name: 'band', valueString: 'fit' }])
    expect(filtered.news).toBeUndefined()
  })
})
