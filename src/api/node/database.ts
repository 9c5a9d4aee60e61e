import { resolve } from 'node:path'
import { guardTrail } from '#api/audit/guard-trail.ts'
import { migrate } from '#api/sql/migrate.ts'
import type { Sql } from '#api/sql/sql.ts'
import { dataFolderFault } from './data-folder.ts'
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
  const own = named ? undefined : await startOwn(resolve(process.env['GABLE_DATA'] ?? 'data'))
  const url = named ?? own?.url ?? ''
  const pools = openPools(url, 10, statementMs)
  const stop = async () => {
    await pools.end()
    await own?.stop()
  }
  try {
    const sql = pgSql(pools.own, pools.readers, pools.readerMs)
    await migrate(sql)
    await guardTrail(sql)
    return { sql, url, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

/** What whoever started the program has to mend is told in a sentence, not by a trace of our code. */
function endWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** A server whose database is elsewhere goes without the programs of this one. */
async function startOwn(folder: string) {
  const fault = await dataFolderFault(folder)
  if (fault) endWith(fault)
  const { startPostgres } = await import('./own-postgres.ts')
  return await startPostgres(folder)
}
