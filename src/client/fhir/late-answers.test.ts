import type { Task } from '@medplum/fhirtypes'
import { afterEach, expect, test, vi } from 'vitest'
import { saveTogether } from '#client/forms/save-record.ts'
import { tasksQuery } from '#client/queries/coordination/tasks.ts'
import { useSession } from '#client/session/session.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { createOnce } from './create-once.ts'
import { fhir } from './fhir-client.ts'
import { queryClient } from './query-client.ts'

const outcome = JSON.stringify({ resourceType: 'OperationOutcome', issue: [] })
const isIn = () => useSession.getState().actor?.identity

/** A server whose responses arrive when the test releases them: 401 by default. */
function slowServer(status = 401, answer: object | string = outcome) {
  const waiting: (() => void)[] = []
  const body = typeof answer === 'string' ? answer : JSON.stringify(answer)
  const headers = { 'Content-Type': 'application/fhir+json' }
  vi.stubGlobal('fetch', () => {
    const over = new Response(body, { status, headers })
    return new Promise((resolve) => waiting.push(() => resolve(over)))
  })
  const letGo = () => {
    for (const each of waiting.splice(0)) each()
  }
  /** The next request gets this response at once. */
  const next = (quick: object) => {
    const slow = globalThis.fetch
    vi.stubGlobal('fetch', async () => {
      vi.stubGlobal('fetch', slow)
      return new Response(JSON.stringify(quick), { headers })
    })
  }
  return Object.assign(letGo, { count: () => waiting.length, next })
}

const comesIn = (identity?: string) =>
  useSession.setState({ actor: identity === undefined ? undefined : demoActor(identity) })

afterEach(() => {
  comesIn()
  queryClient.clear()
  vi.unstubAllGlobals()
})

test.each([
  ['Grace, who has signed out since', 'grace'],
  ['nobody, while a page was closing', undefined],
])('a late answer to %s does not end the session of the current user', async (_whom, earlier) => {
  const letGo = slowServer()
  comesIn(earlier)
  const call = fhir.read('Goal', 'g')
  comesIn('chidi')
  letGo()
  await expect(call).rejects.toMatchObject({ kind: 'signed-out' })
  expect(isIn()).toBe('chidi')
})

test('an answer 401 to the current user ends the session', async () => {
  const letGo = slowServer()
  comesIn('grace')
  const call = fhir.read('Goal', 'g')
  letGo()
  await expect(call).rejects.toMatchObject({ kind: 'signed-out' })
  expect(isIn()).toBeUndefined()
  expect(useSession.getState().ended?.identity).toBe('grace')
})

const task: Task & { id: string } = {
  ...{ resourceType: 'Task', id: 't', meta: { versionId: '1' }, status: 'accepted' },
  ...{ intent: 'order', for: { reference: 'Patient/p' }, description: 'Between professionals' },
}
const save = () =>
  saveTogether({ edits: [{ type: 'Task', id: 't', isNew: true, onto: () => task }] })

test.each([
  ['one record', task, () => createOnce(task)],
  [
    'several',
    { resourceType: 'Bundle', type: 'transaction-response', entry: [{ resource: task }] },
    save,
  ],
])(
  'what one user saved, %s, is not shown on the screen of the next user',
  async (_what, answer, work) => {
    comesIn('amina')
    const letGo = slowServer(200, answer)
    const ended = work().catch((error: unknown) => error)
    await expect.poll(letGo.count).toBe(1)
    comesIn('chidi')
    letGo.next({ resourceType: 'Bundle', type: 'searchset' })
    await queryClient.fetchQuery(tasksQuery('p'))
    letGo()
    const end = await ended
    expect(queryClient.getQueryData(tasksQuery('p').queryKey)).toEqual([])
    expect(end).toMatchObject({ kind: 'signed-out' })
  },
)

test('a write of one user is not tried again in the name of the next user', async () => {
  comesIn('amina')
  const letGo = slowServer(412)
  const rejected = expect(save()).rejects.toMatchObject({ kind: 'signed-out' })
  await expect.poll(letGo.count).toBe(1)
  comesIn('patel')
  letGo()
  await rejected
  expect(letGo.count()).toBe(0)
})
