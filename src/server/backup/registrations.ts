import type { Clock } from '#domain/calendar/zone.ts'
import { dayIn } from '#domain/calendar/zone.ts'
import { noteLeftOn } from '#server/store/roster/note-left-on.ts'
import { noteRegistrations } from '#server/store/roster/note-registrations.ts'
import type { Sql } from '#server/store/sql.ts'

/** The name of the file with who joined and left the lists of practices. */
export const registrationsName = 'registrations'

const events =
  'person text, organisation text, kind text, why text, words text, on_day text, source text, list text, at timestamptz, taken_back timestamptz'
const lists =
  'id text, organisation text, on_day text, people integer, joined integer, gone integer, reason text, taken_by text, at timestamptz, undone_at timestamptz, undone_by text, undone_why text'
const matches =
  'person text, other text, at timestamptz, decision text, decided_by text, decided_at timestamptz'

const names = (columns: string) => columns.split(', ').map((each) => each.split(' ')[0] ?? '')

const perPage = 2_000

/** Everything that happened, in its order; then the whole lists, and what was decided about possible duplicates. */
export async function* registrationsIn(sql: Sql): AsyncGenerator<readonly string[]> {
  for (let after = 0; ; ) {
    const { rows } = await sql.query<{ seq: number | string; line: string }>(
      `select seq, (to_jsonb(g) - 'seq')::text as line from registration g where seq > $1 order by seq limit ${perPage}`,
      [after],
    )
    if (rows.length === 0) break
    yield rows.map(({ line }) => line)
    after = Number(rows.at(-1)?.seq)
  }
  const { rows } = await sql.query<{ line: string }>(
    `select to_jsonb(l)::text as line from registration_list l
     union all select to_jsonb(m)::text from possible_match m`,
  )
  if (rows.length > 0) yield rows.map(({ line }) => line)
}

/**
 * A backup from before there were registrations has none: they are worked out from the records, from the day on which
 * each record came, as at the update of a database. Whoever has some keeps them as they are.
 */
export async function deriveRegistrations(
  sql: Sql,
  persons: readonly string[],
  clock: Clock,
): Promise<void> {
  const { rows } = await sql.query<{ person: string }>(
    `select p as person from unnest($1::text[]) p where not exists (select 1 from registration g where g.person = p)`,
    [persons],
  )
  const without = rows.map(({ person }) => person)
  if (without.length === 0) return
  await noteRegistrations(sql, without, clock)
  await sql.query(
    `update registration g set on_day = f.day from (
       select id, to_char(min(ts) at time zone 'UTC', 'YYYY-MM-DD') as day from (
         select id, ts from resource where rt = 'Patient' and id = any($1::text[])
         union all select id, ts from history where rt = 'Patient' and id = any($1::text[])) v group by id) f
     where g.person = f.id and g.why = 'first-known' and g.source = 'record' and g.on_day = $2 and f.day < g.on_day
       and not exists (select 1 from registration l where l.person = g.person and l.kind = 'left')`,
    [without, dayIn(clock.zone, clock.now)],
  )
}

/** Restores them beside those that are there. A line is told by what it has. */
export async function keepRegistrations(sql: Sql, lines: readonly string[]): Promise<void> {
  const sent = `[${lines.join(',')}]`
  const of = (columns: string, key: string) =>
    `select ${names(columns).join(', ')} from jsonb_to_recordset($1::jsonb) as n(${columns}) where ${key}`
  await sql.query(
    `insert into registration (${names(events).join(', ')})
     ${of(events, 'kind is not null')} and not exists (select 1 from registration g where g.person = n.person
       and g.organisation = n.organisation and g.kind = n.kind and g.on_day = n.on_day and g.at = n.at)`,
    [sent],
  )
  await leftOn(sql, lines)
  await sql.query(
    `insert into registration_list (${names(lists).join(', ')}) ${of(lists, 'taken_by is not null')} on conflict (id) do nothing`,
    [sent],
  )
  await sql.query(
    `insert into possible_match (${names(matches).join(', ')}) ${of(matches, 'other is not null')} on conflict (person, other) do update
       set decision = excluded.decision, decided_by = excluded.decided_by, decided_at = excluded.decided_at
       where possible_match.decision is null`,
    [sent],
  )
}

async function leftOn(sql: Sql, lines: readonly string[]): Promise<void> {
  const people = lines.map((line) => (JSON.parse(line) as { person?: string }).person)
  await noteLeftOn(sql, [...new Set(people.filter((each) => each !== undefined))])
}
