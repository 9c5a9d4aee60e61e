import type { Observation } from '@medplum/fhirtypes'
import { describe, expect, test } from 'vitest'
import { fhir } from '#client/fhir/fhir-client.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { addObservation } from '#client/queries/monitoring/observations.ts'
import { signInAs } from '#client/session/session.ts'
import type { Who } from '#domain/plan/plan.ts'
import { TaskActionNotPossible } from '#domain/task/task.ts'
import { minutesFromNow } from '#test-support/clock.ts'
import { graceId, graceServerForFile } from '#test-support/worlds/grace-server.ts'
import { addMember, careTeamQuery, colleaguesQuery, endMembership } from './care-team.ts'
import { answerReferral, referralsQuery, sendReferral } from './referrals.ts'
import { addTask, doDeed, myTasksQuery, tasksQuery } from './tasks.ts'

const server = graceServerForFile()

const ming: Who = { reference: 'Practitioner/ming-zhao', name: 'Ming Zhao', voice: 'professional' }
const tom: Who = { reference: 'Practitioner/tom-price', name: 'Tom Price', voice: 'professional' }
const council: Who = {
  ...{ reference: 'Organization/riverside-council', name: 'Riverside Council' },
  voice: 'professional',
}

async function tasks() {
  queryClient.clear()
  return await queryClient.fetchQuery(tasksQuery(graceId))
}
async function aTask(what: string, owner?: Who) {
  const id = crypto.randomUUID()
  await addTask({ id, person: graceId, what, ...(owner ? { owner } : {}) })
  const found = (await tasks()).find((each) => each.id === id)
  if (!found) throw new Error('The task does not exist')
  return found
}
const again = async (id: string) => (await tasks()).find((each) => each.id === id)

test('a new task is on the list of its owner', async () => {
  const task = await aTask('Look at the tablets', ming)
  await signInAs('ming')
  const mine = await queryClient.fetchQuery(myTasksQuery('ming', 'mine', 1))
  expect(mine.rows.map((row) => row.task.id)).toContain(task.id)
  expect(mine.rows[0]).toMatchObject({ given: 'Grace', family: 'Okafor' })
})

describe('corrections after a lost answer', () => {
  const lost = async (work: () => Promise<unknown>) => {
    server.wire.mode = 'lose'
    await expect(work()).rejects.toMatchObject({ status: 0 })
    server.wire.mode = 'open'
  }
  const at = minutesFromNow(-60).toISOString()
  const weight = (value: number) =>
    ({
      id: 'lost-weight',
      person: graceId,
      kind: 'weight',
      value,
      at,
    }) as const
  const kept = async () => (await fhir.read('Observation', 'lost-weight')) as Observation

  test('are stored once, and do not overwrite those of somebody else', async () => {
    await lost(() => addObservation(weight(7)))
    await addObservation(weight(7))
    expect((await kept()).meta?.versionId, 'the same words are there already').toBe('1')
    await addObservation(weight(70))
    expect((await kept()).valueQuantity?.value).toBe(70)
    expect((await kept()).meta?.versionId).toBe('2')
    await expect(addObservation(weight(71))).rejects.toMatchObject({ kind: 'stale' })
  })

  test('are stored on a task too, unless somebody has already accepted it', async () => {
    const add = (what: string) => addTask({ id: 'lost-task', person: graceId, what })
    await lost(() => add('Ring the sun'))
    await add('Ring the son')
    const task = await again('lost-task')
    expect(task?.what).toBe('Ring the son')
    if (task) await doDeed(task, { kind: 'take' })
    await add('Ring the son')
    expect((await again('lost-task'))?.owner?.name).toBe('Amina Yusuf')
  })
})

test('of two users who take the same task one gets it, and the other sees who', async () => {
  const task = await aTask('Ring the son')
  await doDeed(task, { kind: 'take' })
  await signInAs('ming')
  await expect(doDeed(task, { kind: 'take' })).rejects.toBeInstanceOf(TaskActionNotPossible)
  await expect(doDeed(task, { kind: 'take' })).rejects.toMatchObject({ owner: 'Amina Yusuf' })
})

test('handing on keeps the reason, and can be undone', async () => {
  const task = await aTask('Measure the chair', ming)
  const undo = await doDeed(task, { kind: 'hand-on', to: tom, words: 'He has the frame' })
  expect(await again(task.id)).toMatchObject({
    ...{ state: 'requested', owner: { name: 'Tom Price' } },
    deeds: [{ kind: 'hand-on', words: 'He has the frame', by: { name: 'Amina Yusuf' } }],
  })
  await undo()
  expect(await again(task.id)).toMatchObject({ owner: { name: 'Ming Zhao' }, deeds: [] })
})

