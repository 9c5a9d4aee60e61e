import { expect, test } from 'vitest'
import { raisedAlerts } from '#domain/alert/raised-alert.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import {
  balbirSince,
  type Kept,
  measured,
  openBalbir,
  planWith,
} from '#test-support/worlds/balbir.ts'

const world = [
  ...balbirSince('2026-01-20T10:00:00Z'),
  planWith('29463-7', [{ url: 'high', valueDecimal: 83 }]),
]
const fromDevice = (id: string, more: object = {}): Kept =>
  ({
    ...measured({
      ...{ id, code: '29463-7', value: 84, unit: 'kg' },
      at: { effectiveDateTime: '2026-03-02T07:30:00Z' },
    }),
    device: { display: 'Withings Body+' },
    ...more,
  }) as Kept

eachStore('A reading that a device took', (open) => {
  async function opened() {
    const { sql } = await open()
    const server = await openBalbir(sql, world)
    const amina = await server.as('amina')
    const put = async (reading: Kept) =>
      await amina(`/fhir/Observation/${reading.id}`, { method: 'PUT', json: reading })
    const flags = async () => {
      const { rows } = await sql.query<{ content: never }>(
        `select content from resource where rt = 'Flag'`,
        [],
      )
      return raisedAlerts(rows.map(({ content }) => content))
    }
    return { sql, amina, put, flags }
  }

  test('is kept once: another program that sends it again is refused, and nobody is told twice', async () => {
    const { put, flags, amina } = await opened()
    expect((await put(fromDevice('d1'))).status).toBe(201)
    const again = await put(fromDevice('d2'))
    expect(again.status).toBe(409)
    expect((await again.json()).issue[0].code).toBe('duplicate')
    const same = { valueQuantity: { value: 84_000, unit: 'g', code: 'g' } }
    expect((await put(fromDevice('d3', same))).status, 'in grams').toBe(409)
    const alerts = await flags()
    expect(alerts).toMatchObject([{ about: 'd1' }])
    expect(alerts[0]?.duty.found).toHaveLength(1)
    const stored = await (await amina('/fhir/Observation/d1')).json()
    expect(stored.device).toEqual({ display: 'Withings Body+' })
  })

  test('is another one at another moment, of another amount, or from another device', async () => {
    const { put } = await opened()
    expect((await put(fromDevice('d1'))).status).toBe(201)
    const later = { effectiveDateTime: '2026-03-02T07:31:00Z' }
    expect((await put(fromDevice('d2', later))).status).toBe(201)
    const less = { valueQuantity: { value: 83.9, unit: 'kg', code: 'kg' } }
    expect((await put(fromDevice('d3', less))).status).toBe(201)
    expect((await put(fromDevice('d4', { device: { display: 'Other scales' } }))).status).toBe(201)
  })

  test('Two servers that are sent it at once keep it once', async () => {
    const { sql, flags } = await opened()
    const servers = await Promise.all(
      ['d1', 'd2', 'd3'].map(async (id) => {
        const server = await openHandler({ sql, now: new Date('2026-03-02T09:00:00.000Z') })
        return { id, call: await server.as('amina') }
      }),
    )
    const sent = await Promise.all(
      servers.map(({ id, call }) =>
        call(`/fhir/Observation/${id}`, { method: 'PUT', json: fromDevice(id) }),
      ),
    )
    expect(sent.map(({ status }) => status).toSorted()).toEqual([201, 409, 409])
    expect(await flags()).toHaveLength(1)
  })

  test.each([
    ['whose clock is ahead', { effectiveDateTime: '2026-03-02T10:30:00Z' }, /clock of the device/],
    ['that has no name', { device: { type: 'Device' } }, /Name the device/],
    ['with a name that is a text', { device: { display: 'x'.repeat(201) } }, /Name the device/],
    [
      'in a unit that nobody can compare',
      { valueQuantity: { value: 84, unit: 'bags', code: 'bags' } },
      /Use one of these: kg/,
    ],
  ])('is refused in words from a device %s', async (_title, more, words) => {
    const { put } = await opened()
    const refused = await put(fromDevice('d1', more))
    expect(refused.status).toBe(422)
    expect((await refused.json()).issue[0].details.text).toMatch(words)
  })
})
