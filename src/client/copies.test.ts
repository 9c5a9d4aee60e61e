import { afterAll, expect, test } from 'vitest'
import { useSession } from '#client/session/session.ts'
import { demoActor } from '#test-support/actors.ts'
import { bringBackupBack, checkTrail, saveRecordCopy } from './copies.ts'

const browserFetch = globalThis.fetch
afterAll(() => {
  globalThis.fetch = browserFetch
})

test('walking the trail is asked for once, and nothing cuts it short', async () => {
  const asked: (RequestInit | undefined)[] = []
  globalThis.fetch = async (_, init) => {
    asked.push(init)
    return Response.json({ resourceType: 'OperationOutcome', issue: [] }, { status: 503 })
  }
  await expect(checkTrail()).rejects.toMatchObject({ kind: 'broken' })
  expect(asked).toHaveLength(1)
  expect(asked[0]?.signal).toBeUndefined()
})

test('what a proxy on the way refuses with a page of its own is said, not taken for a lost answer', async () => {
  const page = (status: number) =>
    new Response('<h1>Refused</h1>', { status, headers: { 'Content-Type': 'text/html' } })
  const bring = () => bringBackupBack(new File(['a letter'], 'gable.tar'), 'merge', {})
  globalThis.fetch = async () => page(413)
  await expect(bring()).rejects.toMatchObject({
    status: 413,
    message: 'The file is larger than this service takes.',
  })
  globalThis.fetch = async () => page(502)
  await expect(bring()).rejects.toMatchObject({ status: 502, kind: 'broken' })
})

test('who asks for a copy when her session is over is told so, and her session ends here', async () => {
  useSession.setState({ actor: demoActor('grace') })
  globalThis.fetch = async () =>
    Response.json({ resourceType: 'OperationOutcome', issue: [] }, { status: 401 })
  await expect(saveRecordCopy('p')).rejects.toMatchObject({ kind: 'signed-out' })
  expect(useSession.getState()).toMatchObject({ actor: undefined, ended: { identity: 'grace' } })
})
