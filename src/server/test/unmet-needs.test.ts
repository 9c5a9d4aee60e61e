import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { demoOrganisationRecords } from '#demo-data/organisations.ts'
import { gableCodeSystem, gableUrl } from '#domain/fhir/codes.ts'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { unmetNeedsParameters } from '#domain/outcome/unmet-needs.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-11-23T09:00:00.000Z')

const made = (record: object) => record as ResourceWithId

/** People of one postcode with a running case and a need of this kind that nobody can meet. */
const people = (count: number, [letter, postcode, kind]: readonly [string, string, string]) =>
  Array.from({ length: count }, (_, place) => `${letter}${place}`).flatMap((id) => [
    made({
      ...{ resourceType: 'Patient', id, name: [{ family: `Family-${id}` }] },
      address: [{ postalCode: `${postcode} 1AA` }],
    }),
    made({
      ...{ resourceType: 'EpisodeOfCare', id: `case-${id}`, status: 'active' },
      patient: { reference: `Patient/${id}` },
      managingOrganization: { reference: 'Organization/brook-surgery' },
    }),
    made({
      ...{ resourceType: 'Condition', id: `need-${id}`, subject: { reference: `Patient/${id}` } },
      ...{ code: { text: `Somebody for Family-${id} at night` }, recordedDate: '2026-03-04' },
      category: [{ coding: [{ system: gableCodeSystem, code: kind }] }],
      extension: [{ url: gableUrl('unmet-need'), valueBoolean: true }],
    }),
  ])

eachStore('Needs that nobody can meet', (open) => {
  async function among(records: readonly ResourceWithId[]): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([...demoOrganisationRecords('2026-11-23'), ...records], 'brook-surgery')
    return server
  }

  async function read(server: OpenHandler, who: string) {
    const response = await (await server.as(who))('/fhir/$unmet-needs')
    const body = (await response.json()) as Parameters
    return { ...unmetNeedsParameters.read(body), text: JSON.stringify(body) }
  }

  const note = async (server: OpenHandler, who: string, parameter: readonly object[]) =>
    await (await server.as(who))('/fhir/$note-unmet', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter },
    })
  const night = (words: string) => [
    { name: 'kind', valueCode: 'social' },
    { name: 'place', valueString: 'ZZ1' },
    { name: 'words', valueString: words },
  ]

  test('add up by kind and place, without a name or a word of anybody', async () => {
    const server = await among([
      ...people(31, ['a', 'ZZ1', 'need-social']),
      ...people(24, ['b', 'ZZ2', 'need-health']),
    ])
    const { needs, total, text } = await read(server, 'karen')
    expect(total).toEqual({ count: 55 })
    expect(needs).toEqual([
      { kind: 'social', place: 'ZZ1', count: { count: 30 }, since: '2026-03' },
      { kind: 'health', place: 'ZZ2', count: { count: 25 }, since: '2026-03' },
    ])
    expect(text).not.toContain('Family')
    expect(text).not.toContain('night')
  })

  test('show no small number, and none from which it could be worked out', async () => {
    const server = await among([
      ...people(31, ['a', 'ZZ1', 'need-social']),
      ...people(3, ['b', 'ZZ2', 'need-health']),
    ])
    const { needs } = await read(server, 'ruth')
    expect(needs.every(({ count, since }) => 'fewerThan' in count && since === undefined)).toBe(
      true,
    )
  })

  test('count people: five needs of one person are one', async () => {
    const five = (['1', '2', '3', '4', '5'] as const).map((part) =>
      made({
        ...{ resourceType: 'Condition', id: `more-${part}`, subject: { reference: 'Patient/b0' } },
        ...{ code: { text: 'A sitter' }, recordedDate: '2026-03-04' },
        category: [{ coding: [{ system: gableCodeSystem, code: 'need-health' }] }],
        extension: [{ url: gableUrl('unmet-need'), valueBoolean: true }],
      }),
    )
    const server = await among([
      ...people(31, ['a', 'ZZ1', 'need-social']),
      ...[...people(1, ['b', 'ZZ2', 'need-health']), ...five],
    ])
    const { needs, total } = await read(server, 'ruth')
    expect(total).toEqual({ count: 30 })
    expect(needs.find(({ place }) => place === 'ZZ2')).toEqual({
      ...{ kind: 'health', place: 'ZZ2', count: { fewerThan: expect.any(Number) } },
    })
  })

  test('leave out who said no to planning, who died, and whose case ended', async () => {
    const server = await among([
      ...people(30, ['a', 'ZZ1', 'need-social']),
      ...people(10, ['b', 'ZZ1', 'need-social']),
      ...people(10, ['c', 'ZZ1', 'need-social']).map((record) =>
        record.resourceType === 'Patient' ? { ...record, deceasedBoolean: true } : record,
      ),
      ...people(10, ['d', 'ZZ1', 'need-social']).map((record) =>
        record.resourceType === 'EpisodeOfCare'
          ? { ...record, status: 'finished' as const }
          : record,
      ),
    ])
    await server.sql.query(`update person_row set opted_out = '{planning}' where person like 'b%'`)
    const { total, leftOut } = await read(server, 'ruth')
    expect({ total, leftOut }).toEqual({ total: { count: 30 }, leftOut: { count: 10 } })
  })

  test('what was done is dated, signed, and keeps what stood before', async () => {
    const server = await among([])
    expect((await note(server, 'helen', night('We asked for a night sitter'))).status).toBe(200)
    const [first] = (await read(server, 'ruth')).deeds
    expect(first).toMatchObject({
      ...{ by: 'Helen Marsh', organisationName: 'Riverside Council', on: '2026-11-23' },
      ...{ kind: 'social', place: 'ZZ1', mayChange: false, earlier: [] },
    })
    const again = [
      { name: 'id', valueId: first?.id },
      { name: 'version', valueInteger: 1 },
      ...night('A night sitter from January'),
    ]
    expect((await note(server, 'ruth', again)).status).toBe(404)
    expect((await note(server, 'helen', again)).status).toBe(200)
    expect((await note(server, 'helen', again)).status).toBe(409)
    const [later] = (await read(server, 'helen')).deeds
    expect(later).toMatchObject({
      words: 'A night sitter from January',
      mayChange: true,
      version: 2,
    })
    expect(later?.earlier.map(({ words }) => words)).toEqual(['We asked for a night sitter'])
  })

  test('only managers of partners write, and never nothing or without end', async () => {
    const server = await among([])
    for (const who of ['amina', 'admin', 'grace', 'stranger'])
      expect((await note(server, who, night('x'))).status).toBe(403)
    expect((await note(server, 'ruth', night('  '))).status).toBe(422)
    expect((await note(server, 'ruth', night('x'.repeat(2_001)))).status).toBe(422)
  })
})
