import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'

/**
 * What a record says of itself, without what names one message in it; otherwise whether it stands as a file brought it.
 */
const sourceSql = `coalesce(nullif(btrim(split_part(r.content->'meta'->>'source', '#', 1)), ''), case when r.brought then 'file' else 'here' end)`

const lacking: Readonly<Record<string, string>> = {
  uncheckedNumber: `coalesce(r.content->>'identifier', '') like '%number-present-but-not-traced%'`,
  noAddress: `r.content->'address' is null`,
  noPhone: `r.content->'telecom' is null`,
  noPractice: `r.content->'generalPractitioner' is null`,
}

const lacksSql = Object.entries(lacking)
  .map(([gap, sql]) => `case when ${sql} then '${gap}' end`)
  .join(', ')

/** The sources of each person of `people`, counted in their records. Restricted records count in none, as in lists. */
const countedSql = (people: string): string => `
  select r.person, ${sourceSql} as source, r.org, r.ts as written, array_remove(array[${lacksSql}], null) as lacks, c.records
  from (${people}) w join resource r on r.rt = 'Patient' and r.id = w.person and r.content is not null
  cross join lateral (
    select coalesce(jsonb_agg(to_jsonb(c)), '[]') as records from (
      select ${sourceSql} as source, r.org, count(*) as records, max(r.ts) as last from resource r
      where r.person = w.person and r.content is not null and (r.rt = 'Patient' or r.room not in ('restricted', 'sealed'))
      group by 1, 2) c) c`

/** The sources of the people of `people`, as they are at this moment: counted again for whom they are not known. */
export const personSourcesSql = (people: string): string => `
  select s.person, s.source, s.org, s.written, s.lacks, s.records from (${people}) w join person_source s on s.person = w.person
  where not exists (select 1 from person_stale t where t.person = w.person)
  union all
  ${countedSql(`select w.person from (${people}) w where exists (select 1 from person_stale t where t.person = w.person)`)}`

const perPart = 500
/** One request counts so many parts at most; the next ones do the rest. */
const mostParts = 20

/** Counts the sources of people whose records have changed. To be called before they are read. */
export async function freshenPersonSources(sql: Sql): Promise<void> {
  for (let part = 0; part < mostParts; part += 1) {
    const many = await retryConflict(() => sql.transaction(countPart, 'upkeep'))
    if (many < perPart) return
  }
}

async function countPart(tx: Sql): Promise<number> {
  const { rows } = await tx.query<{ person: string }>(
    `delete from person_stale where ctid = any(array(
       select ctid from person_stale order by person limit ${perPart} for update skip locked)) returning person`,
  )
  const persons = [...new Set(rows.map(({ person }) => person))]
  if (persons.length === 0) return 0
  await tx.query('delete from person_source where person = any($1::text[])', [persons])
  await tx.query(
    `insert into person_source (person, source, org, written, lacks, records)
     ${countedSql('select unnest($1::text[]) as person')} on conflict (person) do nothing`,
    [persons],
  )
  return rows.length
}

/** After an upgrade or a restore, which write past the store. */
export async function countSourcesAgain(sql: Sql): Promise<void> {
  await sql.script(
    'delete from person_stale; delete from person_source; insert into person_stale select person from person_row',
  )
}
