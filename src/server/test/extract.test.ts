import { parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { csvRows } from '#domain/import/csv/csv.ts'
import { optOutToFhir } from '#domain/opt-out/opt-out-fhir.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')

const person = (id: string, more: object = {}): ResourceWithId => ({
  ...{ resourceType: 'Patient', id, birthDate: '1950-04-05', gender: 'female' },
  name: [{ family: 'Okonkwo', given: ['Adaeze'] }],
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' }],
  address: [{ line: ['4 Mill Lane'], postalCode: 'AB1 2CD' }],
  generalPractitioner: [{ reference: 'Organization/brook-surgery' }],
  ...more,
})
const many = (letter: string, count: number) =>
  Array.from({ length: count }, (_, place) => `${letter}${place}`)

/** Twelve women of 75, of whom two said no; a man of 20 whom nobody is like; one who died. */
const records = [
  ...many('w', 12).map((id) => person(id)),
  ...many('w', 2).map((id) => optOutToFhir({ person: id, kind: 'planning', stands: true })),
  person('m', { birthDate: '2006-01-01', gender: 'male' }),
  person('d', { deceasedDateTime: '2026-01-01' }),
]

const asked = { format: 'csv', purpose: 'Plan for the winter', recipient: 'Public health team' }

eachStore('An extract for analysts', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed(records)
    return server
  }

  async function extracted(server: OpenHandler, who: string, given: object = asked) {
    const response = await (await server.as(who))('/fhir/$extract', {
      method: 'POST',
      json: {
        resourceType: 'Parameters',
        parameter: Object.entries(given).map(([name, value]) =>
          name === 'format' ? { name, valueCode: value } : { name, valueString: value },
        ),
      },
    })
    const bytes = await response.arrayBuffer()
    const text = new TextDecoder().decode(bytes)
    const rows = csvRows(text.replace('\uFEFF', '')).map(({ cells }) => cells)
    return { status: response.status, headers: response.headers, bytes, text, rows }
  }

  test('has a line for each person in bands, and nothing that says who they are', async () => {
    const { status, headers, text, rows } = await extracted(await started(), 'admin')
    expect(status).toBe(200)
    expect(rows.length).toBe(11)
    expect(rows[0]?.slice(0, 3)).toEqual(['row', 'age_band', 'sex'])
    expect(rows.slice(1).map(([, age, sex]) => [age, sex])).toEqual(
      many('', 10).map(() => ['75-84', 'female']),
    )
    expect(text).not.toMatch(/Okonkwo|Adaeze|9434765919|Mill|AB1|1950|2006|w\d|Patient/)
    const told = ['Gable-Rows', 'Gable-Opted-Out', 'Gable-Left-Out'].map((name) =>
      headers.get(name),
    )
    expect(told).toEqual(['10', '2', '1'])
  })

  test('the same rows as Parquet are read by a reader of that format', async () => {
    const { status, bytes } = await extracted(await started(), 'admin', {
      ...{ ...asked, format: 'parquet' },
    })
    expect(status).toBe(200)
    const rows = await parquetReadObjects({ file: bytes })
    expect(rows.length).toBe(10)
    expect(rows[9]).toMatchObject({ row: 10, age_band: '75-84', sex: 'female', ethnic_group: null })
  })

  test('the dictionary explains each column, and tells of nobody', async () => {
    const { status, rows } = await extracted(await started(), 'admin', { format: 'dictionary' })
    expect(status).toBe(200)
    expect(rows[0]).toEqual(['column', 'means', 'values'])
    expect(rows.map(([column]) => column)).toContain('deprivation_fifth')
  })

  test('who made it, what for and for whom is in the audit log', async () => {
    const server = await started()
    await extracted(server, 'admin')
    const { rows } = await server.sql.query<{ why: string }>(
      `select why from trail.audit where way = '$extract'`,
    )
    expect(rows.map(({ why }) => why)).toEqual([
      '10 rows for Public health team; 2 said no, 1 were too rare: Plan for the winter',
    ])
  })

  test.each([
    [{ ...asked, purpose: ' ' }, 422],
    [{ ...asked, recipient: '' }, 422],
    [{ ...asked, recipient: 'x'.repeat(501) }, 422],
    [{ ...asked, format: 'pdf' }, 400],
    [{}, 400],
  ])('what is not said clearly is refused, and no row is told', async (given, status) => {
    const answer = await extracted(await started(), 'admin', given)
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain('75-84')
  })

  test('nobody but an administrator makes one', async () => {
    const server = await started()
    for (const who of ['amina', 'ruth', 'grace', 'stranger'])
      expect((await extracted(server, who)).status, who).toBe(403)
  })
})
