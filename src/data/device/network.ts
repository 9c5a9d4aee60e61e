import { useOnDevice } from './on-device.ts'

/** How often to look whether a server that did not answer does again, in milliseconds. */
const every = 5_000

type Facts = Readonly<{ onReturn: () => Promise<void> }>

export type Network = Readonly<{ isAway: () => boolean; goAway: () => void; stop: () => void }>

/**
 * Watches whether the server can be reached. What the browser says of the network starts a look; only an answer of the
 * server itself ends being away, for a hotel's sign-in page is a network too.
 */
export function watchNetwork({ onReturn }: Facts): Network {
  let timer: ReturnType<typeof setTimeout> | undefined
  const isAway = () => useOnDevice.getState().isAway
  const look = async () => {
    clearTimeout(timer)
    if (!isAway()) return
    if (await answers()) {
      useOnDevice.setState({ isAway: false })
      await onReturn()
    } else timer = setTimeout(() => void look(), every)
  }
  const goAway = () => {
    useOnDevice.setState({ isAway: true })
    clearTimeout(timer)
    timer = setTimeout(() => void look(), every)
  }
  const lookNow = () => void look()
  addEventListener('offline', goAway)
  addEventListener('online', lookNow)
  if (!navigator.onLine) goAway()
  return {
    isAway,
    goAway,
    stop() {
      clearTimeout(timer)
      removeEventListener('offline', goAway)
      removeEventListener('online', lookNow)
    },
  }
}

async function answers(): Promise<boolean> {
  if (!navigator.onLine) return false
  try {
    const response = await fetch('/auth/session', {
      // looking whether it answers is not being at work
      headers: { Accept: 'application/json', 'Gable-Unattended': '1' },
      cache: 'no-store',
      signal: AbortSignal.timeout(every),
    })
    return response.headers.get('content-type')?.includes('json') ?? false
  } catch {
    return false
  }
}
