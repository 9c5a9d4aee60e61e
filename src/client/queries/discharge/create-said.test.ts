import type { Bundle, Communication } from '@medplum/fhirtypes'
import { expect, test } from 'vitest'
import { minutesFromNow } from '#test-support/clock.ts'
import { graceId, graceServerForFile } from '#test-support/worlds/grace-server.ts'
import { saveCallAfterStay } from './stays.ts'

const server = graceServerForFile()
const stay = {
  ...{ resourceType: 'Encounter', id: 'ward', status: 'finished', class: { code: 'IMP' } },
  subject: { reference: `Patient/${graceId}` },
  period: {
    start: minutesFromNow(-6_000).toISOString(),
    end: minutesFromNow(-300).toISOString(),
  },
}

test('a call whose answer was lost is corrected: what stands is the last wording, with its own time', async () => {
  const admin = await server.as('admin')
  const made = await admin('/fhir/Encounter/ward', { method: 'PUT', json: stay })
  expect(made.status).toBe(201)
  const earlier = minutesFromNow(-60).toISOString()
  const call = (words: string, at?: string) =>
    saveCallAfterStay({
      ...{ id: 'lost', person: graceId, stay: 'ward', way: 'call', reached: false, words },
      ...{ answers: [], at },
    } as Parameters<typeof saveCallAfterStay>[0])
  const lose = async (work: () => Promise<void>) => {
    server.wire.mode = 'lose'
    await expect(work()).rejects.toMatchObject({ status: 0 })
    server.wire.mode = 'open'
  }
  const standing = async () => {
    const found = await (await server.as('amina'))(`/fhir/Communication?patient=${graceId}`)
    const { entry = [] } = (await found.json()) as Bundle<Communication>
    return entry
      .flatMap(({ resource }) => resource ?? [])
      .filter(({ id, status }) => id?.startsWith('lost') && status !== 'entered-in-error')
      .map(({ id, sent, statusReason }) => [id, statusReason?.text, sent])
  }
  await lose(() => call('Call agian'))
  expect(await standing()).toHaveLength(1)
  // the same again is the same call
  await call('Call agian')
  expect((await standing()).map(([id, words]) => [id, words])).toEqual([['lost', 'Call agian']])
  await lose(() => call('Call again', earlier))
  // that it was earlier is part of what is said
  await call('Call again', earlier)
  expect(await standing()).toEqual([['lost-2', 'Call again', earlier]])
})
