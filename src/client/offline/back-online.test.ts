import { afterEach, beforeEach, expect, test } from 'vitest'
import { saveGoal } from '#client/queries/care-plan/goals.ts'
import { addTask } from '#client/queries/coordination/tasks.ts'
import { signInAs } from '#client/session/session.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { graceId } from '#test-support/worlds/grace-server.ts'
import { type OfflineServer, openOfflineServer } from '#test-support/worlds/offline-server.ts'
import { resolveConflict, syncNow } from './sync-now.ts'
import { discardQueuedSave } from './use-offline.ts'

eachStore('returning to the network', (open) => {
  let away: OfflineServer
  beforeEach(async () => {
    away = await openOfflineServer((await open()).sql)
  })
  afterEach(() => away.close())

  test('a save whose answer was lost is queued and not done twice', async () => {
    const before = await away.goal()
    const plan = await away.plan()
    away.loseAnswers()
    await saveGoal(plan, { base: before, mine: { ...before, words: 'I want to sing.' } })
    expect(away.waiting()).toHaveLength(1)
    away.goOnline()
    expect(await away.sendAndCount()).toMatchObject({ 'Goal/goal-g1': 2 })
    expect(away.waiting()).toEqual([])
    expect(Number((await away.plan()).version)).toBe(Number(plan.version) + 1)
  })

  test('an answer lost while sending is recognised after the page crashes', async () => {
    away.goOffline()
    await away.changeGoal({ words: 'I want to sing.' })
    away.loseAnswers()
    await syncNow()
    expect(away.waiting()).toHaveLength(1)
    await away.reopen()
    away.goOnline()
    expect(await away.sendAndCount()).toMatchObject({ 'Goal/goal-g1': 2 })
    expect(away.waiting()).toEqual([])
  })

  test('a saved text that Karen has changed since causes no conflict and is not restored', async () => {
    away.goOffline()
    await away.changeGoal({ words: 'I want to sing.' })
    away.loseAnswers()
    await syncNow()
    await away.asKaren(async () => {
      await away.changeGoal({ words: 'I want to dance.' })
    })
    await syncNow()
    expect(away.waiting()).toEqual([])
    expect((await away.goal()).words).toBe('I want to dance.')
  })

  test('Karen’s change elsewhere in the goal is kept, and so is the user’s text', async () => {
    away.goOffline()
    const before = await away.changeGoal({ words: 'I want to sing.' })
    await away.asKaren(async () => {
      await away.changeGoal({ why: 'Mother did.' }, before)
    })
    await syncNow()
    expect(await away.goal()).toMatchObject({ words: 'I want to sing.', why: 'Mother did.' })
  })

  test.each([
    ['mine', 'I want to sing.'],
    ['theirs', 'I want to dance.'],
    [{ text: 'I want to sing and dance.' }, 'I want to sing and dance.'],
  ] as const)('the same text changed by Karen becomes a conflict: %j', async (chosen, stands) => {
    away.goOffline()
    const before = await away.changeGoal({ words: 'I want to sing.' })
    await addTask({ id: 'new-task', person: graceId, what: 'Bring the scales' })
    await away.asKaren(async () => {
      await away.changeGoal({ words: 'I want to dance.' }, before)
    })
    await syncNow()
    const [save, ...others] = away.waiting()
    expect(others, 'the task went on').toEqual([])
    if (save?.trouble?.why !== 'choice') throw new Error('Nobody was asked')
    expect(save.trouble.places).toMatchObject([
      { mine: 'I want to sing.', theirs: 'I want to dance.', base: before.words },
    ])
    expect(save.trouble.byWhom?.by.name).toBe('Karen Lee')
    await resolveConflict(save, chosen)
    expect(away.waiting()).toEqual([])
    expect((await away.goal()).words).toBe(stands)
  })

  test('a save that builds on a conflict waits for it, and is discarded with it', async () => {
    away.goOffline()
    const before = await away.changeGoal({ words: 'I want to sing.' })
    const after = await away.goal()
    await saveGoal(await away.plan(), { base: after, mine: { ...after, why: 'It is Sunday.' } })
    await away.asKaren(async () => {
      await away.changeGoal({ words: 'I want to dance.' }, before)
    })
    await syncNow()
    const [first, second] = away.waiting()
    expect([first?.trouble?.why, second?.trouble]).toEqual(['choice', undefined])
    if (first) await discardQueuedSave(first)
    expect(away.waiting()).toEqual([])
    expect(await away.goal()).toMatchObject({ words: 'I want to dance.', why: before.why })
  })

  test('a save after access has ended is refused, and its text is kept', async () => {
    away.goOffline()
    await addTask({ id: 'new-task', person: graceId, what: 'Bring the scales' })
    away.goOnline()
    await signInAs('stranger')
    await syncNow()
    expect(away.waiting()[0]).toMatchObject({
      trouble: { why: 'refused' },
      records: [{ mine: { description: 'Bring the scales' } }],
    })
  })
})
