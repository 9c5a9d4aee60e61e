import { expect, test } from 'vitest'
import { raisedAlerts } from '#domain/alert/raised-alert.ts'
import { mustBeSoundFromDevice } from '#server/watch/must-be-sound-from-device.ts'
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

  test('that is posted again under its identifier is answered with the one that is stored, and another amount is none of it', async () => {
    const { amina, flags } = await opened()
    const { id: _id, ...reading } = fromDevice('x')
    const identifier = [{ system: 'https://scales.example', value: 'a|1,2' }]
    const post = async (more: object = {}) => {
      const json = { ...reading, identifier, ...more }
      const answer = await amina('/fhir/Observation', { method: 'POST', json })
      return { status: answer.status, body: (await answer.json()) as { id: string } }
    }
    const first = await post()
    expect(first.status).toBe(201)
    const again = await post()
    expect([again.status, again.body.id]).toEqual([200, first.body.id])
    expect((await post({ valueQuantity: { value: 84_000, unit: 'g', code: 'g' } })).status).toBe(
      200,
    )
    const other = await post({ valueQuantity: { value: 85, unit: 'kg', code: 'kg' } })
    expect(other.status, 'another amount').toBe(201)
    expect(
      (await post({ identifier: [{ system: 'https://other.example', value: '1' }] })).status,
    ).toBe(409)
    const both = await Promise.all(
      [1, 2, 3].map(() =>
        post({
          effectiveDateTime: '2026-03-02T08:00:00Z',
          identifier: [{ system: 'https://scales.example', value: '3' }],
        }),
      ),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 200, 201])
    expect((await flags())[0]?.duty.found.length).toBe(3)
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

  test('of a day without a time may be of today', async () => {
    const { put } = await opened()
    expect((await put(fromDevice('d1', { effectiveDateTime: '2026-03-02' }))).status).toBe(201)
  })

  test('that was taken back does not stand in the way of the same one', async () => {
    const { put, amina } = await opened()
    expect((await put(fromDevice('d1'))).status).toBe(201)
    const headers = { 'if-match': 'W/"1"' }
    const json = fromDevice('d1', { status: 'entered-in-error' })
    const back = await amina('/fhir/Observation/d1', { method: 'PUT', headers, json })
    expect(back.status).toBe(200)
    expect((await put(fromDevice('d2'))).status).toBe(201)
  })

  const morning = (day: number) => ({ effectiveDateTime: `2026-02-${10 + day}T07:30:00Z` })
  const together = (readings: readonly Kept[]) => ({
    ...{ resourceType: 'Bundle', type: 'transaction' },
    entry: readings.map((resource) => ({
      resource,
      request: { method: 'PUT', url: `Observation/${resource.id}` },
    })),
  })

  test('twice in one transaction is refused, and one before it that was sent on another day too', async () => {
    const { amina, put } = await opened()
    const send = async (readings: readonly Kept[]) =>
      (await amina('/fhir', { method: 'POST', json: together(readings) })).status
    expect(await send([fromDevice('a', morning(1)), fromDevice('b', morning(1))])).toBe(409)
    expect((await put(fromDevice('first', morning(3)))).status).toBe(201)
    const three = [1, 3, 5].map((each) => fromDevice(`c${each}`, morning(each)))
    expect(await send(three)).toBe(409)
    expect(await send(three.filter(({ id }) => id !== 'c3'))).toBe(200)
  })

  test('is compared with what is here around the times sent, read once for all that come together', async () => {
    const { put, sql } = await opened()
    await put(fromDevice('long-before', { effectiveDateTime: '2026-01-25T07:30:00Z' }))
    await put(fromDevice('near', morning(2)))
    const counted: number[] = []
    const query = async (text: string, values: unknown[]) => {
      const answer = await sql.query(text, values)
      if (text.includes('content ?')) counted.push(answer.rows.length)
      return answer
    }
    const sent = Array.from({ length: 9 }, (_, place) =>
      fromDevice(`n${place}`, morning(place + 3)),
    )
    const pendingWrites = new Map(sent.map((each) => [`Observation/${each.id}`, each]))
    const context = {
      ...{ actor: { role: 'professional' }, now: new Date('2026-03-02T09:00:00Z') },
      ...{ zone: 'Europe/London', service: { sql: { query } }, pendingWrites },
    }
    for (const each of sent) await mustBeSoundFromDevice(context as never, undefined, each)
    expect(counted).toEqual([1])
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
    ['that is a day ahead', { effectiveDateTime: '2026-03-03' }, /clock of the device/],
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
