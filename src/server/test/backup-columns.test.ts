import { expect, test } from 'vitest'
import { restoreBackup } from '#server/backup/restore-backup.ts'
import type { Sql } from '#server/store/sql.ts'
import { openHandler } from '#test-support/servers/handler.ts'
import { eachStore } from '#test-support/servers/stores.ts'
import { backupOf, freshPglite, livedOn, sourceOf } from '#test-support/worlds/lived-backup.ts'

/** Everything in these is kept beside the records: every column, but what the database numbers itself. */
const kept = [
  ...['activity_line', 'coordinator_places', 'feed_refusal', 'feed_source', 'hl7_message'],
  ...['last_viewed', 'outside_instrument', 'possible_match', 'registration', 'registration_list'],
  ...['measure_result', 'measure_run', 'rule_run', 'rule_version', 'saved_list', 'unmet_deed'],
]
/** Records, their earlier versions and the audit log: what they hold is compared in the tests of the backup itself. */
const records = ['audit', 'block', 'history', 'resource']
/** Worked out from records again, or of no use in another database. */
const workedOut = [
  ...['brought', 'chance_count', 'chance_of', 'change', 'cost_count', 'link', 'list_count'],
  ...[
    'list_count_change',
    'person_due',
    'person_row',
    'person_source',
    'person_stale',
    'person_word',
    'relation',
    'shape',
    'sp',
  ],
  ...['alike_so_far', 'trail_head', 'working_out'],
  // who was shown or had seen whom in a list: they mark it as seen again
  ...['list_seen', 'list_shown'],
  // runs of measures in CQL, which can be worked out again
  ...['cql_run', 'cql_result'],
  // months that will be counted again
  'measure_due',
  // of this database alone
  ...['alike_cursor', 'card_link', 'migration', 'secret', 'session'],
]

/** Which run left its marks on people: a restored rule runs again. */
const left = ['rule_version.marked']

type Column = Readonly<{ name: string; type: string; isNumbered: boolean }>

async function columnsOf(sql: Sql, table: string): Promise<readonly Column[]> {
  const { rows } = await sql.query<Column>(
    `select column_name as name, data_type as type,
       (is_identity = 'YES' or column_default like 'nextval%') as "isNumbered"
     from information_schema.columns where table_schema = 'public' and table_name = $1`,
    [table],
  )
  return rows.filter(({ name, isNumbered }) => !isNumbered && !left.includes(`${table}.${name}`))
}

/** A value in every column, so that one which is left out is missed. */
const values: Readonly<Record<string, string>> = {
  text: `'x'`,
  integer: '7',
  bigint: '7',
  boolean: 'true',
  date: `'2026-01-10'`,
  jsonb: `'{"a": 1}'`,
  'timestamp with time zone': `'2026-01-10T08:00:00Z'`,
}
const own: Readonly<Record<string, string>> = {
  'hl7_message.state': `'taken'`,
  'registration.kind': `'left'`,
  'registration.on_day': `'2026-01-10'`,
  'registration_list.on_day': `'2026-01-10'`,
}

async function fill(sql: Sql, table: string): Promise<void> {
  const columns = await columnsOf(sql, table)
  const row = columns.map(({ name, type }) => own[`${table}.${name}`] ?? values[type])
  await sql.query(
    `insert into ${table} (${columns.map(({ name }) => name).join(', ')}) values (${row.join(', ')})`,
  )
}

async function rowsOf(sql: Sql, table: string): Promise<readonly string[]> {
  const columns = (await columnsOf(sql, table)).map(({ name }) => name).join(', ')
  const { rows } = await sql.query<{ line: string }>(
    `select to_jsonb(t)::text as line from (select ${columns} from ${table}) t order by 1`,
  )
  return rows.map(({ line }) => line)
}

eachStore('A backup', (open) => {
  test('says of every table whether it is kept or worked out again', async () => {
    const { sql } = await open({ now: () => livedOn })
    const { rows } = await sql.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname in ('public', 'trail') order by 1`,
    )
    expect([...kept, ...records, ...workedOut].toSorted()).toEqual(
      rows.map(({ name }) => name).toSorted(),
    )
  })

  test('keeps every column of what is kept beside the records', async () => {
    const { sql } = await open({ now: () => livedOn })
    await openHandler({ sql, now: livedOn })
    for (const table of kept) await fill(sql, table)
    const there = await freshPglite()
    await restoreBackup(there, sourceOf((await backupOf(sql)).entries), {
      now: livedOn,
      merge: false,
    })
    for (const table of kept)
      expect(await rowsOf(there, table), table).toEqual(await rowsOf(sql, table))
  })
})
