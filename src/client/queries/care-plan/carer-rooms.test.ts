import { afterAll, beforeAll, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { signInAs } from '#client/session/session.ts'
import { decide } from '#domain/access/decide.ts'
import { type AccessLabel, sharedAccessLabels } from '#domain/access/labels/access-label.ts'
import { aboutMeIdFor } from '#domain/plan/about-me.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { chidi, grace, share } from '#test-support/worlds/grace-records.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'
import { saveAboutMe } from './about-me.ts'
import { carerRooms } from './carer-rooms.ts'
import { addComment } from './comments.ts'
import { saveGoal } from './goals.ts'
import { planQueries } from './plan.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
beforeAll(async () => {
  server = await openGraceServer()
  await signInAs('chidi')
})
afterAll(async () => await server.close())

/** All sixty-four combinations of shared and not shared rooms. */
const combinations = Array.from({ length: 2 ** sharedAccessLabels.length }, (_, one) =>
  sharedAccessLabels.filter((_room, at) => Math.floor(one / 2 ** at) % 2 === 1),
)

async function shareOnly(read: readonly AccessLabel[], write: readonly AccessLabel[] = []) {
  const given = { ...share(read, ['read']), id: 'consent-g1', performer: [grace] }
  const provision = [
    { action: [{ coding: [{ code: 'write' }] }], class: share(write, []).provision.class },
  ]
  await server.seed([
    { ...given, provision: { ...given.provision, ...(write.length > 0 ? { provision } : {}) } },
  ])
  queryClient.clear()
}
const look = async () => await queryClient.fetchQuery(planQueries.house(graceId))

test('six rooms can be shared in sixty-four ways', () => expect(combinations).toHaveLength(64))

test.each(combinations.slice(1).map((rooms) => [rooms.join(', '), rooms] as const))(
  'Chidi sees exactly the rooms shared with him: %s',
  async (_names, rooms) => {
    await shareOnly(rooms)
    const found = await look()
    const { entries } = await fhir.search('Condition', {
      patient: `Patient/${graceId}`,
      _count: 200,
    })
    const isConcern = (each: (typeof entries)[number]) =>
      each.category?.some(({ coding }) => coding?.some(({ code }) => code === 'health-concern'))
    const seen: Readonly<Record<string, boolean>> = {
      me: found.aboutMe.length > 0,
      conversation: found.goals.length > 0 && found.actions.length > 0,
      team: found.team.length > 0,
      roof: found.plan !== undefined && found.caseOfPlan !== undefined,
      support: found.support.length > 0,
      record: entries.some((each) => !isConcern(each)),
    }
    expect(sharedAccessLabels.filter((room) => seen[room])).toEqual(rooms)
    expect(found.givenName).toBe('Grace')
    const shares = await queryClient.fetchQuery(carerRooms(graceId))
    expect(shares).toMatchObject({ read: rooms, write: [] })
    for (const room of sharedAccessLabels) {
      const shared = { read: rooms, write: [] }
      const facts = { act: 'read', kind: 'clinical', relation: 'carer', room, shared } as const
      expect(decide({ actor: demoActor('chidi'), ...facts }).allowed).toBe(rooms.includes(room))
    }
  },
)

test('a carer with nothing shared gets 404, without the person’s name', async () => {
  await shareOnly([])
  await expect(look()).rejects.toMatchObject({ kind: 'missing' })
  await expect(queryClient.fetchQuery(carerRooms(graceId))).rejects.toMatchObject({
    kind: 'missing',
  })
  expect(JSON.stringify(await fhir.operation('$shared-with-me'))).not.toContain('Grace')
})

const comment = { person: graceId, about: 'Goal/goal-g1', text: 'Slowly' }
const passage = {
  ...{ id: aboutMeIdFor(graceId, 'also'), person: graceId, section: 'also' as const },
  ...{ words: 'She sings', saidBy: { ...chidi, name: 'Chidi', voice: 'carer' as const } },
}

test('writing in one room needs write access to that room alone', async () => {
  await shareOnly(['conversation', 'me', 'roof'], ['conversation'])
  await addComment({ ...comment, id: crypto.randomUUID() })
  const id = crypto.randomUUID()
  const wish = { id, person: graceId, words: 'A garden bench', why: '', needs: [] }
  const mine = { ...wish, expressedBy: passage.saidBy, state: 'active' as const }
  const { plan } = await look()
  await saveGoal(plan, { mine })
  expect((await look()).goals.map(({ words }) => words)).toContain('A garden bench')
  await expect(saveAboutMe(plan?.id, { base: undefined, mine: passage })).rejects.toMatchObject({
    kind: 'forbidden',
  })
  await shareOnly(['me'], ['me'])
  await saveAboutMe(undefined, { base: undefined, mine: passage })
  expect((await look()).aboutMe.map(({ words }) => words)).toContain('She sings')
  await expect(addComment({ ...comment, id: crypto.randomUUID() })).rejects.toThrow()
})

test('only the carer sees which rooms are shared with the carer', async () => {
  await shareOnly(['me'])
  await signInAs('amina')
  expect(await fhir.operation('$shared-with-me')).not.toHaveProperty('parameter')
  expect(await queryClient.fetchQuery(carerRooms(graceId))).toBeNull()
})
