import type { OperationCall } from '#server/operations/operation.ts'
import { shownSql } from '#server/operations/worklists/find-people-sql.ts'
import { Params } from '#server/store/params.ts'

/** Who of these people may be named to the caller now: within their reach, and without a no to being looked for. */
export async function reachedAmong(
  call: OperationCall,
  people: readonly string[],
): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set()
  const params = new Params()
  const shown = shownSql(call, params)
  const { rows } = await call.sql.query<{ person: string }>(
    `select p.person from person_row p where ${shown} and p.person = any(${params.add([...people], 'text[]')})`,
    params.values,
  )
  return new Set(rows.map(({ person }) => person))
}
