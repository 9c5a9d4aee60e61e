import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryClient } from '#client/fhir/query-client.ts'
import { todayQuery } from '#client/queries/monitoring/today.ts'
import { saveWishDocument } from '#client/queries/worse/save-wish.ts'
import { signInAs } from '#client/session/session.ts'
import { lastYes } from '#domain/agreement/agreement.ts'
import { changedRecordsSince } from '#domain/plan/changes-since.ts'
import { houseRecords } from '#domain/plan/house/house-records.ts'
import { wishDocuments } from '#domain/plan/worse/wishes.ts'
import { todayRecordTypes } from '#domain/today/today-record-types.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'
import { addComment } from './comments.ts'
import { saveGoal } from './goals.ts'
import { earlierVersionsOf, planQueries } from './plan.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
beforeAll(async () => {
  server = await openGraceServer()
  await signInAs('amina')
})
afterAll(async () => await server.close())

const look = () => queryClient.fetchQuery(planQueries.house(graceId))

async function opened() {
  const through = globalThis.fetch
  const answers: string[] = []
  globalThis.fetch = async (input, init) => {
    const answer = await through(input, init)
    answers.push(await answer.clone().text())
    return answer
  }
  queryClient.clear()
  const found = await look()
  globalThis.fetch = through
  return { found, calls: answers.length, bytes: answers.join('').length }
}

test('opening a plan takes one call, whatever the number of rooms', async () => {
  const { found, calls } = await opened()
  expect(calls).toBe(1)
  expect(found.team.map((each) => each.who.name)).toContain('Karen Lee')
})

test('opening a plan takes no more bytes after many saves, and shows the last agreement before them', async () => {
  const write = async (words: string) => {
    queryClient.clear()
    const { plan, goals } = await look()
    const base = goals.find(({ id }) => id === 'goal-g1')
    if (!plan || !base) throw new Error('Grace has no plan or goal')
    await saveGoal(plan, { base, mine: { ...base, words } })
  }
  await write('To church, first')
  await write('To church, then')
  const few = await opened()
  for (const time of Array(20).keys()) await write(`To church, ${String(time).padStart(4, '0')}`)
  const many = await opened()
  const perSave = (many.bytes - few.bytes) / 20
  // version numbers grow by a digit
  expect(perSave).toBeLessThan(10)
  const { agreements, events } = many.found
  const yes = lastYes(agreements)
  if (!yes) throw new Error('Grace has not agreed')
  const [changed] = changedRecordsSince(events, yes).filter(
    ({ record }) => record === 'Goal/goal-g1',
  )
  const before = await earlierVersionsOf(changed?.firstTarget ?? '')
  expect(before).toMatchObject({ resourceType: 'Goal', meta: { versionId: '1' } })
  expect(changed?.by.reference).toBe('Practitioner/amina-yusuf')
})

test('the newest comment comes first', async () => {
  for (const text of ['The first', 'The second'])
    await addComment({ id: crypto.randomUUID(), person: graceId, about: 'Goal/goal-g1', text })
  queryClient.clear()
  const { comments } = await look()
  expect(comments.slice(0, 2).map((each) => each.text)).toEqual(['The second', 'The first'])
})

test('a page that shows a house takes in every kind of record that a house is made of', () => {
  const kinds: readonly string[] = planQueries.house(graceId).meta?.kinds ?? []
  expect(kinds).toEqual(expect.arrayContaining(Object.keys(houseRecords)))
})

test('Today is loaded again by every kind of record that the server reads for it, the answers of people among them', () => {
  const kinds: readonly string[] = todayQuery('amina').meta?.kinds ?? []
  expect(kinds).toEqual(expect.arrayContaining([...todayRecordTypes]))
  expect(todayRecordTypes).toContain('Provenance')
  expect(todayRecordTypes).toContain('QuestionnaireResponse')
})

test('a signed document is in the list as soon as it is saved', async () => {
  queryClient.clear()
  await look()
  const id = crypto.randomUUID()
  await saveWishDocument({
    ...{ id, person: graceId, sort: wishDocuments[0], keptAt: 'In the blue folder' },
    ...{ link: '', decider: '' },
  })
  expect((await look()).wishDocuments.map((each) => each.id)).toContain(id)
})
