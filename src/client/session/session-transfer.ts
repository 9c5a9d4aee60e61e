import * as v from 'valibot'
import { checked } from '#domain/fhir/checked-json.ts'

/**
 * A session is passed from an open tab to a new one of the same browser if no server can be asked for it. It uses
 * `BroadcastChannel`, which no other site hears and which stores nothing: the new tab holds it as the other does, in
 * memory and in its own `sessionStorage`. Online it would have got the same from the server by its cookie.
 */
const name = 'gable-hand-over'

const askedShape = v.object({ ask: v.string() })
type TransferRequest = v.InferOutput<typeof askedShape>
const givenShape = v.object({ to: v.string(), session: v.unknown() })
type Given = v.InferOutput<typeof givenShape>

/** Sends the result of `standing` to each tab that asks, as long as there is one. Call the returned function to stop. */
export function offerSessionTransfer<T>(standing: () => T | undefined): () => void {
  const tabs = new BroadcastChannel(name)
  tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
    const to = checked(askedShape, data)?.ask
    const session = to ? standing() : undefined
    if (to && session) tabs.postMessage({ to, session } satisfies Given)
  }
  return () => tabs.close()
}

/** The session of another tab, if it has this shape; undefined if none answers within `wait` milliseconds. */
export async function takeSessionTransfer<S extends v.GenericSchema>(
  shape: S,
  wait = 800,
): Promise<v.InferOutput<S> | undefined> {
  const tabs = new BroadcastChannel(name)
  const ask = crypto.randomUUID()
  try {
    return await new Promise<v.InferOutput<S> | undefined>((resolve) => {
      tabs.onmessage = ({ data }: MessageEvent<unknown>) => {
        const given = checked(givenShape, data)
        if (given?.to === ask) resolve(checked(shape, given.session))
      }
      tabs.postMessage({ ask } satisfies TransferRequest)
      setTimeout(() => resolve(undefined), wait)
    })
  } finally {
    tabs.close()
  }
}
