import { checked } from '#domain/fhir/checked-json.ts'
import {
  answersChannel,
  type Call,
  callsChannel,
  type DeviceReport,
  type FromOwner,
  fromOwnerShape,
  ownerChannel,
  ownerNewsShape,
  type Remake,
  type ToOwner,
  tabLock,
} from './tab-channels.ts'

/** Every call settles within this time, in milliseconds. */
const patience = 10_000
/** Some calls touch everything that is stored: minutes on a small device. A lost owner is replaced even then. */
const longPatience = 10 * 60_000
const longWork = /\/\$(import|backup|restore|verify-trail|export-record)$/
/** A call that no owner has taken for this long is offered again; an owner takes each id once. */
const offerAgainAfter = 1_000

type Pending = {
  call: Call
  taken: boolean
  settle: (response: Response) => void
  clocks: ReturnType<typeof setTimeout>[]
}

export type DbOwnerClient = Readonly<{
  send: (request: Request) => Promise<Response>
  /** creates the database again, if it is missing or unreadable */
  remake: (how: Remake) => void
  onReport: (listener: (report: DeviceReport) => void) => void
}>

/** A tab's side: sends each request to the tab that owns the database, and answers from there. */
export function openDbOwnerClient(): DbOwnerClient {
  const tab = crypto.randomUUID()
  const calls = new BroadcastChannel(callsChannel)
  const answers = new BroadcastChannel(answersChannel(tab))
  const news = new BroadcastChannel(ownerChannel)
  const pending = new Map<string, Pending>()
  const streams = new Map<string, ReadableStreamDefaultController<Uint8Array>>()
  const listeners: ((report: DeviceReport) => void)[] = []
  let owner: string | undefined

  // held as long as the tab lives: the owner ends this tab's streams when it can take the lock
  void navigator.locks.request(tabLock(tab), () => new Promise(() => undefined))

  const offer = (message: ToOwner) => calls.postMessage(message)

  function finish(id: string, response: Response): void {
    const waiting = pending.get(id)
    if (!waiting) return
    pending.delete(id)
    for (const clock of waiting.clocks) clearTimeout(clock)
    waiting.settle(response)
  }

  function streamOf(id: string): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        streams.set(id, controller)
      },
      cancel: () => {
        streams.delete(id)
        offer({ kind: 'cancel', id })
      },
    })
  }

  function hear(message: FromOwner): void {
    const waiting = pending.get(message.id)
    switch (message.kind) {
      case 'taken':
        if (waiting) waiting.taken = true
        return
      case 'answer':
        finish(message.id, answerOf(message, message.body))
        return
      case 'stream':
        if (waiting) finish(message.id, answerOf(message, streamOf(message.id)))
        return
      case 'chunk':
        streams.get(message.id)?.enqueue(message.chunk)
        return
      case 'end':
        endStream(streams.get(message.id), message.broken)
        streams.delete(message.id)
    }
  }

  answers.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = checked(fromOwnerShape, data)
    if (message) hear(message)
  })

  function meetNewOwner(): void {
    for (const controller of streams.values()) controller.error(new Error('The owner was replaced'))
    streams.clear()
    for (const waiting of pending.values()) {
      offer({ ...waiting.call, again: waiting.taken })
    }
  }

  news.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = checked(ownerNewsShape, data)
    if (!message) return
    for (const listener of listeners) listener(message.report)
    if (message.report.state !== 'ready' || message.owner === owner) return
    owner = message.owner
    meetNewOwner()
  })

  async function send(request: Request): Promise<Response> {
    const call: Call = {
      kind: 'call',
      id: crypto.randomUUID(),
      tab,
      method: request.method,
      url: request.url,
      headers: [...request.headers],
      body: request.body ? await request.arrayBuffer() : null,
      again: false,
    }
    return await new Promise<Response>((settle) => {
      const offerAgain = () => {
        const waiting = pending.get(call.id)
        if (!waiting || waiting.taken) return
        offer(call)
        waiting.clocks.push(setTimeout(offerAgain, offerAgainAfter))
      }
      const clocks = [
        setTimeout(() => finish(call.id, tookTooLong()), patienceWith(call)),
        setTimeout(offerAgain, offerAgainAfter),
      ]
      pending.set(call.id, { call, taken: false, settle, clocks })
      offer(call)
    })
  }

  calls.postMessage({ kind: 'who' } satisfies ToOwner)
  return {
    send,
    remake: (how) => offer({ kind: 'remake', how }),
    onReport: (listener) => listeners.push(listener),
  }
}

function endStream(
  stream: ReadableStreamDefaultController<Uint8Array> | undefined,
  broken = false,
): void {
  if (broken) stream?.error(new Error('The answer was cut off'))
  else stream?.close()
}

function patienceWith(call: Call): number {
  return longWork.test(new URL(call.url).pathname) ? longPatience : patience
}

type Head = Readonly<{ status: number; headers: readonly (readonly [string, string])[] }>

function answerOf(head: Head, body: BodyInit | null): Response {
  const hasNoBody = head.status === 204 || head.status === 304
  return new Response(hasNoBody ? null : body, {
    status: head.status,
    headers: head.headers.map(([name, value]): [string, string] => [name, value]),
  })
}

function tookTooLong(): Response {
  const outcome = {
    resourceType: 'OperationOutcome',
    issue: [
      {
        severity: 'error',
        code: 'timeout',
        diagnostics:
          'The records on this device did not answer in time. Nothing is lost: try again.',
      },
    ],
  }
  return new Response(JSON.stringify(outcome), {
    status: 503,
    headers: { 'Content-Type': 'application/fhir+json', 'Retry-After': '1' },
  })
}
