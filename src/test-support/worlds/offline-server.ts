import { fhir } from '#client/fhir/fhir-client.ts'
import { setOfflineResponder } from '#client/fhir/offline-responder.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { downloadRecords } from '#client/offline/download-records.ts'
import { respondOffline } from '#client/offline/respond-offline.ts'
import { type OfflineStore, openOfflineStore } from '#client/offline/storage/offline-store.ts'
import { syncNow } from '#client/offline/sync-now.ts'
import { setOfflineStore } from '#client/offline/use-offline.ts'
import { saveGoal } from '#client/queries/care-plan/goals.ts'
import { planQueries } from '#client/queries/care-plan/plan.ts'
import { signInAs } from '#client/session/session.ts'
import { demoQuestionnaires } from '#demo-data/questionnaires.ts'
import type { Goal } from '#domain/goal/goal.ts'
import { openGoals } from '#domain/plan/house/house.ts'
import type { Sql } from '#server/store/sql.ts'
import { machineNow } from '#test-support/clock.ts'
import { memoryShelf } from '#test-support/doubles/memory-indexeddb.ts'
import { graceId, openGraceServer } from './grace-server.ts'

const deviceKey = btoa('k'.repeat(32))
const until = () => '2999-01-01T00:00:00.000Z'

export type OfflineServer = Awaited<ReturnType<typeof openOfflineServer>>

/** Grace’s server, with her record downloaded by Amina on a separate device, whose network can be disconnected. */
export async function openOfflineServer(sql: Sql) {
  const server = await openGraceServer({ sql })
  await server.seed(demoQuestionnaires.map((form) => ({ ...form, id: form.id ?? '' })))
  const shelf = memoryShelf()
  let device: OfflineStore
  let isAway = false
  const responder = respondOffline({
    ...{ device: () => device, isAway: () => isAway, onLoss: async () => 'away' },
  })
  /** as a page does after a reload */
  const reopen = async () => {
    device = await openOfflineStore({ deviceKey, shelf, until, now: machineNow })
    setOfflineStore(device)
    return device
  }
  await downloadRecords(await reopen(), [graceId])
  setOfflineResponder(responder)
  const network = (wire: typeof server.wire.mode, away: boolean) => () => {
    server.wire.mode = wire
    isAway = away
  }
  const goOnline = network('open', false)
  const look = async () => {
    queryClient.clear()
    return await queryClient.fetchQuery(planQueries.house(graceId))
  }
  const plan = async () => {
    const { plan } = await look()
    if (!plan) throw new Error('Grace has no plan')
    return plan
  }
  const goal = async () => {
    const goal = openGoals(await look()).find((each) => each.id === 'goal-g1')
    if (!goal) throw new Error('The goal is gone')
    return goal
  }
  /** how often each record of interest was written */
  const versions = async () => {
    const versions: Record<string, number> = {}
    for (const type of ['Goal', 'Task', 'Observation'] as const) {
      const asked = { patient: `Patient/${graceId}`, _count: 500 }
      for (const { id = '', meta } of (await fhir.search(type, asked)).entries)
        if (/^new-|goal-g1/.test(id)) versions[`${type}/${id}`] = Number(meta?.versionId)
    }
    return versions
  }
  return {
    ...{ server, shelf, reopen, goOnline, look, plan, goal, versions },
    /** saves the goal, changed from the current version or the given one, and returns what it was changed from */
    changeGoal: async (change: Partial<Goal>, given?: Goal) => {
      const base = given ?? (await goal())
      await saveGoal(await plan(), { base, mine: { ...base, ...change } })
      return base
    },
    sendAndCount: async () => {
      await syncNow()
      return await versions()
    },
    waiting: () => device.waiting(),
    goOffline: network('drop', true),
    /** calls are sent, and their answers are lost */
    loseAnswers: network('lose', false),
    close: () => {
      setOfflineResponder(undefined)
      setOfflineStore(undefined)
    },
    /** Karen, with her own network */
    asKaren: async (work: () => Promise<void>) => {
      goOnline()
      setOfflineResponder(undefined)
      await signInAs('karen')
      await work()
      await signInAs('amina')
      setOfflineResponder(responder)
    },
  }
}
