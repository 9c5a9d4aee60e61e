import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { embeddedPostgres } from '#api/node/embedded-postgres.ts'
import { openPool, pgSql } from '#api/node/pg-sql.ts'
import { migrate } from '#api/sql/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** address of the PostgreSQL server of this run, and the migrated database to clone */
    postgres: { url: string; template: string }
  }
}

/** Vitest's global setup: one real PostgreSQL for the run (or the one of DATABASE_URL), with a migrated template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['DATABASE_URL']
  const server = given ? { url: given, stop: async () => {} } : await start()
  const template = `gable_template_${randomBytes(4).toString('hex')}`
  const admin = openPool(server.url, 1)
  await admin.query(`create database ${template}`)
  const pool = openPool(databaseUrl(server.url, template), 1)
  await migrate(pgSql(pool))
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

async function start(): Promise<{ url: string; stop: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'gable-postgres-'))
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const EmbeddedPostgres = await embeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: [
      '-c',
      'max_connections=200',
      '-c',
      'fsync=off',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    onLog: () => {},
    onError: () => {},
  })
  // when the tests run as root the server runs as another user, who has to get into the directory
  await chmod(directory, 0o777)
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
