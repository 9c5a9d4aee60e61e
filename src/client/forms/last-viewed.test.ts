import type { Parameters } from '@medplum/fhirtypes'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { lastViewedParameters, viewedIn } from '#domain/plan/versions/last-viewed-parameters.ts'
import { minutesFromNow } from '#test-support/clock.ts'
import { stubLocalStorage } from '#test-support/doubles/local-storage.ts'
import { openHook } from '#test-support/hook.ts'
import { graceId, graceServerForFile } from '#test-support/worlds/grace-server.ts'
import { noteLastViewed, sendViewed, useLastViewed } from './last-viewed.ts'

const server = graceServerForFile()
beforeEach(() => stubLocalStorage())
afterEach(() => vi.unstubAllGlobals())

const atServer = async () => {
  const request = lastViewedParameters.write({ patient: graceId, seen: [] })
  const answer = await fhir.operation<Parameters>('$last-viewed', request)
  return viewedIn(lastViewedParameters.read(answer).seen)
}
const here = () => openHook(() => useLastViewed(graceId))
const unsent = () => localStorage.getItem('gable-looked-unsent:amina')

test('a room seen on another device is seen here as soon as the house is loaded', async () => {
  const at = minutesFromNow(-5).toISOString()
  const json = lastViewedParameters.write({ patient: graceId, seen: [{ room: 'support', at }] })
  await (await server.as('amina'))('/fhir/$mark-seen', { method: 'POST', json })
  expect(here().support).toBeUndefined()
  await queryClient.fetchQuery(planQueries.house(graceId))
  expect(here().support).toBe(at)
})

test('a room seen without a network is sent later, with the moment when it was seen', async () => {
  server.wire.mode = 'drop'
  noteLastViewed(graceId, ['me', 'roof'])
  await sendViewed()
  const { me } = here()
  expect(me).toBeDefined()
  server.wire.mode = 'open'
  expect((await atServer()).me).toBeUndefined()

  noteLastViewed(graceId, ['team'])
  await sendViewed()
  expect(await atServer()).toMatchObject({ me, roof: me, team: here().team })
  expect(unsent()).toBeNull()
})

test('what the service refuses does not hold up what it takes', async () => {
  noteLastViewed('p-nobody', ['me'])
  noteLastViewed(graceId, ['conversation'])
  await sendViewed()
  expect((await atServer()).conversation).toBe(here().conversation)
  expect(unsent()).toBeNull()
})
