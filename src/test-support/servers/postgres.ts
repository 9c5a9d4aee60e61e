import { randomBytes } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { openPool, pgSql } from '#server/hosts/node/database/pg-sql.ts'
import { migrate } from '#server/migrate.ts'
import { testClock } from './pglite.ts'
import { startPostgres } from './throwaway-postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** address of this run’s PostgreSQL server, and the migrated database to clone */
    postgres: { url: string; template: string }
  }
}

/** Vitest's global setup: one real PostgreSQL for the run (or the one of DATABASE_URL), with a migrated template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  const server = given ? { url: given, stop: async () => {} } : await startPostgres()
  const template = `gable_template_${randomBytes(4).toString('hex')}`
  const admin = openPool(server.url, 1)
  await admin.query(`create database ${template}`)
  const pool = openPool(databaseUrl(server.url, template), 1)
  await migrate(pgSql(pool))
  await pool.query(testClock)
  await pool.end()
  project.provide('postgres', { url: server.url, template })
  return async () => {
    await admin.query(`drop database if exists ${template} with (force)`)
    await admin.end()
    await server.stop()
  }
}

export function databaseUrl(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
