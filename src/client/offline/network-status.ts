import { useOffline } from './use-offline.ts'

/** How often to look whether a server that did not answer does again, in milliseconds. */
const every = 5_000

type Facts = Readonly<{
  /** the server answers: what waits for it goes before anything is read from it */
  beforeReturn: () => Promise<void>
  /** `after`: how long it was away, in milliseconds */
  onReturn: (after: number) => Promise<void>
}>

export type Network = Readonly<{
  isAway: () => boolean
  /** a call came to nothing: goes away unless the server answers a small question */
  noteLoss: () => Promise<'away' | 'here'>
  stop: () => void
}>

/**
 * Watches whether the server can be reached. What the browser says of the network starts a look; only an answer of the
 * server itself ends being away, for a hotel's sign-in page is a network too.
 */
export function watchNetwork({ beforeReturn, onReturn }: Facts): Network {
  let timer: ReturnType<typeof setTimeout> | undefined
  let since = 0
  const isAway = () => useOffline.getState().isAway
  const lookLater = () => {
    clearTimeout(timer)
    timer = setTimeout(lookNow, every)
  }
  const goAway = () => {
    if (!isAway()) since = Date.now()
    useOffline.setState({ isAway: true })
    lookLater()
  }
  const look = oneAtATime(async () => {
    clearTimeout(timer)
    if (!isAway()) return
    if (!(await answers())) return lookLater()
    await beforeReturn()
    useOffline.setState({ isAway: false })
    // not waited for: the next absence may begin before it is through
    void onReturn(Date.now() - since)
  })
  const lookNow = () => void look()
  const answersStill = oneAtATime(answers)
  const noteLoss = async () => {
    if (!isAway() && !(await answersStill())) goAway()
    return isAway() ? 'away' : 'here'
  }
  addEventListener('offline', goAway)
  addEventListener('online', lookNow)
  if (!navigator.onLine) goAway()
  return {
    ...{ isAway, noteLoss },
    stop() {
      clearTimeout(timer)
      removeEventListener('offline', goAway)
      removeEventListener('online', lookNow)
    },
  }
}

/** Whoever asks while it is being done gets what comes of that. */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined
  return () => {
    running ??= work().finally(() => {
      running = undefined
    })
    return running
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