test('handing on cannot be undone after a colleague has accepted', async () => {
  const task = await aTask('Order the frame', ming)
  const undo = await doDeed(task, { kind: 'hand-on', to: tom, words: 'Leave' })
  await signInAs('tom')
  await doDeed(task, { kind: 'take' })
  await signInAs('amina')
  await undo()
  expect(await again(task.id)).toMatchObject({ state: 'accepted', owner: { name: 'Tom Price' } })
})

test('a plan step that changes hands moves the plan version', async () => {
  const step = (await tasks()).find((each) => each.planId && each.state === 'accepted')
  if (!step?.planId) throw new Error('Grace has no step')
  const before = await fhir.read('CarePlan', step.planId)
  await doDeed(step, { kind: 'hand-on', to: tom, words: 'On leave' })
  const after = await fhir.read('CarePlan', step.planId)
  expect(Number(after.meta?.versionId)).toBeGreaterThan(Number(before.meta?.versionId))
  await doDeed(step, { kind: 'do', words: 'Went well' })
  expect((await fhir.read('CarePlan', step.planId)).meta?.versionId).toBe(after.meta?.versionId)
})

test('an action that does not reach the server leaves the task as it was', async () => {
  const task = await aTask('Ring the ward')
  server.wire.mode = 'drop'
  await expect(doDeed(task, { kind: 'take' })).rejects.toBeInstanceOf(FhirError)
  server.wire.mode = 'open'
  expect(await again(task.id)).toMatchObject({ state: 'requested' })
})

test('a referral is sent, accepted by those asked, and closed with its outcome', async () => {
  const [id, requestId] = [crypto.randomUUID(), crypto.randomUUID()]
  await sendReferral({ id, requestId, person: graceId, what: 'Rail', why: 'Fell', to: council })
  const found = async () => {
    queryClient.clear()
    const all = await queryClient.fetchQuery(referralsQuery(graceId))
    const referral = all.find((each) => each.id === id)
    if (!referral) throw new Error('The referral does not exist')
    return referral
  }
  expect(await found()).toMatchObject({ state: 'sent', why: 'Fell', to: { name: council.name } })
  await signInAs('karen')
  await answerReferral(await found(), 'accepted', '')
  await answerReferral(await found(), 'closed', 'Rail fitted')
  await signInAs('amina')
  expect(await found()).toMatchObject({ state: 'closed', outcome: 'Rail fitted' })
  expect((await fhir.read('ServiceRequest', requestId)).status).toBe('completed')
})

test('somebody who refuses a referral may do so though the refusal ends their access', async () => {
  const [id, requestId] = [crypto.randomUUID(), crypto.randomUUID()]
  const vale: Who = { reference: 'Practitioner/robin-vale', name: 'Dr Vale', voice: 'professional' }
  await sendReferral({ id, requestId, person: graceId, what: 'Scan', why: '', to: vale })
  await signInAs('stranger')
  queryClient.clear()
  const sent = (await queryClient.fetchQuery(referralsQuery(graceId))).find(
    (each) => each.id === id,
  )
  if (!sent) throw new Error('The referral does not reach the one asked')
  await answerReferral(sent, 'refused', 'Not in our area')
  await expect(fhir.read('Patient', graceId)).rejects.toMatchObject({ kind: 'missing' })
  await signInAs('amina')
  queryClient.clear()
  const all = await queryClient.fetchQuery(referralsQuery(graceId))
  expect(all.find((each) => each.id === id)).toMatchObject({
    ...{ state: 'refused', reason: 'Not in our area' },
  })
})

test('a new team member gets access to the person, and loses it on leaving but stays on record', async () => {
  const team = async () => {
    queryClient.clear()
    const found = await queryClient.fetchQuery(careTeamQuery(graceId))
    if (!found) throw new Error('Grace has no team')
    return found
  }
  const { staff } = await queryClient.fetchQuery(colleaguesQuery)
  const vale = staff.find((each) => each.who.reference === 'Practitioner/robin-vale')
  if (!vale) throw new Error('Dr Vale is not listed')
  const { id } = await team()
  await addMember(id, vale)
  await addMember(id, vale)
  const members = (await team()).members.filter((each) => each.who.name === vale.who.name)
  expect(members).toMatchObject([{ organisation: 'Elsewhere Clinic', telephone: '01632 960400' }])
  await signInAs('stranger')
  expect((await fhir.read('Patient', graceId)).id).toBe(graceId)
  await signInAs('amina')
  await endMembership(id, vale.who)
  expect((await team()).past.map((each) => each.who.name)).toContain(vale.who.name)
  await signInAs('stranger')
  await expect(fhir.read('Patient', graceId)).rejects.toMatchObject({ kind: 'missing' })
})
