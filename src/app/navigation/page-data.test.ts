import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { queryClient } from '#client/fhir/query-client.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { caseloadQuery } from '#client/queries/monitoring/caseload.ts'
import { signInAs, useSession } from '#client/session/session.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'
import { fetchFor } from './page-data.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
let asked: string[] = []

beforeAll(async () => {
  server = await openGraceServer()
  const through = globalThis.fetch
  vi.stubGlobal('fetch', (...[input, init]: Parameters<typeof globalThis.fetch>) => {
    asked.push(`${init?.method} ${new URL(String(input), 'http://gable.test').pathname}`)
    return through(input, init)
  })
})
afterAll(async () => await server.close())
beforeEach(() => queryClient.clear())

async function as(identity: Parameters<typeof signInAs>[0]) {
  await signInAs(identity)
  asked = []
}

test('the data of a page is loaded before it opens, and only once', async () => {
  await as('amina')
  await fetchFor('plan', graceId)
  expect(queryClient.getQueryData(planQueries.house(graceId).queryKey)?.person).toBe(graceId)
  const before = asked.length
  await fetchFor('plan', graceId)
  expect(asked).toHaveLength(before)

  await fetchFor('caseload', undefined)
  expect(queryClient.getQueryData(caseloadQuery().queryKey)).toBeDefined()
})

test('the pages of a person are loaded too', async () => {
  await as('grace')
  await fetchFor('mine', undefined)
  expect(queryClient.getQueryData(planQueries.house(graceId).queryKey)?.person).toBe(graceId)
})

test('a user without access is refused at the person’s name, and nothing else is asked for', async () => {
  await as('stranger')
  await fetchFor('frame', graceId)
  const atHerName = asked
  asked = []
  await fetchFor('sharing', graceId)
  expect(asked.toSorted()).toEqual(atHerName.toSorted())
  expect(queryClient.getQueryData(planQueries.house(graceId).queryKey)).toBeUndefined()
})

test('without a user no page data is loaded', async () => {
  useSession.setState({ actor: undefined })
  asked = []
  await fetchFor('today', undefined)
  expect(asked).toEqual([])
})
