import { unusedKeys } from '#server/store/indexing/shared-rows.ts'
import type { Sql } from '#server/store/sql.ts'

/** Takes away rows of the index that say what others say, as an earlier version wrote them. */
export async function trimIndex(sql: Sql): Promise<void> {
  const unused = unusedKeys()
  await sql.query('delete from ref where key = any($1::int[])', [unused.ref])
  await sql.query('delete from sp where key = any($1::int[])', [unused.sp])
}
