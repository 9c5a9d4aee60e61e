import type { RlsSession } from './access/rls-session.ts'

/** What the API needs of a database. PGlite and PostgreSQL both provide it; the statements are the same on both. */
export interface Sql {
  /** One parameterised statement. `changed` counts the rows that it wrote. Rejects with the database's error, `code` being the SQLSTATE. */
  query<Row = Record<string, unknown>>(
    text: string,
    params?: readonly unknown[],
  ): Promise<{ rows: Row[]; changed: number }>
  /** Several statements at once, no parameters: migrations only. */
  script(text: string): Promise<void>
  /**
   * Runs `work` in one transaction; a nested call joins the outer one. Settles only when the commit is durable.
   * `upkeep` writes only derived data: it goes on even if nothing can be stored.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>, kind?: 'upkeep'): Promise<T>
  /** The database works in the thread that answers requests: nobody is answered meanwhile. */
  readonly sharesThread?: true
  /** The same connections, or the same transaction, under an actor's database role: row-level security applies, nothing can be written. */
  as(reach: RlsSession): ReadingSql
}

/** What is left of it under an actor's role. */
export type ReadingSql = Pick<Sql, 'query'>
