import type { Bundle } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { relationsServer } from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { aboutMe, goal, grace } from '#test-support/worlds/grace-records.ts'

const reading = (id: string, at: string) => ({
  ...{ resourceType: 'Observation', id, status: 'final', subject: grace, effectiveDateTime: at },
  category: [{ coding: [{ code: 'vital-signs' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  valueQuantity: { value: 68, unit: 'kg' },
})
const old = { effectiveDateTime: '2019-01-01' }

eachStore('The whole record without older readings', (open) => {
  const started = async () =>
    await relationsServer(
      await open(),
      ...[reading('old', '2023-12-31T23:59:00Z'), reading('new', '2024-01-01T00:00:00Z')],
      ...[{ ...goal(grace), startDate: '2019-01-01' }, aboutMe(grace, old)],
    )
  type House = Awaited<ReturnType<typeof started>>
  const everything = async (server: House, query: string) => {
    const answer = await server.send('amina', `/Patient/${graceId}/$everything${query}`)
    const { entry = [], link = [] } = (await answer.json()) as Bundle
    const ids = entry.map(({ resource }) => resource?.id ?? '')
    return { status: answer.status, ids, next: link.find((each) => each.relation === 'next')?.url }
  }

  test('leaves out readings from before the day, and nothing else, however old', async () => {
    const server = await started()
    const whole = await everything(server, '')
    const since = await everything(server, '?readings-since=2024-01-01')
    expect(whole.ids.filter((id) => !since.ids.includes(id))).toEqual(['old'])
    expect(since.ids).toEqual(expect.arrayContaining(['new', 'goal-1', 'about-1']))
  })

  test('stays so from page to page, and a day that is none is refused', async () => {
    const server = await started()
    const first = await everything(server, '?readings-since=2024-01-01&_count=1')
    expect(first.next).toContain('readings-since=2024-01-01')
    expect((await everything(server, '?readings-since=lately')).status).toBe(400)
  })
})
