import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
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

const cache = 'node_modules/.cache/gable'
const migrations = 'src/api/sql/migrations'

/** Vitest's global setup: a migrated PGlite, because making one takes five times as long as opening a copy. */
export async function setup(project: TestProject): Promise<void> {
  const path = join(cache, `pglite-${await version()}.tar`)
  if (!existsSync(path)) await make(path)
  project.provide('pglite', path)
}

/** Another one is made as soon as PGlite or a migration is another. */
async function version(): Promise<string> {
  const hash = createHash('sha256')
  hash.update(await readFile('node_modules/@electric-sql/pglite/package.json'))
  for (const name of (await readdir(migrations)).sort())
    hash.update(name).update(await readFile(join(migrations, name)))
  return hash.digest('hex').slice(0, 16)
}

async function make(path: string): Promise<void> {
  const database = await PGlite.create()
  await migrate(pgliteSql(database))
  // its templates are two thirds of the folder, and nobody makes another database in it
  await database.exec('update pg_database set datistemplate = false')
  await database.exec('drop database template0')
  await database.exec('drop database template1')
  await database.exec('checkpoint')
  const dump = await database.dumpDataDir('none')
  await database.close()
  await mkdir(cache, { recursive: true })
  const part = `${path}.${process.pid}`
  await writeFile(part, new Uint8Array(await dump.arrayBuffer()))
  await rename(part, path)
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

/** Takes every row out of a migrated database. A table that nobody wrote to is passed over: emptying takes a while. */
export async function empty(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class where relnamespace = 'public'::regnamespace
       and relkind = 'r' and relname <> 'migration' and pg_relation_size(oid) > 0`,
  )
  if (rows.length === 0) return
  await sql.script(`truncate ${rows.map((row) => row.name).join(', ')} restart identity cascade`)
}
