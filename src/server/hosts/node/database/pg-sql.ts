import pg from 'pg'
import { type FairQueue, fairQueue } from '#server/fair-queue.ts'
import { enterRlsSession, type RlsSession } from '#server/store/access/rls-session.ts'
import { transactionSql } from '#server/store/concurrency/transaction-sql.ts'
import { plannerSetting } from '#server/store/planner/planner.ts'
import type { Sql } from '#server/store/sql.ts'
import { fromStored } from '#server/store/stored-json.ts'

/** bigint as a number, as PGlite gives it: ours are row ids and 53-bit hashes. Records with the digits of their numbers. */
const parsers = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.INT8, Number],
  [pg.types.builtins.JSON, fromStored],
  [pg.types.builtins.JSONB, fromStored],
])
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text'),
}

const names = new Map<string, string>()
const mostNames = 400

/**
 * A named statement stays planned on its connection: our searches take longer to plan than to run. The first few
 * hundred texts get a name, which is nearly all of them; a connection must not fill up with statements.
 */
function nameOf(text: string): { name?: string } {
  const known = names.get(text)
  if (known) return { name: known }
  if (names.size >= mostNames) return {}
  const name = `gable_${names.size}`
  names.set(text, name)
  return { name }
}

/** A pool of connections to PostgreSQL. A broken idle connection is replaced, never fatal. */
export function openPool(connectionString: string, max = 10, further = ''): pg.Pool {
  // JIT compilation takes longer than any of our statements runs
  const options = `-c ${plannerSetting} -c jit=off ${further}`.trim()
  const pool = new pg.Pool({ connectionString, max, types, options })
  pool.on('error', () => {
    // the pool drops the broken connection and opens another when it is needed
  })
  pool.on('connect', (client) => {
    client.on('error', () => {
      // one that breaks while in use fails the next statement or commit
    })
  })
  return pool
}

/**
 * The service's own connections, and those for actors' reads: these can read nothing until an actor’s role and
 * settings are set on them.
 */
export type Pools = Readonly<{
  own: pg.Pool
  readers: pg.Pool
  /** after which an actor's statement is cancelled; 0: never */
  readerMs: number
  end: () => Promise<void>
}>

export function openPools(connectionString: string, max = 10, readerMs = 0): Pools {
  const own = openPool(connectionString, max)
  const readers = openPool(
    connectionString,
    max,
    `-c role=gable_none -c statement_timeout=${readerMs}`,
  )
  const end = async () => {
    await Promise.all([own.end(), readers.end()])
  }
  return { own, readers, readerMs, end }
}

/**
 * Without `readers` each of an actor's statements runs in a transaction on the service's connections: correct, but
 * slower.
 */
export function pgSql(pool: pg.Pool, readers?: pg.Pool, readerMs = 0): Sql {
  const self: Sql = {
    ...statements(pool),
    async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        await client.query('begin')
        const result = await work(transactionSql(statements(client), readerMs))
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
          broken = failure
        })
        throw error
      } finally {
        client.release(broken)
      }
    },
    as: (reach) => ({
      query: <Row>(text: string, params: readonly unknown[] = []) =>
        readers
          ? readUnder<Row>(readers, reach, text, params)
          : self.transaction((tx) => tx.as(reach).query<Row>(text, params)),
    }),
  }
  return self
}

/** One caller with many requests never takes all of a pool's readers. */
const turnsAt = new WeakMap<pg.Pool, FairQueue>()

function turnsOf(readers: pg.Pool): FairQueue {
  const known = turnsAt.get(readers)
  if (known) return known
  const all = readers.options.max ?? 10
  const turns = fairQueue({ each: Math.max(1, Math.floor(all * 0.6)), all })
  turnsAt.set(readers, turns)
  return turns
}

/** The access that a reader's connection is set to now. */
const standing = new WeakMap<pg.PoolClient, string>()

/**
 * One statement with an actor’s access; on a connection that is set to it already, as for the same actor again, it is
 * not set twice.
 */
async function readUnder<Row>(
  readers: pg.Pool,
  reach: RlsSession,
  text: string,
  params: readonly unknown[],
): Promise<{ rows: Row[]; changed: number }> {
  const wanted = JSON.stringify(reach)
  const leave = await turnsOf(readers).enter(wanted)
  try {
    return await readBy(await readers.connect(), { reach, wanted }, text, params)
  } finally {
    leave()
  }
}

type Asker = Readonly<{ reach: RlsSession; wanted: string }>

async function readBy<Row>(
  client: pg.PoolClient,
  { reach, wanted }: Asker,
  text: string,
  params: readonly unknown[],
): Promise<{ rows: Row[]; changed: number }> {
  let broken: Error | undefined
  try {
    if (standing.get(client) !== wanted) {
      standing.delete(client)
      const stand = enterRlsSession(reach)
      await statements(client).query(stand.text, stand.params)
      standing.set(client, wanted)
    }
    return await statements(client).query<Row>(text, params)
  } catch (error) {
    // after a failure the state is unknown
    if (!standing.has(client)) broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

function statements(on: Pick<pg.Pool, 'query'>): Pick<Sql, 'query' | 'script'> {
  return {
    async query<Row>(text: string, params: readonly unknown[] = []) {
      const answer = await on.query({ ...nameOf(text), text, values: [...params] })
      return { rows: answer.rows as Row[], changed: answer.rowCount ?? 0 }
    },
    async script(text: string) {
      await on.query(text)
    },
  }
}
