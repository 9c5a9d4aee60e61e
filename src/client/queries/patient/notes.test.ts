import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { addComment } from '#client/queries/care-plan/comments.ts'
import { forgetRestrictions, restrictionNow } from '#client/queries/consent/restrictions.ts'
import { signInAs } from '#client/session/session.ts'
import { restrictedBecause } from '#domain/access/labels/restriction.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'
import { addNote, notesQuery } from './notes.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
beforeAll(async () => {
  server = await openGraceServer()
})
afterAll(async () => await server.close())
beforeEach(async () => {
  forgetRestrictions()
  await signInAs('amina')
})

async function notes() {
  queryClient.clear()
  return await queryClient.fetchQuery(notesQuery(graceId))
}
const note = (more: object = {}) => ({
  ...{ id: crypto.randomUUID(), person: graceId, text: 'He was angry at the door' },
  ...more,
})

test('a restricted note shows every reader that it is restricted, and why', async () => {
  const open = note()
  const closed = note({ restrictedWhy: 'A risk at home' })
  await addNote(open)
  await addNote(closed)
  forgetRestrictions()
  expect((await notes()).map((each) => each.id)).toEqual(
    expect.arrayContaining([open.id, closed.id]),
  )
  expect(restrictionNow(`Communication/${closed.id}`)).toEqual({
    between: true,
    why: 'A risk at home',
  })
  expect(restrictionNow(`Communication/${open.id}`)).toBeUndefined()
})

test('a restricted note is hidden from the person and from professionals outside the care', async () => {
  const closed = note({ restrictedWhy: 'A risk at home' })
  await addNote(closed)
  for (const identity of ['grace', 'stranger']) {
    await signInAs(identity)
    await expect(fhir.read('Communication', closed.id)).rejects.toMatchObject({ kind: 'missing' })
  }
})

test('a removed label is no longer shown, and records that refer to a restricted one are restricted with it', async () => {
  const goal = await fhir.read('Goal', 'goal-g1')
  await fhir.update({ ...goal, meta: { ...goal.meta, security: [restrictedBecause('A risk')] } })
  const id = crypto.randomUUID()
  await addComment({ id, person: graceId, about: 'Goal/goal-g1', text: 'Slowly' })
  await fhir.search('Communication', { _id: id })
  expect(restrictionNow('Goal/goal-g1')).toEqual({ between: false, why: 'A risk' })
  expect(restrictionNow(`Communication/${id}`)).toEqual({
    between: false,
    through: true,
    why: 'A risk',
  })
  const closed = await fhir.read('Goal', 'goal-g1')
  const { security: _security, ...meta } = closed.meta ?? {}
  await fhir.update({ ...closed, meta })
  await fhir.readVersion('Goal', 'goal-g1', closed.meta?.versionId ?? '')
  expect(restrictionNow('Goal/goal-g1')).toBeUndefined()
  expect(restrictionNow(`Communication/${id}`)).toBeUndefined()
})
