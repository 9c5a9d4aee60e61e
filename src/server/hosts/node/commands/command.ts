import { type Database, openDatabase } from '#server/hosts/node/database/database.ts'
import { whyNotDone } from '#server/hosts/node/database/database-messages.ts'

const patienceMs = 15_000

/**
 * Runs a command on the team database, with or without a running server, and ends the process. Any error is printed in
 * a sentence that begins with `failed`, with exit code 1. A signal aborts `stop`; work that ignores it is cut off.
 */
export async function runCommand(
  failed: string,
  work: (database: Database, stop: AbortSignal) => Promise<void>,
): Promise<never> {
  const database = await openDatabase()
  const stop = new AbortController()
  const cutOff = new Promise<never>((_, reject) => {
    const end = () => {
      if (stop.signal.aborted) return reject(stop.signal.reason)
      stop.abort(new Error('it was stopped'))
      setTimeout(() => reject(stop.signal.reason), patienceMs).unref()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  })
  const end = await Promise.race([work(database, stop.signal), cutOff]).then(
    () => database.stop,
    (cause: unknown) => {
      process.stderr.write(`${failed}: ${whyNotDone(cause)}\n`)
      process.exitCode = 1
      return database.cut
    },
  )
  await end().catch(() => undefined)
  process.exit()
}
