import type { ImportChunk } from './import-chunk.ts'

/** As many as the service works on at once for one caller: it prepares one while the database writes the other. */
const mostAtOnce = 2

type Waiting = Readonly<{ chunk: ImportChunk; index: number }>

type Sending<T> = Readonly<{
  send: (chunk: ImportChunk, index: number) => Promise<T>
  /** gets each answer, in the order of the chunks; false: nothing more is sent */
  take: (answer: T, index: number) => boolean
  isStopped: () => boolean
  /** chunks that were answered before */
  done?: ReadonlySet<number>
}>

/**
 * Sends chunks two at once, of which no two are of one lane: what is about one person arrives in its order. A chunk
 * without a lane is sent when all before it are answered, and alone. What is under way is always waited for, and then
 * taken; after that the first failure is thrown.
 */
export async function inLanes<T>(
  chunks: readonly ImportChunk[],
  { send, take, isStopped, done = new Set() }: Sending<T>,
): Promise<void> {
  const waiting = chunks
    .map((chunk, index) => ({ chunk, index }))
    .filter(({ index }) => !done.has(index))
  const order = waiting.map(({ index }) => index)
  const underWay = new Map<Waiting, Promise<void>>()
  const answers = new Map<number, T>()
  const failures = new Map<number, unknown>()
  let isOver = false
  const isEnding = () => isOver || failures.size > 0 || isStopped()

  function takeOne(index: number): void {
    const answer = answers.get(index) as T
    answers.delete(index)
    if (!take(answer, index)) isOver = true
  }

  /** As far as no earlier one is missing. */
  function takeInOrder(): void {
    for (let next = order[0]; next !== undefined && answers.has(next); next = order[0]) {
      order.shift()
      takeOne(next)
    }
  }

  function begin(one: Waiting): void {
    waiting.splice(waiting.indexOf(one), 1)
    const sent = send(one.chunk, one.index).then(
      (answer) => void answers.set(one.index, answer),
      (failure: unknown) => void failures.set(one.index, failure),
    )
    underWay.set(
      one,
      sent.finally(() => underWay.delete(one)),
    )
  }

  for (;;) {
    takeInOrder()
    const next = isEnding() ? undefined : nextOf(waiting, [...underWay.keys()])
    if (next) begin(next)
    else if (underWay.size > 0) await Promise.race(underWay.values())
    else break
  }
  // what came after one that failed is imported all the same
  for (const index of order.filter((each) => answers.has(each))) takeOne(index)
  for (const failure of failures.values()) throw failure
}

/** The first one that may be sent now. */
function nextOf(waiting: readonly Waiting[], underWay: readonly Waiting[]): Waiting | undefined {
  const [first] = waiting
  if (underWay.length === 0) return first
  if (underWay.length >= mostAtOnce) return undefined
  const busy = new Set(underWay.map(({ chunk }) => chunk.lane))
  if (busy.has(undefined)) return undefined
  for (const one of waiting) {
    if (one.chunk.lane === undefined) return undefined
    if (!busy.has(one.chunk.lane)) return one
  }
  return undefined
}
