import type { Clock } from '#domain/calendar/zone.ts'
import { resourceTypes, searchParametersOf } from '#server/fhir/search-parameters.ts'
import { plainText } from '#server/store/indexing/index-entries.ts'
import type { Sql } from '#server/store/sql.ts'
import { refreshPatientSummaries } from '#server/store/summary/patient-summary.ts'
import { parameterKey } from '#server/store/token-hash.ts'

const perPage = 2_000

/** Everything that a rule only for plain letters and spaces misses. */
const special = `'[^ -~]|[''\`]'`

/** Applies to the names that an earlier version stored the one rule by which names are found now. */
export async function foldNames(sql: Sql, clock: Clock): Promise<void> {
  await foldStrings(sql)
  await foldPeople(sql, clock)
}

const stringKeys = () =>
  resourceTypes.flatMap((type) =>
    [...searchParametersOf(type).values()]
      .filter(({ kind }) => kind === 'string')
      .map(({ code }) => parameterKey(type, code)),
  )

async function foldStrings(sql: Sql): Promise<void> {
  const keys = [...new Set(stringKeys())]
  for (let after = ''; ; ) {
    const { rows } = await sql.query<{ x: string }>(
      `select distinct x collate "C" as x from sp where key = any($1::int[]) and s is not null
       and x ~ ${special} and x collate "C" > $2 order by 1 limit ${perPage}`,
      [keys, after],
    )
    const last = rows.at(-1)
    if (!last) return
    await sql.query(
      `update sp set s = n.s from json_to_recordset($2::json) as n(x text, s text)
       where sp.key = any($1::int[]) and sp.x = n.x and sp.s <> n.s`,
      [keys, JSON.stringify(rows.map(({ x }) => ({ x, s: plainText(x) })))],
    )
    after = last.x
  }
}

/** The script has filled in what can be derived from plain names; the others are worked out from their records. */
const notPlain = `select id from resource where rt = 'Patient' and content is not null and id > $1 and not (
    jsonb_array_length(coalesce(content -> 'name', '[]')) = 1 and (content -> 'name')::text !~ ${special}
    and content -> 'name' -> 0 ->> 'family' ~ '^[A-Za-z]+$' and not content ? 'link' and not content ? 'active'
    and not (content -> 'name' -> 0) ?| array['text', 'period']
    and coalesce(content -> 'name' -> 0 ->> 'use', 'official') in ('official', 'usual')
    and coalesce((content -> 'identifier')::text, '') !~ '[0-9][ -][0-9]')
  order by id limit 500`

async function foldPeople(sql: Sql, clock: Clock): Promise<void> {
  for (let after = ''; ; ) {
    const { rows } = await sql.query<{ id: string }>(notPlain, [after])
    const last = rows.at(-1)
    if (!last) return
    await refreshPatientSummaries(
      sql,
      rows.map(({ id }) => id),
      clock,
    )
    after = last.id
  }
}
