import { joinedIn } from './in-turn.ts'
import type { Sql } from './sql.ts'
import { fromStored } from './stored-json.ts'

/** By the number that PostgreSQL has for each type: json and jsonb. */
const reading = { parsers: { 114: fromStored, 3802: fromStored } }

type Answer = { rows: unknown[]; affectedRows?: number }

type Statements = {
  query(text: string, params?: unknown[], how?: typeof reading): Promise<Answer>
  exec(text: string): Promise<unknown>
}

/** The part of PGlite that the API uses; the browser passes its worker's stand-in of the same shape. */
export type PgliteLike = Statements & {
  transaction<T>(work: (tx: Statements) => Promise<T>): Promise<T | undefined>
}

type Ways = Readonly<{
  /** throws when nothing can be kept: asked before a transaction begins and before it is committed */
  mustHaveRoom?: () => void
  /** runs before a commit is acknowledged: the place to force it onto the disk (IndexedDB: `syncToFs`) */
  afterCommit?: (kind: 'upkeep' | undefined) => Promise<void>
}>

export function pgliteSql(
  database: PgliteLike,
  { mustHaveRoom = () => undefined, afterCommit = async () => {} }: Ways = {},
): Sql {
  return {
    ...statements(database),
    async transaction<T>(work: (sql: Sql) => Promise<T>, kind?: 'upkeep'): Promise<T> {
      const check = kind ? () => undefined : mustHaveRoom
      check()
      const result = await database.transaction(async (tx) => {
        const value = await work(joinedIn(statements(tx)))
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
          joinedIn(statements(tx)).as(reach).query<Row>(text, params),
        )
        if (!answer) throw new Error('The transaction was rolled back')
        return answer
      },
    }),
  }
}

function statements(on: Statements): Pick<Sql, 'query' | 'script'> {
  return {
    async query<Row>(text: string, params: readonly unknown[] = []) {
      const answer = await on.query(text, [...params], reading)
      return { rows: answer.rows as Row[], changed: answer.affectedRows ?? 0 }
    },
    async script(text: string) {
      await on.exec(text)
    },
  }
}
