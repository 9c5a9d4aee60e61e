import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { migrate } from '#api/sql/migrate.ts'
import { pgliteSql } from '#api/sql/pglite-sql.ts'
import type { Sql } from '#api/sql/sql.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** path of the folder of a migrated PGlite, as one tar */
    pglite: string
  }
}

/** Vitest's global setup: a migrated PGlite made once for the run, because making one takes five times as long as opening a copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'gable-pglite-'))
  const path = join(folder, 'migrated.tar')
  const database = await PGlite.create()
  await migrate(pgliteSql(database))
  // its templates are two thirds of the folder, and nobody makes another database in it
  await database.exec('update pg_database set datistemplate = false')
  await database.exec('drop database template0')
  await database.exec('drop database template1')
  await database.exec('checkpoint')
  const dump = await database.dumpDataDir('none')
  await database.close()
  await writeFile(path, new Uint8Array(await dump.arrayBuffer()))
  project.provide('pglite', path)
  return () => rm(folder, { recursive: true, force: true })
}

/** Databases of this file that were given back, to be emptied and used again. */
const spare: Sql[] = []

/** A migrated PGlite in memory, without a record. `close` gives it back for the next that is opened. */
export async function openPglite(): Promise<{ sql: Sql; close: () => Promise<void> }> {
  const sql = spare.pop() ?? pgliteSql(await copied())
  await empty(sql)
  return {
    sql,
    async close() {
      spare.push(sql)
    },
  }
}

async function copied(): Promise<PGlite> {
  const loadDataDir = new Blob([await readFile(inject('pglite'))])
  return await PGlite.create({ loadDataDir })
}

/** Takes every row out of a migrated database. */
export async function empty(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'migration'`,
  )
  await sql.script(`truncate ${rows.map((row) => row.name).join(', ')} restart identity cascade`)
}
