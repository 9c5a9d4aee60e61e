import type { Flag } from '@medplum/fhirtypes'
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
  todayBy,
} from '#test-support/worlds/balbir.ts'

const brook = { reference: 'Organization/brook-surgery' }
const world = [
  ...balbirSince('2026-01-20T10:00:00Z').map((each) =>
    each.id === 'e' ? ({ ...each, managingOrganization: brook } as Kept) : each,
  ),
  {
    ...{ resourceType: 'Organization', id: 'brook-surgery', name: 'Brook Surgery' },
    telecom: [{ system: 'phone', value: '01632 960100' }],
  } as Kept,
  planWith('29463-7', [{ url: 'high', valueDecimal: 83 }]),
]
const hours = {
  ...{ resourceType: 'HealthcareService', id: 'brook-telephone', active: true },
  ...{ name: 'Brook Surgery: telephone', providedBy: brook },
  telecom: [{ system: 'phone', value: '01632 960100' }],
  availableTime: [
    {
      daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri'],
      ...{ availableStartTime: '07:00:00', availableEndTime: '11:00:00' },
    },
  ],
}

eachStore('When an alert is to be answered', (open) => {
  async function raisedAt(now: string, service?: object) {
    const { sql } = await open()
    const server = await openBalbir(sql, world)
    if (service) {
      const json = { method: 'PUT', json: service }
      const written = await (await server.as('ruth'))(`/fhir/HealthcareService/${hours.id}`, json)
      expect(written.status, await written.clone().text()).toBe(201)
    }
    const then = await openHandler({ sql, now: new Date(now) })
    const amina = await then.as('amina')
    const heavy = measured({
      ...{ id: 'w2', code: '29463-7', value: 84, unit: 'kg' },
      at: { effectiveDateTime: '2026-03-02T07:30:00Z' },
    })
    const sent = await amina('/fhir/Observation/w2', { method: 'PUT', json: heavy })
    expect(sent.status, await sent.clone().text()).toBe(201)
    const { rows } = await sql.query<{ content: Flag }>(
      `select content from resource where rt = 'Flag'`,
      [],
    )
    const by = raisedAlerts(rows.map(({ content }) => content))[0]?.duty.answerBy
    const stands = async (at: string) => {
      const later = await openHandler({ sql, now: new Date(at) })
      const { items } = await todayBy(await later.as('amina'))
      return items.find(({ kind }) => kind === 'reading')?.reading?.stands
    }
    return { by, stands }
  }

  test('follows from when the organisation works, as its manager wrote it down, and from its bank holidays', async () => {
    // Thursday before Easter, ten by the clock on the wall: an hour is left; the rest is on Tuesday
    const { by, stands } = await raisedAt('2026-04-02T09:00:00.000Z', hours)
    expect(by).toBe('2026-04-07T09:00:00.000Z')
    expect(await stands('2026-04-07T08:59:59.000Z')).toBe('waiting')
    expect(await stands('2026-04-07T09:00:00.000Z'), 'nobody is named next').toBe('late')
  })

  test('Who answers day and night has four hours by the clock', async () => {
    const always = { ...hours, availableTime: [{ allDay: true }] }
    const { by } = await raisedAt('2026-04-02T23:00:00.000Z', always)
    expect(by).toBe('2026-04-03T03:00:00.000Z')
  })

  test('Where nobody has written down when it works, nine to five on working days counts', async () => {
    const { by } = await raisedAt('2026-04-02T09:00:00.000Z')
    expect(by).toBe('2026-04-02T13:00:00.000Z')
  })
})
