import type { Parameters } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { scoreHistoryParameters } from '#domain/risk/score-history-parameters.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { grace, standing } from '#test-support/worlds/grace-records.ts'

const illness = (id: string, code: string, onsetDateTime?: string) => ({
  ...{ resourceType: 'Condition', id, subject: grace },
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] },
  ...(onsetDateTime ? { onsetDateTime } : {}),
})

eachStore('The history of scores', (open) => {
  test('has a point every half year where the record supports one, and says where it does not', async () => {
    const { sql } = await open()
    const server = await openHandler({ sql, now: new Date('2026-03-20T09:00:00Z') })
    const ill = [
      illness('c-1', 'I500', '2024-05-01'),
      illness('c-2', 'E119', '2025-12-01'),
      illness('c-3', 'N40'),
    ]
    await server.seed([...standing, ...ill] as never, 'brook-surgery')
    const read = async (who: string, query = '') =>
      await (await server.as(who))(`/fhir/Patient/${graceId}/$score-history${query}`)
    const { points } = scoreHistoryParameters.read(
      (await (await read('amina')).json()) as Parameters,
    )
    expect(points).toHaveLength(7)
    expect(points.map(({ gap }) => gap ?? 'point')).toEqual([
      ...['before-record', 'before-record', 'before-record'],
      ...['point', 'point', 'point', 'point'],
    ])
    expect(points.at(-2)?.deficits).toEqual(['heart-failure', 'urinary-system-disease'])
    expect(points.at(-1)?.frailty, 'the one without a date counts on every day').toBe(3)
    const then = scoreHistoryParameters.read(
      (await (await read('amina', '?date=2025-06-01')).json()) as Parameters,
    )
    expect(then.points.at(-1)).toMatchObject({ day: '2025-06-01', frailty: 2 })
    expect((await read('amina', '?date=2026-03-21')).status, 'tomorrow').toBe(400)
    expect((await read('stranger')).status).toBe(404)
  })
})
