import { expect, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import {
  condition,
  episode,
  relationsServer,
  type Sent,
  to,
} from '#test-support/access/relations-server.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { aboutMe, goal, grace } from '#test-support/worlds/grace-records.ts'

const codes = 'https://gable.example/codes'
const plan = (id: string, start: string) => ({
  ...{ resourceType: 'CarePlan', id, status: 'active', intent: 'plan', subject: grace },
  ...{ period: { start }, goal: [to('Goal/goal-1')] },
})
const second = { ...goal(grace), id: 'second', description: { text: 'To sing' } }

eachStore('An imported plan without a case', (open) => {
  const started = async (...records: readonly object[]) => {
    const server = await relationsServer(await open(), ...records)
    await server.importAs(
      'amina',
      goal(grace),
      plan('older', '2024-01-01'),
      plan('newer', '2025-01-01'),
    )
    const versions = async () => {
      const { rows } = await server.sql.query<{ id: string; vid: number }>(
        `select id, vid from resource where rt = 'CarePlan' and id = any($1::text[]) order by id`,
        [['newer', 'older']],
      )
      return rows.map(({ vid }) => vid)
    }
    return { ...server, versions }
  }
  const withoutCase = async () => await started({ ...episode, status: 'finished' })

  test('moves to a new version with a goal that it does not refer to', async () => {
    const server = await withoutCase()
    const agreement = {
      ...{ resourceType: 'Provenance', id: 'yes', recorded: '2026-03-02T09:00:00Z' },
      target: [to('CarePlan/newer/_history/1'), to(`Patient/${graceId}`)],
      activity: { coding: [{ system: codes, code: 'agree' }] },
      agent: [{ who: grace }],
    }
    expect(await server.put('grace', agreement)).toBe(201)
    expect(await server.put('amina', second)).toBe(201)
    // she agreed to a text that has changed since, and nobody can record her agreement to the new one
    expect(await server.versions()).toEqual([2, 1])
    expect(await server.put('grace', { ...agreement, id: 'late' })).toBe(409)
    expect(await server.put('amina', { ...second, description: { text: 'To hum' } }, 1)).toBe(200)
    expect(await server.versions()).toEqual([3, 1])
  })

  test.each<readonly [string, Sent]>([
    ['a need', condition('need', { category: [{ coding: [{ code: 'health-concern' }] }] })],
    ['an About me text', { ...aboutMe(grace), id: 'sings' }],
    ['an imported goal', second],
  ])('moves to a new version with %s too', async (_what, record) => {
    const server = await withoutCase()
    expect(await server.importAs('amina', record)).not.toContain('reason')
    expect(await server.versions()).toEqual([2, 1])
  })

  test('stays the same while a case with its own plan is open', async () => {
    const server = await started()
    await server.importAs('amina', second)
    expect(await server.versions()).toEqual([1, 1])
  })
})
