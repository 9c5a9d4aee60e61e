import { afterAll, expect, test } from 'vitest'
import { CancelledError } from '#client/forms/cancellable.ts'
import { useSession } from '#client/session/session.ts'
import { demoActor } from '#test-support/access/actors.ts'
import { checkAuditLog, saveRecordCopy, uploadRestore } from './exports-and-backups.ts'

const browserFetch = globalThis.fetch
afterAll(() => {
  globalThis.fetch = browserFetch
})

test('checking the audit log is requested once, without a timeout', async () => {
  const asked: (RequestInit | undefined)[] = []
  globalThis.fetch = async (_, init) => {
    asked.push(init)
    return Response.json({ resourceType: 'OperationOutcome', issue: [] }, { status: 503 })
  }
  await expect(checkAuditLog()).rejects.toMatchObject({ kind: 'broken' })
  expect(asked).toHaveLength(1)
  expect(asked[0]?.signal).toBeUndefined()
})

test('a refusal by a proxy with its own page is shown, and not taken for a lost answer', async () => {
  const page = (status: number) =>
    new Response('<h1>Refused</h1>', { status, headers: { 'Content-Type': 'text/html' } })
  const restore = () => uploadRestore(new File(['a letter'], 'gable.tar'), 'merge', {})
  globalThis.fetch = async () => page(413)
  await expect(restore()).rejects.toMatchObject({
    status: 413,
    message: 'The file is larger than this service takes.',
  })
  globalThis.fetch = async () => page(502)
  await expect(restore()).rejects.toMatchObject({ status: 502, kind: 'broken' })
})

test('a user who requests a copy after the session has ended sees why and is signed out', async () => {
  useSession.setState({ actor: demoActor('grace') })
  globalThis.fetch = async () =>
    Response.json({ resourceType: 'OperationOutcome', issue: [] }, { status: 401 })
  await expect(saveRecordCopy('p')).rejects.toMatchObject({ kind: 'signed-out' })
  expect(useSession.getState()).toMatchObject({ actor: undefined, ended: { identity: 'grace' } })
})

test('a restore can be stopped before it answers, and a broken connection is no answer', async () => {
  const restore = (watch: Parameters<typeof uploadRestore>[2]) =>
    uploadRestore(new File(['a backup'], 'gable.tar'), 'merge', watch)
  const first = 'event: progress\ndata: {"step":"read","done":1,"of":2}\n\n'
  let line: ReadableStreamDefaultController<Uint8Array> | undefined
  globalThis.fetch = async () =>
    new Response(
      new ReadableStream({
        start(controller) {
          line = controller
          controller.enqueue(new TextEncoder().encode(first))
        },
      }),
    )
  const stop = new AbortController()
  const onProgress = () => setTimeout(() => stop.abort())
  await expect(restore({ onProgress, stop: stop.signal })).rejects.toThrow(CancelledError)
  const onBreak = () => setTimeout(() => line?.error(new TypeError('network error')))
  await expect(restore({ onProgress: onBreak })).rejects.toMatchObject({ kind: 'unreachable' })
})
