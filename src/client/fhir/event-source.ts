import { callerHeaders } from '#client/session/session.ts'

/** Connect timeout in milliseconds: TCP alone can take minutes. */
const connectWithin = 20_000

/** Connects to `/events`, from the event `last` on, or from `ago` seconds ago. Rejects if nothing answers in time. */
export async function openEventSource(
  from: Readonly<{ last: string | undefined; ago: number }>,
  signal: AbortSignal,
): Promise<Response> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), connectWithin)
  try {
    return await fetch(from.last === undefined ? `/events?ago=${from.ago}` : '/events', {
      headers: {
        Accept: 'text/event-stream',
        // listening does not keep the session alive
        'Gable-Unattended': '1',
        ...callerHeaders(),
        ...(from.last === undefined ? {} : { 'Last-Event-ID': from.last }),
      },
      cache: 'no-store',
      signal: AbortSignal.any([signal, late.signal]),
    })
  } finally {
    clearTimeout(timer)
  }
}
