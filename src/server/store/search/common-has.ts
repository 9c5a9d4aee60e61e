import { namesRecordOwner } from '#server/store/access/record-owner.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { type Code, codeAsked } from './index-scan.ts'
import type { ResultParameters } from './result-parameters.ts'

/** For a code with fewer records than this, gathering the people is quicker than searching for each. */
const few = 750

/**
 * The `_has:…=value` of a search for people, without sorting, for which there are so many people that the first ones
 * soon fill a page.
 */
export async function commonHas(
  search: Readonly<{ type: string; params: URLSearchParams; sort: ResultParameters['sort'] }>,
  sql: ReadingSql,
): Promise<ReadonlySet<string>> {
  const common = new Set<string>()
  if (search.type !== 'Patient' || search.sort.length > 0) return common
  for (const [name, value] of search.params) {
    const code = codeOfPeople(name, value)
    if (code && (await isCommon(code, sql))) common.add(`${name}=${value}`)
  }
  return common
}

function codeOfPeople(name: string, value: string): Code | undefined {
  const [has, type = '', reference = '', asked = '', ...others] = name.split(':')
  if (has !== '_has' || others.length > 0 || !namesRecordOwner(type, reference)) return undefined
  return codeAsked(type, asked, value)
}

/** Among everybody’s records: the user learns only which plan the database uses. */
async function isCommon({ number }: Code, sql: ReadingSql): Promise<boolean> {
  const { rows } = await sql.query<{ common: boolean }>(
    'select code_is_common($1::bigint, $2::int) as common',
    [number, few],
  )
  return rows[0]?.common ?? false
}
