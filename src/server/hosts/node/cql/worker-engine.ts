import { readdir, readFile } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Bundle } from '@medplum/fhirtypes'
import { type CqlEngine, EvaluationFault, type MeasureProgram } from '#domain/quality/evaluation.ts'
import type { JudgedPerson } from '#domain/quality/judged-person.ts'
import type { CqlWork } from './cql-work.ts'

type Limits = Readonly<{
  /** for one call: some people at once */
  milliseconds?: number
  megabytes?: number
}>

type Answered = Readonly<{ judged?: readonly JudgedPerson[]; fault?: string }>

const tooLong = (seconds: number) =>
  new EvaluationFault(
    `The measure was still working after ${seconds} seconds and was stopped. It may never come to an end`,
  )
const tooLarge = new EvaluationFault(
  'The measure wanted more memory than it may have and was stopped',
)

/**
 * Evaluates in a thread of its own, one call after another. A thread that takes too long, or wants too much memory, is
 * ended; the next call starts a new one.
 */
export function workerEngine({
  milliseconds = 20_000,
  megabytes = 512,
}: Limits = {}): CqlEngine & Readonly<{ close: () => Promise<void> }> {
  let thread: { worker: Worker; key?: string } | undefined
  let last: Promise<unknown> = Promise.resolve()

  function started() {
    const worker = new Worker(new URL('./cql-work.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: megabytes, stackSizeMb: 4 },
      stderr: true,
    })
    worker.unref()
    thread = { worker }
    return thread
  }

  async function ended() {
    const old = thread
    thread = undefined
    await old?.worker.terminate()
  }

  async function ask(asked: Omit<CqlWork, 'program'>, program: MeasureProgram) {
    const running = thread ?? started()
    const isKnown = running.key === program.key
    running.key = program.key
    const { promise, resolve, reject } = Promise.withResolvers<Answered>()
    const timer = setTimeout(() => reject(tooLong(milliseconds / 1000)), milliseconds)
    const failed = (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge : cause)
    running.worker.once('message', resolve).once('error', failed)
    try {
      running.worker.postMessage(isKnown ? asked : { ...asked, program })
      return await promise
    } catch (cause) {
      await ended()
      throw cause
    } finally {
      clearTimeout(timer)
      running.worker.off('message', resolve).off('error', failed)
    }
  }

  return {
    evaluate: async (program, people, period) => {
      const mine = last.then(() => ask({ key: program.key, people, period }, program))
      last = mine.catch(() => undefined)
      const { judged, fault } = await mine
      if (!judged) throw new EvaluationFault(`The measure cannot be worked out: ${fault ?? ''}`)
      return judged
    },
    ownMeasures,
    close: ended,
  }
}

const ownFolder = new URL('./own/', import.meta.url)

async function ownMeasures(): Promise<readonly Bundle[]> {
  const names = (await readdir(ownFolder)).filter((each) => each.endsWith('.json')).sort()
  const texts = names.map((each) => readFile(new URL(each, ownFolder), 'utf8'))
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as Bundle)
}
