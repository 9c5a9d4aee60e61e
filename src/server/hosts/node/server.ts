import { resolve } from 'node:path'
import { demoIdentities } from '#demo-data/identities.ts'
import { startHashChainJob } from '#server/audit/hash-chain-job.ts'
import { auditLogToDo } from '#server/audit/protect-audit-log.ts'
import type { Head } from '#server/audit/verify-hash-chain.ts'
import { callerCheck } from '#server/auth/caller-check.ts'
import { startWorkingOut } from '#server/cql/start-working-out.ts'
import { createHandler } from '#server/handler.ts'
import { startCounting } from '#server/outcome/start-counting.ts'
import { startComparing } from '#server/store/roster/compare-everybody.ts'
import { openAuditHeads } from './audit-heads.ts'
import { auditSettingsFrom } from './audit-settings.ts'
import { workerEngine } from './cql/worker-engine.ts'
import { openDatabase } from './database/database.ts'
import { pgPubsub } from './database/pg-pubsub.ts'
import { mustHoldDemonstrationOnly } from './demonstration.ts'
import { createLoadLimits } from './http/load-limits.ts'
import { openService, takesChanges } from './http/service.ts'
import { staticFiles } from './http/static-files.ts'
import { log, traceOf } from './log.ts'
import { seedDemoIfEmpty } from './seed-demo.ts'
import { SettingProblem, settingsFrom } from './settings.ts'
import { signInSettings } from './sign-in-settings.ts'
import { stopOnSignal } from './stop-on-signal.ts'

/** `npm run serve`: the team server. Built app, FHIR, sign-in and events on one port, over a real PostgreSQL. */
const settings = readSettings(settingsFrom)
const { port, host, demo, people, zone, hl7Zone } = settings
const places = readSettings(auditSettingsFrom)
const database = await openDatabase({
  ...{ statementMs: settings.statementMs, zone },
  onLost: () => {
    process.stderr.write('Someone else stopped the database: start Gable again.\n')
    end(1)
  },
})
if (demo) {
  await orEnd(mustHoldDemonstrationOnly(database.sql))
  await seedDemoIfEmpty(database.sql, { people, zone }, (written) =>
    log('demo-population', { written }),
  )
}
/** The demonstration identities. */
const identities = demo ? demoIdentities : undefined
const pubsub = pgPubsub(database.url)
const signIn = signInSettings(process.env)
const gate = createLoadLimits(settings)
const cql = workerEngine()
const handler = createHandler({
  ...{ sql: database.sql, demo: identities, deviceKeys: true, wire: pubsub, zone, hl7Zone },
  ...{ callCounts: gate.callCounts, callsEach: settings.callsEach },
  cql,
  ...(signIn ? { signIn } : {}),
  ...(settings.contact ? { contact: settings.contact } : {}),
  onFailure: (cause) => log('failed', traceOf(cause)),
})
const heads = openAuditHeads(places, (to) => log('trail-head-not-sent', { to }))
const toDo = auditLogToDo(database.sql)
const unguarded = await toDo()
if (unguarded) {
  log('trail-not-guarded', { why: unguarded })
  process.stderr.write(`${unguarded}\n`)
}
const logHead = nowAndThen(({ number, hash }: Head) => log('trail-head', { block: number, hash }))
const endSealing = startHashChainJob(database.sql, {
  every: 1_000,
  onHead: async (head) => {
    logHead(head)
    await heads.send(head)
  },
  onFailure: () => log('trail-not-sealed'),
})
const endComparing = startComparing(database.sql, {
  clock: () => ({ now: new Date(), zone }),
  ...{ pause: 500, rest: 60_000 },
  onFailure: () => log('records-not-compared'),
  onUnread: (pairs) => log('records-not-compared', { pairs }),
})
const endCounting = startCounting(database.sql, {
  clock: () => ({ now: new Date(), zone }),
  ...{ pause: 200, rest: 30_000 },
  onFailure: () => log('measures-not-counted'),
})
const endWorkingOut = startWorkingOut(database.sql, {
  ...{ engine: cql, clock: () => ({ now: new Date(), zone }), pause: 20, rest: 2_000 },
  onFailure: (cause) => log('measure-not-worked-out', traceOf(cause)),
})
const service = openService({
  ...{ settings, handler, gate, log },
  known: callerCheck({ sql: database.sql, demo: identities, zone, signIn }),
  serveFile: await staticFiles(resolve('dist-team')),
  ask: () => database.sql.query(takesChanges),
  toDo,
})

service.server.listen(port, host, () => {
  const address = service.server.address()
  // PORT=0 takes any free port
  const taken = typeof address === 'object' && address ? address.port : port
  log('listening', { host, port: taken, demo: demo ? 1 : 0 })
  const shown = settings.origin ?? `http://${host === '127.0.0.1' ? 'localhost' : host}:${taken}`
  process.stderr.write(`Gable is open at ${shown}\n`)
})

// after the delay: for requests, the last block and connections to close
const end = stopOnSignal(stop, settings.stopDelayMs + 30_000)

async function stop(): Promise<void> {
  log('stopping')
  await service.stop()
  await Promise.all([endComparing(), endCounting(), endSealing(), endWorkingOut()])
  await cql.close()
  logHead.rest()
  await heads.close()
  await pubsub.stop()
  await database.stop()
  log('stopped')
}

function readSettings<T>(read: (env: NodeJS.ProcessEnv) => T): T {
  try {
    return read(process.env)
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

/** The latest of many at once, then every ten minutes, and the last one at the end: a log is not a list of heads. */
function nowAndThen<T>(tell: (value: T) => void, everyMs = 600_000) {
  let lastLogged = Number.NEGATIVE_INFINITY
  let waiting: { value: T } | undefined
  const note = (value: T) => {
    waiting = { value }
    if (performance.now() - lastLogged > everyMs) note.rest()
  }
  note.rest = () => {
    if (!waiting) return
    tell(waiting.value)
    waiting = undefined
    lastLogged = performance.now()
  }
  return note
}
