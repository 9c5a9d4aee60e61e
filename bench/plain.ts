import type { SeedRecord } from '#demo-data/seed-record.ts'
import type { Sql } from '#server/store/sql.ts'

/**
 * The baseline for the API: the same results by plain SQL. One table of JSON with the columns that searches
 * need, and beside it the previous version and its author; no access rules, no search index, no FHIR answer.
 */
const layout = `
  create table plain (type text, id text, vid int not null, person text, content jsonb not null, primary key (type, id));
  create index plain_person on plain (person, type);
  create table plain_history (type text, id text, vid int, content jsonb, primary key (type, id, vid));
  create table plain_trail (at timestamptz, who text, what text);`

const insert = `
  insert into plain select r->>'resourceType', r->>'id', 1,
    case when r->>'resourceType' = 'Patient' then r->>'id' else substr(coalesce(
      r->'subject'->>'reference', r->'patient'->>'reference', r->'for'->>'reference'), 9) end, r
  from jsonb_array_elements($1::jsonb) r`

const free = `not deceased and coded and coalesce(case_status, '') not in ('active', 'onhold', 'cancelled')`

const counts = `
  select 'total' as facet, '' as value, count(*) from person_row where ${free}
  union all select 'band', band, count(*) from person_row where ${free} group by band
  union all select 'known', case_status, count(*) from person_row where not deceased and coded group by case_status
  union all (select 'condition', label, count(*) from person_row, unnest(conditions) c(label) where ${free}
    group by label order by 3 desc limit 30)`

const save = `
  with old as (select * from plain where type = 'Goal' and id = $1 for update),
  kept as (insert into plain_history select type, id, vid, content from old),
  noted as (insert into plain_trail select now(), 'amina', type || '/' || id from old)
  update plain set vid = old.vid + 1, content = $2::jsonb from old where plain.type = old.type and plain.id = old.id`

export async function layOutPlain(sql: Sql): Promise<void> {
  await sql.script(layout)
}

export function plainOver(sql: Sql) {
  const rows = async (text: string, params: readonly unknown[]) =>
    (await sql.query(text, params)).rows
  return {
    insert: (records: readonly SeedRecord[]) => rows(insert, [JSON.stringify(records)]),
    read: (id: string) =>
      rows(`select content from plain where type = 'Patient' and id = $1`, [id]),
    conditions: (person: string) =>
      rows(`select content from plain where type = 'Condition' and person = $1`, [person]),
    worklist: async () => [
      await rows(`select * from person_row where ${free} order by rank desc, person limit 20`, []),
      await rows(counts, []),
    ],
    house: (person: string, types: readonly string[]) =>
      rows('select content from plain where person = $1 and type = any($2)', [person, types]),
    save: (id: string, content: object) => rows(save, [id, JSON.stringify(content)]),
  }
}
