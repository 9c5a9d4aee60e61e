import pg from 'pg'
import { plannerSetting } from '#api/sql/planner.ts'
import type { Sql } from '#api/sql/sql.ts'

/** bigint as a number, as PGlite gives it: ours are row ids and 53-bit hashes. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8
      ? (text: string) => Number(text)
      : pg.types.getTypeParser(oid, format as 'text'),
}

const names = new Map<string, string>()
const mostNames = 400

/**
 * A name lets a connection keep the statement planned: our searches take longer to plan than to run. The first few
 * hundred texts get one, which is all but the odd search; a connection must not fill up with statements.
 */
function nameOf(text: string): { name?: string } {
  const known = names.get(text)
  if (known) return { name: known }
  if (names.size >= mostNames) return {}
  const name = `gable_${names.size}`
  names.set(text, name)
  return { name }
}

/** A pool of connections to PostgreSQL. An idle connection that breaks is replaced, never fatal. */
export function openPool(connectionString: string, max = 10): pg.Pool {
  const options = `-c ${plannerSetting}`
  const pool = new pg.Pool({ connectionString, max, types, options })
  pool.on('error', () => {
    // the pool drops the broken connection and opens another when it is needed
  })
  return pool
}

export function pgSql(pool: pg.Pool): Sql {
  return {
    ...statements(pool),
    async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
      const client = await pool.connect()
      let broken: Error | undefined
      try {
        await client.query('begin')
        const result = await work(joined(client))
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
  }
}

function joined(client: pg.PoolClient): Sql {
  const self: Sql = { ...statements(client), transaction: (work) => work(self) }
  return self
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
