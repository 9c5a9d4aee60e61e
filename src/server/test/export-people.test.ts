import { expect, test } from 'vitest'
import type { ResourceWithId } from '#domain/fhir/resource-with-id.ts'
import { type OpenHandler, openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'

const now = new Date('2026-03-02T09:00:00.000Z')

const about = (
  id: string,
  family: string,
  surgery = 'brook-surgery',
): readonly ResourceWithId[] => [
  {
    ...{ resourceType: 'Patient', id, birthDate: '1944-01-01' },
    name: [{ family, given: ['Zoë "Zo", 2nd'] }],
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' }],
    generalPractitioner: [{ reference: `Organization/${surgery}` }],
  },
  {
    ...{ resourceType: 'Condition' as const, id: `${id}-heart` },
    subject: { reference: `Patient/${id}` },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '84114007' }] },
  },
]

const no = (kind: string, id: string) =>
  ({
    ...{ resourceType: 'Consent', id: `opt-out-${kind}-${id}`, status: 'active' },
    scope: { text: 'x' },
    category: [{ coding: [{ system: 'https://gable.example/codes', code: `opt-out-${kind}` }] }],
    patient: { reference: `Patient/${id}` },
    provision: { type: 'deny' },
  }) as ResourceWithId

eachStore('Exporting a list', (open) => {
  async function started(): Promise<OpenHandler> {
    const { sql } = await open({ now: () => now })
    const server = await openHandler({ sql, now })
    await server.seed([
      ...about('one', '=HYPERLINK("http://x")'),
      ...about('two', 'Ｎowak'),
      ...about('unfound', 'Hidden'),
      no('finding', 'unfound'),
      ...about('unplanned', 'Unplanned'),
      no('planning', 'unplanned'),
      ...about('elsewhere', 'Elsewhere', 'other-surgery'),
    ])
    return server
  }

  async function exported(
    server: OpenHandler,
    who: string,
    { use, purpose = 'To call them this week', ...filters }: Readonly<Record<string, string>>,
  ) {
    const call = await server.as(who)
    const sent = [
      ...(use ? [{ name: 'use', valueCode: use }] : []),
      { name: 'purpose', valueString: purpose },
      ...Object.entries(filters).map(([name, valueString]) => ({ name, valueString })),
    ]
    const response = await call('/fhir/Patient/$export-people', {
      method: 'POST',
      json: { resourceType: 'Parameters', parameter: sent },
    })
    const bytes = new Uint8Array(await response.arrayBuffer())
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
    return { status: response.status, type: response.headers.get('Content-Type'), text }
  }

  test('is a spreadsheet in UTF-8 in which no name is a formula, of the people whom the caller may see', async () => {
    const { status, type, text } = await exported(await started(), 'amina', { use: 'care' })
    expect([status, type]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(text.startsWith('\uFEFFFamily name,Given name,Born,Age,NHS number,')).toBe(true)
    const lines = text.trimEnd().split('\r\n')
    expect(lines).toHaveLength(4)
    expect(text).toContain(
      '"\'=HYPERLINK(""http://x"")","Zoë ""Zo"", 2nd",1944-01-01,82,9434765919,',
    )
    expect(text).toContain('Ｎowak')
    expect(text).not.toMatch(/Hidden|Elsewhere/)
  })

  test('for planning has no names, numbers or conditions, and leaves out who said no to planning', async () => {
    const { status, text } = await exported(await started(), 'amina', { use: 'planning' })
    expect(status).toBe(200)
    expect(text.trimEnd().split('\r\n')).toHaveLength(3)
    expect(text).not.toMatch(/HYPERLINK|owak|Unplanned|9434765919|1944|Heart/)
    expect(text).toContain('\r\n80,')
  })

  test('holds the people of the filters alone', async () => {
    const { text } = await exported(await started(), 'amina', { use: 'care', text: 'unplanned' })
    expect(text.trimEnd().split('\r\n')).toHaveLength(2)
  })

  test('a manager gets counts for planning and no line about a person, and nothing with names', async () => {
    const server = await started()
    const counts = await exported(server, 'ruth', { use: 'planning' })
    expect(counts.status).toBe(200)
    expect(counts.text).not.toMatch(/HYPERLINK|owak|9434765919|one|two/)
    expect(counts.text.split('\r\n')[0]).toContain('People without a coordinator')
    expect((await exported(server, 'ruth', { use: 'care' })).status).toBe(403)
  })

  test.each([
    [{ use: 'care', purpose: '  ' }, 422],
    [{ use: 'care', purpose: 'x'.repeat(501) }, 422],
    [{ use: 'sale' }, 400],
    [{}, 400],
    [{ use: 'care', rule: 'nobody-knows' }, 404],
    [{ use: 'care', cohort: 'nobody-knows' }, 404],
  ] as const)('is refused with words for %o', async (asked, status) => {
    expect((await exported(await started(), 'amina', asked)).status).toBe(status)
  })

  test.each(['grace', 'chidi', 'admin'])('%s exports no list', async (who) => {
    expect((await exported(await started(), who, { use: 'care' })).status).toBe(403)
  })

  test('is in the audit log of everybody who is in it, with how many and what for', async () => {
    const server = await started()
    await exported(server, 'amina', { use: 'care' })
    const { rows } = await server.sql.query<{ why: string; asked: string }>(
      `select why, asked from audit where identity = 'amina' and way = '$export-people'
         and persons @> array['one'] and persons @> array['two']`,
    )
    expect(rows).toMatchObject([{ why: 'care, 3 people: To call them this week' }])
    expect(rows[0]?.asked).toContain('$export-people')
    await exported(server, 'ruth', { use: 'planning', purpose: 'Board paper' })
    const counts = await server.sql.query<{ why: string }>(
      `select why from audit where identity = 'ruth' and way = '$export-people' and why is not null`,
    )
    expect(counts.rows).toMatchObject([{ why: 'planning, counts only: Board paper' }])
  })
})
