import { QueryObserver } from '@tanstack/react-query'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { listenForChangeEvents } from '#client/fhir/change-events.ts'
import { queryClient } from '#client/fhir/query-client.ts'
import { addTask, doDeed, tasksQuery } from '#client/queries/coordination/tasks.ts'
import {
  addObservation,
  observationsQuery,
  setLimit,
} from '#client/queries/monitoring/observations.ts'
import { signInAs } from '#client/session/session.ts'
import { whoAmI } from '#client/session/who-am-i.ts'
import type { HouseRecord } from '#domain/plan/house/house.ts'
import { toDecide } from '#domain/review/to-decide.ts'
import { dayFromToday, machineNow } from '#test-support/clock.ts'
import { graceId, openGraceServer } from '#test-support/worlds/grace-server.ts'
import { saveAboutMe } from './about-me.ts'
import { addComment, answerPromise } from './comments.ts'
import { moveAction, saveAction, saveGoal, saveNeed, scoreGoal } from './goals.ts'
import { planQueries, saveWhatIf, setReview } from './plan.ts'
import { holdReview, noteContact } from './review.ts'

let server: Awaited<ReturnType<typeof openGraceServer>>
/** the page’s requests to the server, and the events of the change stream */
let asked: string[] = []
let received = ''
const closing: (() => void)[] = []

beforeAll(async () => {
  server = await openGraceServer()
  await signInAs('amina')
  await addTask({ id: 'ring', person: graceId, what: 'Ring the parish' })
  const through = globalThis.fetch
  vi.stubGlobal('fetch', async (...[input, init]: Parameters<typeof fetch>) => {
    const answer = await through(input, init)
    const { pathname } = new URL(String(input), 'http://gable.test')
    if (!pathname.startsWith('/events')) asked.push(`${init?.method} ${pathname}`)
    else if (answer.body) return new Response(tapped(answer.body), answer)
    return answer
  })
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
})
afterAll(async () => await server.close())

const tapped = (line: ReadableStream<Uint8Array>) =>
  line.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, rest) {
        received += new TextDecoder().decode(chunk)
        rest.enqueue(chunk)
      },
    }),
  )

/** Waits longer than the delay in which changes are collected. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 100))

const queries = [
  planQueries.house(graceId),
  observationsQuery(graceId),
  tasksQuery(graceId),
] as const

/** Grace’s plan, readings and tasks are open on screen, and the change stream is connected. */
beforeEach(async () => {
  queryClient.clear()
  received = ''
  for (const query of queries) {
    const observer = new QueryObserver(queryClient, query as (typeof queries)[0])
    closing.push(observer.subscribe(() => undefined))
  }
  closing.push(listenForChangeEvents())
  await expect.poll(() => received).toContain('up to date')
  // changes from before this page was opened are sent too, and fetched
  await pause()
  await expect.poll(() => queryClient.isFetching()).toBe(0)
  asked = []
  received = ''
})
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const onScreen = () => queries.map(({ queryKey }) => queryClient.getQueryData<unknown>(queryKey))
const plan = () => {
  const { plan: found } = onScreen()[0] as HouseRecord
  if (!found) throw new Error('Grace has no plan')
  return found
}
const one = <T extends { id: string }>(list: readonly T[] | undefined, id?: string): T => {
  const found = id ? list?.find((each) => each.id === id) : list?.[0]
  if (!found) throw new Error(`There is no ${id}`)
  return found
}
const open = () => onScreen()[0] as HouseRecord
const fresh = () => ({ id: crypto.randomUUID(), person: graceId })

