import type { Sql } from '#server/store/sql.ts'

type Kept = Readonly<{
  table: string
  key: string
  shape: string
  /** what an older backup does not say */
  unsaid?: Readonly<{ column: string; value: string }>
}>

/** What feeds brought, by the name of its file. Lines are many: they are read in pages by their key. */
const kept: Readonly<Record<string, Kept>> = {
  'activity-lines': {
    table: 'activity_line',
    key: 'source, kind, line',
    shape: `source text, line text, person text, kind text, started date, ended date, emergency boolean,
      code text, provider text, cost bigint, currency text, received date, cancelled boolean`,
  },
  'feed-sources': {
    table: 'feed_source',
    key: 'source',
    shape: 'source text, layout text, received date, imported_by text, imported_at timestamptz',
  },
  'feed-refusals': {
    table: 'feed_refusal',
    key: 'source, kind, line',
    shape: 'source text, kind text, line text, place integer, reason text, received date',
    unsaid: { column: 'kind', value: 'claim' },
  },
  'score-directions': {
    table: 'outside_instrument',
    key: 'instrument',
    shape: 'instrument text, direction text, set_by text, at timestamptz',
  },
}

export const feedBackupNames: readonly string[] = Object.keys(kept)

const perPage = 1_000
const namesIn = (shape: string) => shape.split(',').map((each) => each.trim().split(' ')[0] ?? '')

/** Every row of one of them, one a line. */
export async function* feedRowsIn(sql: Sql, name: string): AsyncGenerator<readonly string[]> {
  const { table, key, shape } = keptAs(name)
  const keys = key.split(', ')
  const columns = namesIn(shape).join(', ')
  for (let after: readonly unknown[] = keys.map(() => ''); ; ) {
    const { rows } = await sql.query<{ line: string; after: readonly unknown[] }>(
      `select row_to_json(t)::text as line, array[${key}] as after from (
         select ${columns} from ${table} where (${key}) > (${keys.map((_, at) => `$${at + 1}`).join(', ')})
         order by ${key} limit ${perPage}) t`,
      after,
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ line }) => line)
    after = last.after
  }
}

/** Restores them; what is here already stays as it is. */
export async function keepFeedRows(
  sql: Sql,
  name: string,
  lines: readonly string[],
): Promise<void> {
  const { table, key, shape, unsaid } = keptAs(name)
  const columns = namesIn(shape).join(', ')
  const values = namesIn(shape)
    .map((each) => (each === unsaid?.column ? `coalesce(${each}, '${unsaid.value}')` : each))
    .join(', ')
  for (let start = 0; start < lines.length; start += perPage)
    await sql.query(
      `insert into ${table} (${columns}) select ${values} from json_to_recordset($1::json) as r(${shape})
       on conflict (${key}) do nothing`,
      [`[${lines.slice(start, start + perPage).join(',')}]`],
    )
}

function keptAs(name: string): Kept {
  const found = kept[name]
  if (!found) throw new Error(`Nothing of feeds is called ${name}`)
  return found
}
