import { resolve } from 'node:path'
import { keepSealing } from '#api/audit/keep-sealing.ts'
import { callerCheck } from '#api/auth/caller-check.ts'
import { createHandler } from '#api/handler.ts'
import { openDatabase } from './database.ts'
import { mustHoldNobodyElse } from './demonstration.ts'
import { openGate } from './gate.ts'
import { loadDemoIfEmpty } from './load-demo.ts'
import { log, traceOf } from './log.ts'
import { pgWire } from './pg-wire.ts'
import { openService, takesChanges } from './service.ts'
import { SettingProblem, type Settings, settingsFrom } from './settings.ts'
import { signInFrom } from './sign-in-settings.ts'
import { staticFiles } from './static-files.ts'
import { stopOnSignal } from './stop-on-signal.ts'

/** `npm run serve`: the team server. Built app, FHIR, sign-in and events on one port, over a real PostgreSQL. */
const settings = readSettings()
const { port, host, demo, hl7Zone } = settings
const database = await openDatabase({ statementMs: settings.statementMs })
if (demo) {
  await orEnd(mustHoldNobodyElse(database.sql))
  await loadDemoIfEmpty(database.sql, settings.people, (written) =>
    log('demo-population', { written }),
  )
}
const wire = pgWire(database.url)
const signIn = signInFrom(process.env)
const gate = openGate(settings)
const handler = createHandler({
  ...{ sql: database.sql, demo, deviceKeys: true, wire, hl7Zone },
  ...{ callCounts: gate.callCounts, callsEach: settings.callsEach },
  ...(signIn ? { signIn } : {}),
  ...(settings.contact ? { contact: settings.contact } : {}),
  onFailure: (cause) => log('failed', traceOf(cause)),
})
const endSealing = keepSealing(database.sql, {
  every: 1_000,
  onHead: ({ number, hash }) => log('trail-head', { block: number, hash }),
  onFailure: () => log('trail-not-sealed'),
})
const service = openService({
  ...{ settings, handler, gate, log },
  known: callerCheck({ sql: database.sql, demo, signIn }),
  serveFile: await staticFiles(resolve('dist-team')),
  ask: () => database.sql.query(takesChanges),
})

service.server.listen(port, host, () => {
  const address = service.server.address()
  // PORT=0 takes any that is free
  const taken = typeof address === 'object' && address ? address.port : port
  log('listening', { host, port: taken, demo: demo ? 1 : 0 })
  const shown = settings.origin ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${taken}`
  process.stderr.write(`Gable is open at ${shown}\n`)
})

// after the delay: for calls, the last seal and connections to close
stopOnSignal(stop, settings.stopDelayMs + 30_000)

async function stop(): Promise<void> {
  log('stopping')
  await service.stop()
  await endSealing()
  await wire.stop()
  await database.stop()
  log('stopped')
}

function readSettings(): Settings {
  try {
    return settingsFrom(process.env)
  } catch (cause) {
    return endBecauseOf(cause)
  }
}

async function orEnd(work: Promise<void>): Promise<void> {
  await work.catch(async (cause: unknown) => {
    await database.stop()
    endBecauseOf(cause)
  })
}

function endBecauseOf(cause: unknown): never {
  if (!(cause instanceof SettingProblem)) throw cause
  process.stderr.write(`${cause.message}\n`)
  process.exit(2)
}
