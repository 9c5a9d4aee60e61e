/** How long the previous page stays, in milliseconds; then the next one shows that it is loading. */
export const mostPatience = 600

type Patience = Readonly<{ over: Promise<void>; end: () => void }>

/** by the key of the entry in the window's history */
const known = new Map<string, Patience>()

/** The waiting time for one page: it begins when it is first requested. */
export function patienceWith(key: string): Patience {
  const begun = known.get(key) ?? begin()
  known.set(key, begun)
  return begun
}

function begin(): Patience {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  const end = () => {
    // React sees at once that it is over
    Object.assign(over, { status: 'fulfilled', value: undefined })
    resolve()
  }
  setTimeout(end, mostPatience)
  return { over, end }
}

/** The page is complete: its waiting time is over, and those of earlier pages are forgotten. */
export function pageArrived(key: string): void {
  for (const each of known.keys()) {
    if (each === key) break
    known.delete(each)
  }
  patienceWith(key).end()
}
