import { queryClient } from './query-client.ts'
import { callerHeaders, useSession } from './session.ts'

/** Every answer made from one of these kinds of record is fetched anew where it is on screen. */
export async function noteChange(kinds: readonly string[]): Promise<void> {
  await queryClient.invalidateQueries({
    predicate: (query) => query.meta?.kinds?.some((kind) => kinds.includes(kind)) ?? false,
  })
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Listens to `/events` until the returned function is called; reconnects by itself, and takes everything for old after a gap. */
export function listenForChanges(): () => void {
  const stopped = new AbortController()
  void keepListening(stopped.signal)
  return () => stopped.abort()
}

async function keepListening(signal: AbortSignal): Promise<void> {
  let gap = false
  while (!signal.aborted) {
    try {
      await listenOnce(signal, gap)
    } catch {
      // a lost connection is expected: wait, then connect again
    }
    gap = true
    await pause(2_000)
  }
}

async function listenOnce(signal: AbortSignal, afterGap: boolean): Promise<void> {
  if (!useSession.getState().actor) return
  const response = await fetch('/events', {
    headers: { Accept: 'text/event-stream', ...callerHeaders() },
    signal,
  })
  if (
    !response.ok ||
    !response.body ||
    !response.headers.get('content-type')?.includes('event-stream')
  )
    return
  if (afterGap) await queryClient.invalidateQueries()
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let waiting = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    waiting += value
    const events = waiting.split('\n\n')
    waiting = events.pop() ?? ''
    await noteChange(events.flatMap(kindsIn))
  }
}

function kindsIn(event: string): readonly string[] {
  const line = event.split('\n').find((each) => each.startsWith('data:'))
  if (!line) return []
  const body = JSON.parse(line.slice(5)) as { type?: string }
  return body.type ? [body.type] : []
}
