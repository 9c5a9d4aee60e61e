import { FhirProblem } from './problem.ts'

export type FairQueue = Readonly<{
  /** Waits for a turn; the returned function gives the turn back. Throws 429 if the caller has too many waiting already. */
  enter: (who: string) => Promise<() => void>
}>

type Limits = Readonly<{
  /** turns of one caller at once */
  each: number
  /** turns of all callers at once; absent: any number */
  all?: number
  /** how many of one caller may wait; absent: any number */
  waiting?: number
}>

type Waiting = Readonly<{ who: string; begin: () => void }>

/**
 * Turns at a scarce resource: the next one goes to the caller who holds the fewest, so that one caller's many requests
 * do not block others.
 */
export function fairQueue({ each, all = Infinity, waiting = Infinity }: Limits): FairQueue {
  const held = new Map<string, number>()
  const queue: Waiting[] = []
  let taken = 0
  const heldBy = (who: string) => held.get(who) ?? 0
  const isFree = (who: string) => taken < all && heldBy(who) < each

  function begin(who: string): () => void {
    taken += 1
    held.set(who, heldBy(who) + 1)
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      taken -= 1
      const rest = heldBy(who) - 1
      if (rest > 0) held.set(who, rest)
      else held.delete(who)
      passOn()
    }
  }

  function passOn(): void {
    let next: Waiting | undefined
    for (const one of queue)
      if (isFree(one.who) && (!next || heldBy(one.who) < heldBy(next.who))) next = one
    if (!next) return
    queue.splice(queue.indexOf(next), 1)
    next.begin()
  }

  return {
    async enter(who) {
      if (isFree(who)) return begin(who)
      if (queue.filter((one) => one.who === who).length >= waiting) throw tooMany()
      return await new Promise<() => void>((resolve) => {
        queue.push({ who, begin: () => resolve(begin(who)) })
      })
    },
  }
}

const tooMany = () =>
  new FhirProblem(429, 'throttled', 'Too many of your requests are waiting already', {
    headers: { 'Retry-After': '1' },
  })
