import type { ImportChunk } from './import-chunk.ts'

/** As many as the service works on at once for one caller: it prepares one while the database writes the other. */
const mostAtOnce = 2

/** How many requests wait at most beside those under way: the file is read no further ahead. */
const mostWaiting = 4

type Waiting = Readonly<{ chunk: ImportChunk; index: number }>

type Sending<T> = Readonly<{
  send: (chunk: ImportChunk, index: number) => Promise<T>
  /** gets each answer, in the order of the chunks */
  take: (answer: T, index: number) => void
  /** nothing more is sent as soon as such an answer is there, also while earlier ones are still to come */
  isLast: (answer: T) => boolean
  isStopped: () => boolean
  /** chunks that were answered before */
  done?: ReadonlySet<number>
}>

/**
 * Sends chunks two at once, of which no two are of one lane: what is about one person arrives in its order. A chunk
 * without a lane is sent when all before it are answered, and alone. What is under way is always waited for, and then
 * taken; after that the first failure is thrown, also one of reading the chunks. True if all were taken.
 */
export async function inLanes<T>(
  chunks: Iterable<ImportChunk> | AsyncIterable<ImportChunk>,
  { isStopped, done = new Set(), ...how }: Sending<T>,
): Promise<boolean> {
  const coming = readAhead(chunks, done)
  const wire = sending(how)
  for (;;) {
    wire.takeAll(answeredInOrder(coming.order, wire.isAnswered))
    const next = advance(coming, wire, wire.isEnding() || isStopped())
    if (next === 'end') break
    if (next) await next
  }
  await coming.close()
  // what came after one that failed is imported all the same
  wire.takeAll(coming.order.filter(wire.isAnswered))
  for (const failure of wire.failures) throw failure
  return coming.isAtEnd() && coming.waiting.length === 0 && !wire.isEnding()
}

/** What is under way, and what came of it. */
function sending<T>({ send, take, isLast }: Pick<Sending<T>, 'send' | 'take' | 'isLast'>) {
  const underWay = new Map<Waiting, Promise<void>>()
  const answers = new Map<number, T>()
  const failures: unknown[] = []
  let isOver = false
  return {
    failures,
    underWay: (): readonly Waiting[] => [...underWay.keys()],
    oneMore: () => Promise.race(underWay.values()),
    isAnswered: (index: number) => answers.has(index),
    isEnding: () => isOver || failures.length > 0,
    takeAll(indexes: Iterable<number>): void {
      for (const index of indexes) {
        const answer = answers.get(index) as T
        answers.delete(index)
        take(answer, index)
      }
    },
    begin(one: Waiting): void {
      const sent = send(one.chunk, one.index).then(
        (answer) => {
          answers.set(one.index, answer)
          isOver ||= isLast(answer)
        },
        (failure: unknown) => void failures.push(failure),
      )
      underWay.set(
        one,
        sent.finally(() => underWay.delete(one)),
      )
    },
  }
}

type Wire = Pick<ReturnType<typeof sending>, 'underWay' | 'oneMore' | 'begin' | 'failures'>

/** One step further, and what to wait for after it. */
function advance(
  coming: ReturnType<typeof readAhead>,
  { underWay, oneMore, begin, failures }: Wire,
  isEnding: boolean,
): Promise<unknown> | 'end' | undefined {
  const step = isEnding ? undefined : nextStep(coming, underWay())
  if (!step) return underWay().length > 0 ? oneMore() : 'end'
  if ('chunk' in step) {
    begin(taken(step, coming.waiting))
    return undefined
  }
  return step.read?.catch((failure: unknown) => void failures.push(failure))
}

/** As far as no earlier one is missing. */
function* answeredInOrder(
  order: number[],
  isAnswered: (index: number) => boolean,
): Generator<number> {
  for (let next = order[0]; next !== undefined && isAnswered(next); next = order[0]) {
    order.shift()
    yield next
  }
}

/** Begins a request, or reads one more; undefined if neither is possible now. `read` is absent if it was read at once. */
function nextStep(
  { waiting, more }: ReturnType<typeof readAhead>,
  underWay: readonly Waiting[],
): Waiting | Readonly<{ read: Promise<true> | undefined }> | undefined {
  const next = nextOf(waiting, underWay)
  if (next) return next
  const read = more()
  return read && { read: read === true ? undefined : read }
}

function taken(one: Waiting, waiting: Waiting[]): Waiting {
  waiting.splice(waiting.indexOf(one), 1)
  return one
}

/** The chunks that wait, read as they are needed. `order`: of those read, which have not been taken. */
function readAhead(
  chunks: Iterable<ImportChunk> | AsyncIterable<ImportChunk>,
  done: ReadonlySet<number>,
) {
  const iterator =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]()
  const waiting: Waiting[] = []
  const order: number[] = []
  let index = 0
  let isAtEnd = false
  function add({ done: isEnd, value }: IteratorResult<ImportChunk, unknown>): true {
    if (isEnd) isAtEnd = true
    else {
      if (!done.has(index)) {
        waiting.push({ chunk: value, index })
        order.push(index)
      }
      index += 1
    }
    return true
  }
  return {
    ...{ waiting, order, isAtEnd: () => isAtEnd },
    /** Reads one more; undefined if enough wait, or there are no more. */
    more(): true | Promise<true> | undefined {
      if (isAtEnd || waiting.length >= mostWaiting) return undefined
      const read = iterator.next()
      return read instanceof Promise ? read.then(add) : add(read)
    },
    /** Whatever was open for reading is closed. */
    close: async () => void (isAtEnd || (await iterator.return?.())),
  }
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
