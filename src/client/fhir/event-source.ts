import { callerHeaders } from '#client/session/session.ts'

/** How long to wait for a line, in milliseconds: TCP takes minutes to give up, and the page would be deaf so long. */
const connectWithin = 20_000

/** Asks for `/events`, from the change `last` on, or from `ago` seconds ago. Rejects when nothing answers in time. */
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
        // listening is not being at work: it does not keep the session alive
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
