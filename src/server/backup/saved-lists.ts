import type { Sql } from '#server/store/sql.ts'

/** The name of the file with the saved lists of “Find people”. */
export const savedListsName = 'saved-lists'

const listColumns =
  'id, owner, owner_name, organisation, name, shared, filters, deleted, filters_changed, edit'

/** Every saved list, one a line. What a reader had seen in it is not kept: they mark it as seen again. */
export async function* savedListsIn(sql: Sql): AsyncGenerator<readonly string[]> {
  const { rows } = await sql.query<{ line: string }>(
    `select row_to_json(l)::text as line from (select ${listColumns} from saved_list order by id) l`,
  )
  if (rows.length > 0) yield rows.map(({ line }) => line)
}

/** Restores them; a list that is here already stays as it is. A backup from before edits were counted says none. */
export async function keepSavedLists(sql: Sql, lines: readonly string[]): Promise<void> {
  await sql.query(
    `insert into saved_list (${listColumns})
     select ${listColumns.replace(', edit', ', coalesce(edit, 1)')} from json_to_recordset($1::json) as l(id text, owner text, owner_name text,
       organisation text, name text, shared boolean, filters jsonb, deleted boolean, filters_changed timestamptz, edit integer)
     on conflict (id) do nothing`,
    [`[${lines.join(',')}]`],
  )
}
