import { parentPort } from 'node:worker_threads'
import type { MeasurePeriod, MeasureProgram, PersonRecords } from '#domain/quality/evaluation.ts'
import { judgeFor } from './judge-for.ts'

/** What is sent to the thread: the program comes once, then people. */
export type CqlWork = Readonly<{
  key: string
  program?: MeasureProgram
  people: readonly PersonRecords[]
  period: MeasurePeriod
}>

let ready: { key: string; judge: ReturnType<typeof judgeFor> } | undefined

parentPort?.on('message', ({ key, program, people, period }: CqlWork) => {
  void answer(async () => {
    if (program) ready = { key, judge: judgeFor(program) }
    if (ready?.key !== key) throw new Error('The program was not sent')
    return await ready.judge(people, period)
  })
})

async function answer(work: () => Promise<unknown>) {
  try {
    parentPort?.postMessage({ judged: await work() })
  } catch (cause) {
    parentPort?.postMessage({ fault: cause instanceof Error ? cause.message : String(cause) })
  }
}
