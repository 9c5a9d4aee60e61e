import { transactionSql } from '#server/store/concurrency/transaction-sql.ts'
import type { Sql } from '#server/store/sql.ts'
import { fromStored } from '#server/store/stored-json.ts'
import { type Naming, namedStatements } from './named-statements.ts'

/** By PostgreSQL's number for each type: json and jsonb. */
const reading = { parsers: { 114: fromStored, 3802: fromStored } }

type Answer = { rows: unknown[]; affectedRows?: number }

type Statements = {
  query(text: string, params?: unknown[], how?: typeof reading): Promise<Answer>
  exec(text: string): Promise<unknown>
}

/** The part of PGlite that the API uses. */
export type PgliteLike = Statements &
  Naming & {
    transaction<T>(work: (tx: Joined) => Promise<T>): Promise<T | undefined>
  }

type Joined = Pick<Statements, 'exec'> & Readonly<{ closed: boolean }>

type Options = Readonly<{
  /** throws if nothing can be stored: called before a transaction begins and before it is committed */
  mustHaveRoom?: () => void
  /** runs before a commit is acknowledged: the place to force it onto the disk (IndexedDB: `syncToFs`) */
  afterCommit?: (kind: 'upkeep' | undefined) => Promise<void>
}>

export function pgliteSql(
  database: PgliteLike,
  { mustHaveRoom = () => undefined, afterCommit = async () => {} }: Options = {},
): Sql {
  return {
    ...statements(database),
    sharesThread: true,
    async transaction<T>(work: (sql: Sql) => Promise<T>, kind?: 'upkeep'): Promise<T> {
      const check = kind ? () => undefined : mustHaveRoom
      check()
      const result = await database.transaction(async (tx) => {
        const value = await work(transactionSql(within(database, tx)))
        check()
        return { value }
      })
      await afterCommit(kind)
      if (!result) throw new Error('The transaction was rolled back')
      return result.value
    },
    as: (reach) => ({
      async query<Row>(text: string, params: readonly unknown[] = []) {
        const answer = await database.transaction((tx) =>
          transactionSql(within(database, tx)).as(reach).query<Row>(text, params),
        )
        if (!answer) throw new Error('The transaction was rolled back')
        return answer
      },
    }),
  }
}

type Asking = Pick<Sql, 'query' | 'script'>

/** Outside a transaction. */
function statements(database: PgliteLike): Asking {
  return {
    async query<Row>(text: string, params: readonly unknown[] = []) {
      return answerFrom<Row>(await database.query(text, [...params], reading))
    },
    async script(text: string) {
      await database.exec(text)
      namedStatements(database).forget()
    },
  }
}

/** Within a transaction, where statements have names. */
function within(database: PgliteLike, tx: Joined): Asking {
  const named = namedStatements(database)
  return {
    async query<Row>(text: string, params: readonly unknown[] = []) {
      if (tx.closed) throw new Error('Transaction is closed')
      return answerFrom<Row>(await named.query(text, params, reading.parsers))
    },
    async script(text: string) {
      await tx.exec(text)
      named.forget()
    },
  }
}

const answerFrom = <Row>({ rows, affectedRows = 0 }: Answer) => ({
  rows: rows as Row[],
  changed: affectedRows,
})
