import { createParser } from 'eventsource-parser'

/** One server-sent event; `id` alone, without `data`, only moves the point to resume from. */
export type ServerEvent = Readonly<{ name: string; id?: string; data: string }>

/** Longer than two heartbeats: a connection that was cut silently looks like a quiet one. */
const mostSilence = 45_000

/** The events of a stream until it ends. Rejects if it is silent for too long, and at once on `stop`. */
export async function* serverEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  stop?: AbortSignal,
): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream(), stop ? { signal: stop } : {}).getReader()
  const events: ServerEvent[] = []
  const parser = createParser({
    onId: (id) => events.push({ name: 'message', id, data: '' }),
    onEvent: ({ event: name = 'message', id, data }) => {
      if (id === undefined) events.push({ name, data })
      else events.splice(-1, 1, { name, id, data })
    },
  })
  try {
    for (;;) {
      const { done, value } = await withinSilence(reader.read())
      if (done) return
      parser.feed(value)
      yield* events.splice(0)
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

async function withinSilence<T>(reading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The event stream stopped sending')), mostSilence)
  })
  try {
    return await Promise.race([reading, silence])
  } finally {
    clearTimeout(timer)
  }
}
