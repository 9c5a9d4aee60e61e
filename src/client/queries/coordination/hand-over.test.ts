import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { consentQueries } from '#client/queries/consent/consents.ts'
import { dismissAccessNews, restoreAccessNews } from '#client/queries/monitoring/access-news.ts'
import { todayQuery } from '#client/queries/monitoring/today.ts'
import { signInAs } from '#client/session/session.ts'
import type { Who } from '#domain/plan/plan.ts'
import { TaskActionNotPossible } from '#domain/task/task.ts'
import { dayFromToday } from '#test-support/clock.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'
import { addMember, careTeamQuery, endMembership } from './care-team.ts'
import { acceptHandOver, askToTakeOn, endHandOver, registrationQuery } from './hand-over.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
beforeAll(async () => {
  server = await openGraceServer()
})
afterAll(async () => await server.close())
beforeEach(async () => {
  queryClient.clear()
  await signInAs('amina')
})

const practice = (id: string, name: string): Who => ({
  ...{ reference: `Organization/${id}`, name, voice: 'professional' },
})
const brook = practice('brook-surgery', 'Brook Surgery')
const clinic = practice('elsewhere-clinic', 'Elsewhere Clinic')
const robin: Who = {
  reference: 'Practitioner/robin-vale',
  name: 'Dr Robin Vale',
  voice: 'professional',
}

const registration = async () => {
  queryClient.clear()
  return await queryClient.fetchQuery(registrationQuery(graceId))
}
const latest = async () => {
  const [first] = (await registration()).handOvers
  if (!first) throw new Error('Nobody was asked')
  return first
}
async function ask(from = dayFromToday(0)) {
  await signInAs('amina')
  const id = crypto.randomUUID()
  const request = {
    id,
    person: graceId,
    by: brook,
    to: clinic,
    from,
    why: 'She moves to her niece',
  }
  await askToTakeOn(request, 'Transfer from')
  return await latest()
}
async function itemsOf(who: string, kind: string) {
  await signInAs(who)
  queryClient.clear()
  const { items, others } = await queryClient.fetchQuery(todayQuery(who))
  return { items: items.filter((each) => each.kind === kind), others }
}
const toldToGrace = async () => {
  await signInAs('grace')
  queryClient.clear()
  return (await queryClient.fetchQuery(consentQueries.accessNews(graceId))).map(({ words, by }) => [
    words,
    by.name,
  ])
}

test('the practice that is asked sees it on Today, declines with a reason, and loses access', async () => {
  expect((await registration()).registered).toEqual([brook])
  const before = await queryClient.fetchQuery(planQueries.house(graceId))
  const asked = await ask()
  expect(asked).toMatchObject({
    by: brook,
    to: clinic,
    state: 'asked',
    why: 'She moves to her niece',
  })
  // a change of practice does not change the plan
  expect((await queryClient.fetchQuery(planQueries.house(graceId))).plan?.version).toBe(
    before.plan?.version,
  )
  const { items, others } = await itemsOf('stranger', 'hand-over')
  expect(items).toMatchObject([
    { person: graceId, text: 'She moves to her niece', owner: { name: 'Brook Surgery' } },
  ])
  expect(others).toMatchObject([{ id: graceId, given: 'Grace' }])
  await endHandOver(asked, 'declined', 'We have no nurse there')
  expect((await itemsOf('stranger', 'hand-over')).items).toEqual([])
  await expect(fhir.read('Patient', graceId)).rejects.toMatchObject({ status: 404 })
  await signInAs('amina')
  expect(await latest()).toMatchObject({
    state: 'declined',
    answer: { words: 'We have no nurse there', by: { name: 'Dr Robin Vale' } },
  })
  expect((await toldToGrace()).slice(0, 2)).toEqual([
    ['Can no longer see it: Elsewhere Clinic.', 'Dr Robin Vale'],
    ['Can now see the record: Elsewhere Clinic.', 'Amina Yusuf'],
  ])
})

test('a withdrawn hand-over cannot be accepted, nor one before its date', async () => {
  const back = await ask()
  await endHandOver(back, 'withdrawn', 'She stays')
  await signInAs('stranger')
  await expect(acceptHandOver(back)).rejects.toMatchObject({ kind: 'missing' })
  const ahead = await ask(dayFromToday(3))
  await signInAs('stranger')
  await expect(acceptHandOver(ahead)).rejects.toMatchObject({ kind: 'forbidden' })
  // nor by moving the start to an earlier day
  const task = (await fhir.read('Task', ahead.id)) as object
  await expect(
    fhir.update({ ...task, restriction: { period: { start: dayFromToday(0) } } } as never),
  ).rejects.toMatchObject({ kind: 'forbidden' })
  await signInAs('amina')
  await endHandOver(ahead, 'withdrawn', 'She stays')
  await expect(endHandOver(ahead, 'withdrawn', 'Again')).rejects.toBeInstanceOf(
    TaskActionNotPossible,
  )
})

test('a hand-over shows beforehand who keeps access, and accepting it moves the person', async () => {
  const asked = await ask()
  const { stays } = await registration()
  expect(stays(brook.reference)).toMatchObject({ hasCase: true })
  expect(stays(brook.reference).people).toContain('Amina Yusuf')
  expect(stays(clinic.reference)).toEqual({ hasCase: false, tasks: [], people: [] })
  await signInAs('stranger')
  await acceptHandOver(asked)
  expect((await registration()).registered).toEqual([clinic])
  expect(await latest()).toMatchObject({ state: 'accepted', answer: { by: { name: robin.name } } })
  await signInAs('amina')
  expect((await fhir.read('Patient', graceId)).id).toBe(graceId)
})

test('the coordinator sees each change of access until it is marked as seen; their own changes are not news', async () => {
  const team = async () => {
    queryClient.clear()
    const found = await queryClient.fetchQuery(careTeamQuery(graceId))
    if (!found) throw new Error('There is no team')
    return found.id
  }
  const accessNews = async (who: string) => (await itemsOf(who, 'access')).items
  const putAwayAll = async () => {
    const id = crypto.randomUUID()
    const news = (await accessNews('amina')).map((item) =>
      item.reference.slice('Provenance/'.length),
    )
    await dismissAccessNews({ id, person: graceId, news })
    return id
  }
  await putAwayAll()
  expect(await accessNews('amina')).toEqual([])
  const friend: Who = {
    reference: 'Practitioner/a-friend',
    name: 'A Friend',
    voice: 'professional',
  }
  await signInAs('amina')
  await addMember(await team(), { who: friend, role: '' })
  expect(await accessNews('amina')).toEqual([])
  await signInAs('patel')
  await endMembership(await team(), friend)
  expect(await accessNews('amina')).toMatchObject([
    {
      person: graceId,
      owner: { name: 'Dr Anil Patel' },
      text: expect.stringContaining('a-friend'),
    },
  ])
  // he takes part in the case, and she coordinates it: his call dismisses no news of hers
  expect(await accessNews('patel')).toEqual([])
  const [item] = await accessNews('amina')
  const of = { person: graceId, news: [item?.reference.slice('Provenance/'.length) ?? ''] }
  await signInAs('patel')
  await dismissAccessNews({ id: crypto.randomUUID(), ...of })
  expect(await accessNews('amina')).toHaveLength(1)
  const seen = await putAwayAll()
  expect(await accessNews('amina')).toEqual([])
  await restoreAccessNews(seen)
  expect(await accessNews('amina')).toHaveLength(1)
})
