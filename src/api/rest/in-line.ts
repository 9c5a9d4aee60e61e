import type { Visit } from './visit.ts'

export type Asked = Readonly<{ type: string; condition: string }>

/**
 * Whoever asks whether a record is there, to make it when it is not, waits for whoever asked the same before: of two at
 * once only one hears no. All conditions of a call are taken together and in order, so that no two calls wait for each other.
 * There are 256 lines: a call with thousands of conditions takes no more room in the database than that.
 */
export async function standInLine(visit: Visit, asked: readonly Asked[]): Promise<void> {
  const names = [...new Set(asked.flatMap(namesOf))].toSorted()
  if (names.length === 0) return
  await visit.service.sql.query(
    `select pg_advisory_xact_lock(7129, line) from (
       select distinct hashtext(n) & 255 as line from unnest($1::text[]) n order by 1) lines`,
    [names],
  )
}

/** The condition as it is meant, in whatever order it is written; and each identifier, whatever else is asked beside it. */
function namesOf({ type, condition }: Asked): readonly string[] {
  const query = new URLSearchParams(condition.replace(/^[^?]*\?/, ''))
  const identifiers = query.getAll('identifier').flatMap((each) => each.split(','))
  return [sameCondition({ type, condition }), ...identifiers.map((each) => `${type} ${each}`)]
}

export const sameCondition = ({ type, condition }: Asked): string =>
  `${type}?${[...new URLSearchParams(condition.replace(/^[^?]*\?/, ''))].toSorted().join('&')}`
