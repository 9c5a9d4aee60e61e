import { checked } from '#domain/fhir/checked-json.ts'
import { type CallHandler, callRequest } from './call-request.ts'
import { replayCheck } from './replay-check.ts'
import {
  answersChannel,
  type Call,
  callsChannel,
  type FromOwner,
  tabLock,
  toOwnerShape,
} from './tab-channels.ts'

type Desk = Readonly<{
  owner: string
  handler: CallHandler
  /** a call that may have written was answered */
  onWritten: () => void
}>

/** How many answered ids are remembered, so that a call offered twice is done once. */
const remembered = 5_000

/**
 * The owner's side: takes each call once, runs the handler, answers to the tab that asked. A call that a lost owner may
 * already have done (`again`) and that is now refused as stale is checked by `replayCheck`: if the record holds exactly
 * what was sent, the first call did it, and success is the answer.
 */
export function openDbOwnerServer({ owner, handler, onWritten }: Desk): void {
  const calls = new BroadcastChannel(callsChannel)
  const seen = new Set<string>()
  const running = new Map<string, AbortController>()
  const tabs = new Map<string, BroadcastChannel>()

  function channelTo(tab: string): BroadcastChannel {
    const known = tabs.get(tab)
    if (known) return known
    const channel = new BroadcastChannel(answersChannel(tab))
    tabs.set(tab, channel)
    void navigator.locks.request(tabLock(tab), () => forget(tab))
    return channel
  }

  function forget(tab: string): void {
    tabs.get(tab)?.close()
    tabs.delete(tab)
    for (const [key, stop] of running) if (key.startsWith(`${tab}/`)) stop.abort()
  }

  function remember(id: string): boolean {
    if (seen.has(id)) return false
    seen.add(id)
    const [oldest] = seen
    if (seen.size > remembered && oldest) seen.delete(oldest)
    return true
  }

  async function take(call: Call): Promise<void> {
    const channel = channelTo(call.tab)
    const say = (message: FromOwner) => {
      // nobody listens once the tab is closed, and its channel with it
      if (tabs.get(call.tab) === channel) channel.postMessage(message)
    }
    say({ kind: 'taken', id: call.id, owner })
    if (!remember(call.id)) return
    const stop = new AbortController()
    const key = `${call.tab}/${call.id}`
    running.set(key, stop)
    try {
      const response = await respond(call)
      const head = { id: call.id, status: response.status, headers: [...response.headers] }
      if (isStream(response)) await pour({ response, say, head, signal: stop.signal })
      else say({ kind: 'answer', ...head, body: await response.arrayBuffer() })
      if (mayWrite(call)) onWritten()
    } finally {
      running.delete(key)
    }
  }

  async function respond(call: Call): Promise<Response> {
    try {
      const response = await handler(callRequest(call), call.again)
      if (!call.again || response.status !== 412) return response
      return (await replayCheck(call, handler)) ?? response
    } catch {
      return failed()
    }
  }

  function cancel(id: string): void {
    for (const [key, stop] of running) if (key.endsWith(`/${id}`)) stop.abort()
  }

  calls.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = checked(toOwnerShape, data)
    if (message?.kind === 'call') void take(message)
    if (message?.kind === 'cancel') cancel(message.id)
  })
}

function mayWrite(call: Call): boolean {
  return call.method !== 'GET' && call.url.includes('/fhir') && !call.url.includes('_search')
}

function isStream(response: Response): boolean {
  return /event-stream|x-tar/.test(response.headers.get('content-type') ?? '')
}

type Pour = Readonly<{
  response: Response
  say: (message: FromOwner) => void
  head: { id: string; status: number; headers: [string, string][] }
  signal: AbortSignal
}>

async function pour({ response, say, head, signal }: Pour): Promise<void> {
  say({ kind: 'stream', ...head })
  const reader = response.body?.getReader()
  if (!reader) return
  signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined))
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      say({ kind: 'chunk', id: head.id, chunk: value })
    }
    say({ kind: 'end', id: head.id })
  } catch {
    // an incomplete answer must not look complete
    say({ kind: 'end', id: head.id, broken: true })
  }
}

function failed(): Response {
  const outcome = {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'exception', diagnostics: 'The records did not answer.' }],
  }
  return new Response(JSON.stringify(outcome), {
    status: 500,
    headers: { 'Content-Type': 'application/fhir+json' },
  })
}
