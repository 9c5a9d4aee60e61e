import { describe, expect, test } from 'vitest'
import { openDbOwnerClient } from './db-owner-client.ts'
import { openDbOwnerServer } from './db-owner-server.ts'
import { answersChannel, callsChannel, ownerChannel } from './tab-channels.ts'

/**
 * Messages that no version of the app sends: no object, a missing or unknown kind, and each kind with a part missing or
 * wrong.
 */
const call = {
  ...{ kind: 'call', id: 'c-1', tab: 't-1', method: 'GET', url: 'https://gable.test/fhir/Patient' },
  ...{ headers: [], body: null, again: false },
}
const toNobody = [null, 'call', 7, [], {}, { kind: 'else' }, { kind: ['call'] }]
const toOwner = [
  ...toNobody,
  { kind: 'cancel' },
  { kind: 'remake' },
  { kind: 'remake', how: { from: 'file', file: 'records.tar' } },
  { ...call, id: undefined },
  { ...call, tab: { toString: 'no function' } },
  { ...call, url: 'no address' },
  { ...call, headers: [['Accept']] },
  { ...call, headers: 'Accept' },
  { ...call, body: { resourceType: 'Patient' } },
]
const toTab = (id: string) => [
  ...toNobody,
  { kind: 'taken' },
  { kind: 'answer', id, status: 7, headers: [], body: null },
  { kind: 'answer', id, status: '200', headers: [], body: null },
  { kind: 'answer', id, status: 200, headers: [['ETag']], body: null },
  { kind: 'answer', id, status: 200, headers: [], body: 'text' },
  { kind: 'stream', id, status: 99, headers: [] },
  { kind: 'chunk', id, chunk: 'text' },
  { kind: 'end' },
]
const news = [...toNobody, { owner: 'o-1' }, { owner: 'o-1', report: {} }]
const unlikely = [
  { owner: 'o-1', report: { state: 'gone' } },
  { owner: 7, report: 'ready' },
]

/** Sends messages, and waits until a message on a second channel shows that all of them have been handled. */
async function send(name: string, messages: readonly unknown[]): Promise<void> {
  const channel = new BroadcastChannel(name)
  for (const each of messages) channel.postMessage(each)
  const echo = new BroadcastChannel(name)
  const end = { kind: 'end-of-test' }
  await new Promise<void>((resolve) => {
    echo.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (JSON.stringify(data) === JSON.stringify(end)) resolve()
    }
    channel.postMessage(end)
  })
  echo.close()
  channel.close()
}

describe('An invalid message on the channel', () => {
  test('is ignored by the database owner and by the waiting tab, which still gets its response', async () => {
    const handled: string[] = []
    const asked = Promise.withResolvers<{ id: string; tab: string }>()
    const open = Promise.withResolvers<void>()
    openDbOwnerServer({
      owner: 'o-1',
      onWritten: () => undefined,
      handler: async ({ method, url }) => {
        handled.push(`${method} ${url}`)
        await open.promise
        return new Response('the records')
      },
    })
    await send(callsChannel, toOwner)
    expect(handled).toEqual([])

    const listener = new BroadcastChannel(callsChannel)
    listener.onmessage = ({ data }: MessageEvent<{ kind: string; id: string; tab: string }>) => {
      if (data.kind === 'call') asked.resolve(data)
    }
    const reports: unknown[] = []
    const client = openDbOwnerClient()
    client.onReport((report) => reports.push(report))
    const answer = client.send(new Request('https://gable.test/fhir/Patient'))
    const { id, tab } = await asked.promise
    listener.close()
    await send(answersChannel(tab), toTab(id))
    await send(ownerChannel, [...news, ...unlikely])
    await send(ownerChannel, [{ owner: 'o-1', report: { state: 'ready', storage: 'opfs' } }])
    open.resolve()

    expect(await (await answer).text()).toBe('the records')
    expect(new Set(handled)).toEqual(new Set(['GET https://gable.test/fhir/Patient']))
    expect(reports).toEqual([{ state: 'ready', storage: 'opfs' }])
  })
})
