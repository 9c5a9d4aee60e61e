import type { ReadingSql, Sql } from '#server/store/sql.ts'

/** Counts the statements sent to a database: a hidden record must not cost more than one that does not exist. */
export function counting(sql: Sql, heard: { count: number }): Sql {
  return {
    ...countingReads(sql, heard),
    script: (text) => sql.script(text),
    transaction: (work) => sql.transaction((inside) => work(counting(inside, heard))),
    as: (reach) => countingReads(sql.as(reach), heard),
  }
}

function countingReads(sql: ReadingSql, heard: { count: number }): ReadingSql {
  return {
    query(text, params) {
      heard.count++
      return sql.query(text, params)
    },
  }
}
