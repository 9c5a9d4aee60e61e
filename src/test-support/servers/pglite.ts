import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { migrate } from '#server/migrate.ts'
import { pgliteSql } from '#server/store/pglite/pglite-sql.ts'
import type { Sql } from '#server/store/sql.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** path of the folder of a migrated PGlite, as one tar */
    pglite: string
  }
}

/** Tests stop their clocks: the time that the audit log is given counts as the time. */
export const testClock = `create or replace function trail.clock(claimed timestamptz) returns timestamptz
  language sql volatile as 'select coalesce(claimed, clock_timestamp())'`

const cache = 'node_modules/.cache/gable'
const migrations = 'src/server/store/migrations'

/** Vitest's global setup: a migrated PGlite, because creating one takes five times as long as opening a copy. */
export async function setup(project: TestProject): Promise<void> {
  const path = join(cache, `pglite-${await version()}.tar`)
  if (!existsSync(path)) await make(path)
  project.provide('pglite', path)
}

/** A new one is created as soon as PGlite or a migration changes. */
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
  await database.exec(testClock)
  // its templates are two thirds of the folder, and nobody creates another database in it
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

/** The databases of this worker: those in use, and free ones. They survive the modules of a file. */
type Shelf = { idle: PGlite[]; lent: Set<PGlite>; asMade?: string }

const here = globalThis as typeof globalThis & { gablePglites?: Shelf }
here.gablePglites ??= { idle: [], lent: new Set() }
const shelf = here.gablePglites

const mostIdle = 3

/** A migrated PGlite in memory, without records. `close` returns it for the next use. */
export async function openPglite(): Promise<{ sql: Sql; close: () => Promise<void> }> {
  const database = shelf.idle.pop() ?? (await copied())
  shelf.lent.add(database)
  const sql = pgliteSql(database)
  await empty(sql)
  return { sql, close: () => giveBack(database) }
}

/** Takes back what a file left open, so that the next file of this worker need not create its own. */
export async function giveAllBack(): Promise<void> {
  for (const database of [...shelf.lent]) await giveBack(database)
}

/** A database whose tables or rights have changed since it was created is not used again. */
async function giveBack(database: PGlite): Promise<void> {
  if (!shelf.lent.delete(database)) return
  const isSound = (await shapeOf(database).catch(() => '')) === shelf.asMade
  if (isSound && shelf.idle.length < mostIdle) shelf.idle.push(database)
  else await database.close()
}

async function copied(): Promise<PGlite> {
  const loadDataDir = new Blob([await readFile(inject('pglite'))])
  const database = await PGlite.create({ loadDataDir })
  shelf.asMade ??= await shapeOf(database)
  return database
}

const parts = [
  `select relname, relkind, relowner, relacl, relrowsecurity, relforcerowsecurity from pg_class
    where relnamespace = 'public'::regnamespace`,
  `select attrelid, attname, atttypid, attnotnull, attisdropped from pg_attribute
    where attrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)`,
  `select oid, prosrc, proacl from pg_proc where pronamespace = 'public'::regnamespace`,
  'select * from pg_constraint',
  'select * from pg_policy',
  'select tgrelid, tgname, tgenabled from pg_trigger',
  'select rolname, rolsuper, rolinherit, rolconfig from pg_roles',
  'select number, name from migration',
]

/** Everything in the database besides records, as one string. */
async function shapeOf(database: PGlite): Promise<string> {
  // everything that a session keeps, except what it has read by name
  await database.exec(
    'close all; set session authorization default; reset all; unlisten *; discard temp; discard sequences',
  )
  const texts = parts.map(
    (part) => `(select coalesce(string_agg(t::text, '' order by t::text), '') from (${part}) t)`,
  )
  const { rows } = await database.query<{ shape: string }>(
    `select md5(${texts.join(' || ')}) as shape`,
  )
  return rows[0]?.shape ?? ''
}

/** bytes; a larger table is quicker to truncate than to delete from, which leaves its pages behind */
const large = 512 * 1_024

/**
 * Deletes every row of a migrated database. TRUNCATE creates each file again, and everything that was planned with it:
 * 35 ms instead of 4 (29 November 2026). So it is used only for large tables and for those with statistics, which must
 * not influence the plans of the next test. A table that nobody wrote to is skipped.
 */
export async function empty(sql: Sql): Promise<void> {
  const { rows } = await sql.query<{ name: string; truncated: boolean }>(
    `select format('%I.%I', relnamespace::regnamespace, relname) as name,
       pg_relation_size(oid) > ${large} or relpages > 0 as truncated from pg_class
     where relnamespace::regnamespace::text in ('public', 'trail') and relkind = 'r' and relname <> 'migration' and pg_relation_size(oid) > 0`,
  )
  const names = (isTruncated: boolean) =>
    rows.filter(({ truncated }) => truncated === isTruncated).map(({ name }) => name)
  const [cut, deleted] = [names(true), names(false)]
  if (cut.length > 0) await sql.query(`truncate ${cut.join(', ')}`)
  if (rows.length === 0) return
  await sql.transaction(async (tx) => {
    // without side effects: triggers are off
    await tx.query("select set_config('session_replication_role', 'replica', true)")
    const deletions = deleted.map((name, at) => `t${at} as (delete from ${name})`)
    await tx.query(
      `${deletions.length > 0 ? 'with ' : ''}${deletions.join(', ')} select setval(oid::regclass, 1, false) from pg_class
       where relkind = 'S' and relnamespace::regnamespace::text in ('public', 'trail')`,
    )
  })
}
