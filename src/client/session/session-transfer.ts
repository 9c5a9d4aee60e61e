/**
 * A session goes from an open tab to a new one of the same browser when no server can be asked for it. It goes by
 * `BroadcastChannel`, which no other site hears and which is stored nowhere: the new tab holds it as the other does, in
 * memory and in its own `sessionStorage`. Online it would have got the same from the server by its cookie.
 */
const name = 'gable-hand-over'

type Asked = Readonly<{ ask: string }>
type Given<T> = Readonly<{ to: string; session: T }>

/** Sends the result of `standing` to each tab that asks, as long as there is one. Call the returned function to stop. */
export function offerSessionTransfer<T>(standing: () => T | undefined): () => void {
  const tabs = new BroadcastChannel(name)
  tabs.onmessage = ({ data }: MessageEvent<Partial<Asked>>) => {
    const session = data.ask ? standing() : undefined
    if (data.ask && session) tabs.postMessage({ to: data.ask, session } satisfies Given<T>)
  }
  return () => tabs.close()
}

/** The session of another tab; undefined if none answers within `wait` milliseconds. */
export async function takeSessionTransfer<T>(wait = 800): Promise<T | undefined> {
  const tabs = new BroadcastChannel(name)
  const ask = crypto.randomUUID()
  try {
    return await new Promise<T | undefined>((resolve) => {
      tabs.onmessage = ({ data }: MessageEvent<Partial<Given<T>>>) => {
        if (data.to === ask) resolve(data.session)
      }
      tabs.postMessage({ ask } satisfies Asked)
      setTimeout(() => resolve(undefined), wait)
    })
  } finally {
    tabs.close()
  }
}
