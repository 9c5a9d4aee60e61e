import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryClient } from '#client/fhir/query-client.ts'
import { signInAs } from '#client/session/session.ts'
import { graceId, openGraceHouse } from '#test-support/worlds/grace-house.ts'
import { addComment } from './comments.ts'
import { planQueries } from './plan.ts'

let house: Awaited<ReturnType<typeof openGraceHouse>>
beforeAll(async () => {
  house = await openGraceHouse()
  await signInAs('amina')
})
afterAll(async () => await house.close())

const look = () => queryClient.fetchQuery(planQueries.house(graceId))

test('a plan opens with four calls, however many rooms it has', async () => {
  const through = globalThis.fetch
  const asked: string[] = []
  globalThis.fetch = (input, init) => {
    asked.push(String(input))
    return through(input, init)
  }
  const found = await look()
  globalThis.fetch = through
  expect(asked).toHaveLength(4)
  expect(found.team.map((each) => each.who.name)).toContain('Karen Lee')
})

test('the newest comment comes first', async () => {
  for (const text of ['The first', 'The second'])
    await addComment({ id: crypto.randomUUID(), person: graceId, about: 'Goal/goal-g1', text })
  queryClient.clear()
  const { comments } = await look()
  expect(comments.slice(0, 2).map((each) => each.text)).toEqual(['The second', 'The first'])
})
