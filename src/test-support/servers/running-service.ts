import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll } from 'vitest'
import { demoIdentities } from '#demo-data/identities.ts'
import { auditLogToDo } from '#server/audit/protect-audit-log.ts'
import { callerCheck } from '#server/auth/caller-check.ts'
import { createHandler } from '#server/handler.ts'
import { openPools, pgSql } from '#server/hosts/node/database/pg-sql.ts'
import { createLoadLimits } from '#server/hosts/node/http/load-limits.ts'
import { openService, takesChanges } from '#server/hosts/node/http/service.ts'
import { staticFiles } from '#server/hosts/node/http/static-files.ts'
import { settingsFrom } from '#server/hosts/node/settings.ts'
import { newDatabase } from './stores.ts'

/** Starts the service as `npm run serve` does, with its own database; stopped after each test. */
export function runningServices() {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gable-service-'))
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Gable</title>')
    return () => rm(folder, { recursive: true, force: true })
  })

  const closing: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })

  return async function started(
    env: Readonly<Record<string, string>> = {},
    ask?: () => Promise<unknown>,
  ) {
    const settings = settingsFrom({ GABLE_DEMO: '1', ...env })
    const { url, drop } = await newDatabase()
    const pools = openPools(url, 6, settings.statementMs)
    closing.push(drop)
    const sql = pgSql(pools.own, pools.readers, pools.readerMs)
    const lines: Record<string, unknown>[] = []
    const log = (event: string, facts = {}) => lines.push({ event, ...facts })
    const failures: unknown[] = []
    const gate = createLoadLimits(settings)
    const handler = createHandler({
      ...{ sql, demo: demoIdentities, callCounts: gate.callCounts, callsEach: settings.callsEach },
      onFailure: (cause) => failures.push(cause),
    })
    const serveFile = await staticFiles(folder)
    const service = openService({
      ...{ settings, handler, gate, serveFile, log },
      known: callerCheck({ sql, demo: demoIdentities }),
      ask: ask ?? (() => sql.query(takesChanges)),
      toDo: auditLogToDo(sql),
    })
    service.server.listen(0, '127.0.0.1')
    await once(service.server, 'listening')
    let isOpen = true
    const stop = async () => {
      if (!isOpen) return
      isOpen = false
      await service.stop()
      await pools.end()
    }
    closing.push(stop)
    const { port } = service.server.address() as AddressInfo
    const base = `http://127.0.0.1:${port}`
    const call = (path: string, init?: RequestInit) => globalThis.fetch(`${base}${path}`, init)
    const signIn = async (identity = 'amina') => {
      const answer = await call('/auth/demo', { method: 'POST', body: `{"as":"${identity}"}` })
      const { token } = (await answer.json()) as { token: string }
      return { Authorization: `Bearer ${token}` }
    }
    return { call, signIn, stop, lines, port, sql, failures }
  }
}
