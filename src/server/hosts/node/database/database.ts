import { resolve } from 'node:path'
import { protectAuditLog } from '#server/audit/protect-audit-log.ts'
import { serviceZone } from '#server/hosts/node/settings.ts'
import { migrate } from '#server/migrate.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { dataFolderFault } from './data-folder.ts'
import { whyNotOpened } from './database-messages.ts'
import { openPools, pgSql } from './pg-sql.ts'

export type Database = Readonly<{
  sql: Sql
  /** address that other processes can open it by */
  url: string
  stop: () => Promise<void>
  /** leaves at once: what is not committed is rolled back */
  cut: () => Promise<void>
}>

type Options = Readonly<{
  /** after which a reader's statement is cancelled; 0: never */
  statementMs?: number
  /** the service's time zone, for what a new version derives again; from the environment unless given */
  zone?: string
  /** our own PostgreSQL has stopped, although we did not ask it to */
  onLost?: () => void
}>

/**
 * The team database, migrated: the PostgreSQL that `DATABASE_URL` names, or our own with its files under `GABLE_DATA`
 * (default `./data`), which a server and commands share. If it cannot be opened the program ends with a sentence.
 */
export async function openDatabase(options: Options = {}): Promise<Database> {
  const named = process.env['DATABASE_URL'] || undefined
  try {
    return await opened(named, options)
  } catch (cause) {
    endWith(whyNotOpened(cause, named))
  }
}

async function opened(named: string | undefined, options: Options): Promise<Database> {
  const { statementMs = 0, onLost, zone = serviceZone(process.env) } = options
  const own = named
    ? undefined
    : await openOwn(resolve(process.env['GABLE_DATA'] ?? 'data'), onLost)
  const url = named ?? own?.url ?? ''
  const pools = openPools(url, 10, statementMs)
  const cut = async () => await own?.stop()
  const stop = async () => {
    await pools.end()
    await cut()
  }
  try {
    const sql = pgSql(pools.own, pools.readers, pools.readerMs)
    // commands that start together change the same tables: whoever meets the other tries again
    await retryConflict(() => migrate(sql, zone))
    await retryConflict(() => protectAuditLog(sql))
    return { sql, url, stop, cut }
  } catch (cause) {
    await stop()
    throw cause
  }
}

/** What the administrator has to fix is printed as a sentence, not as a stack trace. */
function endWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** A server whose database is elsewhere does not load the programs of this one. */
async function openOwn(folder: string, onLost: (() => void) | undefined) {
  const fault = await dataFolderFault(folder)
  if (fault) endWith(fault)
  const { openLocalPostgres: openOwnPostgres } = await import('./local-postgres.ts')
  return await openOwnPostgres(folder, onLost)
}