type Row = [title: string, type: string, save: () => Promise<unknown>]
const saves: Row[] = [
  [
    'a changed goal',
    'Goal',
    async () => {
      const base = one(open().goals, 'goal-g1')
      await saveGoal(plan(), { base, mine: { ...base, words: 'To church, with Chidi' } })
    },
  ],
  [
    'a new goal',
    'Goal',
    async () => {
      const mine = { ...fresh(), words: 'I want to sing', why: '', needs: [] }
      await saveGoal(plan(), { mine: { ...mine, state: 'active' } })
    },
  ],
  ['the progress of a goal', 'Goal', () => scoreGoal(one(open().goals, 'goal-g1'), 'improving')],
  [
    'a need',
    'Condition',
    async () => {
      const mine = { ...fresh(), words: 'The stairs', unmet: true, resolved: false }
      await saveNeed(plan(), { mine })
    },
  ],
  [
    'a step',
    'Task',
    async () => {
      const mine = { ...fresh(), what: 'Ring the parish', note: '', state: 'planned' as const }
      await saveAction(plan(), { mine })
    },
  ],
  [
    'the status of a step',
    'Task',
    () => moveAction(one(open().actions, 'act-g1'), 'done', dayFromToday(0)),
  ],
  [
    'a section of About me',
    'Observation',
    async () => {
      const base = one(open().aboutMe)
      const saidBy = whoAmI(graceId)
      await saveAboutMe(plan().id, { base, mine: { ...base, words: 'I taught.', saidBy } })
    },
  ],
  [
    'a plan for if things get worse',
    'CarePlan',
    async () => {
      const base = open().whatIf
      const red = { sign: 'Cannot lie flat', doWhat: 'Ring 999', ring: '999' }
      if (base) await saveWhatIf(plan(), { base, mine: { ...base, red } })
    },
  ],
  ['the next review date', 'CarePlan', () => setReview(plan(), dayFromToday(41))],
  [
    'a review',
    'Communication',
    () => {
      const decisions = toDecide(open().goals, open().actions).map((each) => ({
        ...{ ...each, decision: 'goes-on' as const, words: '' },
      }))
      const held = { ...fresh(), words: 'Going well', next: dayFromToday(43), decisions }
      return holdReview(plan(), held)
    },
  ],
  [
    'a comment',
    'Communication',
    () => addComment({ ...fresh(), about: 'Goal/goal-g1', text: 'I will walk with her.' }),
  ],
  [
    'an answer to a promise',
    'Communication',
    () => answerPromise({ ...fresh(), action: 'act-g1', happened: true, words: '' }),
  ],
  [
    'a contact',
    'Communication',
    () => noteContact({ ...fresh(), way: 'call', reached: true, words: 'She is well' }),
  ],
  [
    'a reading',
    'Observation',
    () => addObservation({ ...fresh(), kind: 'weight', value: 69, at: machineNow().toISOString() }),
  ],
  ['a limit', 'CarePlan', () => setLimit(plan(), { kind: 'weight', high: 75 })],
  [
    'an action on a task',
    'Task',
    async () => {
      const tasks = onScreen()[2] as unknown as Parameters<typeof doDeed>[0][]
      await doDeed(one(tasks, 'ring'), { kind: 'take' })
    },
  ],
]

test.each(saves)(
  '%s is saved with one call, and nothing on the screen is fetched again',
  async (_title, type, save) => {
    await save()
    expect(asked).toHaveLength(1)
    const shown = onScreen()

    // the page also gets the event of its own change, and sends no request because of it
    await expect.poll(() => received).toContain(`{"type":"${type}"`)
    await pause()
    expect(asked).toHaveLength(1)

    await queryClient.invalidateQueries()
    expect(onScreen(), 'what is shown is what stands').toEqual(shown)
  },
)

test('a change by somebody else is fetched, also when both write at once', async () => {
  const base = one(open().goals, 'goal-g1')
  const karen = await server.as('karen')
  const goal = await (await karen('/fhir/Goal/goal-g1')).json()
  const json = { ...goal, note: [{ text: 'Seen by Karen' }] }
  const save = saveGoal(plan(), { base, mine: { ...base, why: 'The choir is there' } })
  await karen('/fhir/Goal/goal-g1', { method: 'PUT', json })
  await save
  await expect.poll(() => queryClient.isFetching()).toBe(0)
  await expect
    .poll(async () => (await (await karen('/fhir/Goal/goal-g1')).json()).meta.versionId)
    .toBe(one(open().goals, 'goal-g1').version)
  expect(one(open().goals, 'goal-g1').why).toBe('The choir is there')
})
