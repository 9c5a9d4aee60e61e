import { afterEach, expect, test, vi } from 'vitest'
import { useSession } from '#client/session/session.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { fhir } from './fhir-client.ts'

const outcome = JSON.stringify({ resourceType: 'OperationOutcome', issue: [] })
const isIn = () => useSession.getState().actor?.identity

/** A server whose answers come when they are let go: the session is over, it says. */
function slowServer() {
  const waiting: (() => void)[] = []
  vi.stubGlobal('fetch', () => {
    const over = new Response(outcome, {
      status: 401,
      headers: { 'Content-Type': 'application/fhir+json' },
    })
    return new Promise((resolve) => waiting.push(() => resolve(over)))
  })
  return () => {
    for (const each of waiting.splice(0)) each()
  }
}

const comesIn = (identity?: string) =>
  useSession.setState({ actor: identity === undefined ? undefined : demoActor(identity) })

afterEach(() => {
  comesIn()
  vi.unstubAllGlobals()
})

test.each([
  ['Grace, who has left since', 'grace'],
  ['nobody, while a page was going away', undefined],
])('a late answer to %s does not end the session of who is here now', async (_whom, earlier) => {
  const letGo = slowServer()
  comesIn(earlier)
  const call = fhir.read('Goal', 'g')
  comesIn('chidi')
  letGo()
  await expect(call).rejects.toMatchObject({ kind: 'signed-out' })
  expect(isIn()).toBe('chidi')
})

test('an answer to who is here says that her session is over', async () => {
  const letGo = slowServer()
  comesIn('grace')
  const call = fhir.read('Goal', 'g')
  letGo()
  await expect(call).rejects.toMatchObject({ kind: 'signed-out' })
  expect(isIn()).toBeUndefined()
  expect(useSession.getState().ended?.identity).toBe('grace')
})
