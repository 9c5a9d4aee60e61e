import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { startPostgres } from '#test-support/servers/throwaway-postgres.ts'

/** A PostgreSQL server for journeys: databases are created, copied and dropped by name. */
export type Cluster = Readonly<{
  /** a new empty database, or a copy of another that nobody is connected to; returns its address */
  create: (copyOf?: string) => Promise<string>
  drop: (url: string) => Promise<void>
  stop: () => Promise<void>
}>

/** The PostgreSQL at `DATABASE_URL`, else one from npm in a temporary folder. */
export async function openCluster(): Promise<Cluster> {
  const given = process.env['DATABASE_URL']
  const server = given ? { url: given, stop: async () => undefined } : await startPostgres()
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
