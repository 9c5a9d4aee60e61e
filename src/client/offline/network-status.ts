import { useOffline } from './use-offline.ts'

/** How often to check whether a server that did not answer is back, in milliseconds. */
const every = 5_000

type Facts = Readonly<{
  /** the server answers: the queue is sent before anything is read from it */
  beforeReturn: () => Promise<void>
  /** `after`: how long it was offline, in milliseconds */
  onReturn: (after: number) => Promise<void>
}>

export type Network = Readonly<{
  isAway: () => boolean
  /** a request failed: goes offline unless the server answers a small test request */
  noteLoss: () => Promise<'away' | 'here'>
  stop: () => void
}>

/**
 * Watches whether the server can be reached. What the browser says about the network starts a check; only an answer of
 * the server itself ends being offline, because a hotel's sign-in page is a network too.
 */
export function watchNetwork({ beforeReturn, onReturn }: Facts): Network {
  let timer: ReturnType<typeof setTimeout> | undefined
  let since = 0
  const isAway = () => useOffline.getState().isAway
  const checkLater = () => {
    clearTimeout(timer)
    timer = setTimeout(checkNow, every)
  }
  const goAway = () => {
    if (!isAway()) since = Date.now()
    useOffline.setState({ isAway: true })
    checkLater()
  }
  const check = oneAtATime(async () => {
    clearTimeout(timer)
    if (!isAway()) return
    if (!(await answers())) return checkLater()
    await beforeReturn()
    useOffline.setState({ isAway: false })
    // not awaited: the next absence may begin before it ends
    void onReturn(Date.now() - since)
  })
  const checkNow = () => void check()
  const answersStill = oneAtATime(answers)
  const noteLoss = async () => {
    if (!isAway() && !(await answersStill())) goAway()
    return isAway() ? 'away' : 'here'
  }
  addEventListener('offline', goAway)
  addEventListener('online', checkNow)
  if (!navigator.onLine) goAway()
  return {
    ...{ isAway, noteLoss },
    stop() {
      clearTimeout(timer)
      removeEventListener('offline', goAway)
      removeEventListener('online', checkNow)
    },
  }
}

/** Callers during the check get its result. */
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
      // this check does not keep the session alive
      headers: { Accept: 'application/json', 'Gable-Unattended': '1' },
      cache: 'no-store',
      signal: AbortSignal.timeout(every),
    })
    return response.headers.get('content-type')?.includes('json') ?? false
  } catch {
    return false
  }
}
