import type { FeedLayout } from '#domain/feed/feed-columns.ts'
import type { FeedLine } from '#domain/feed/feed-line.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { derive } from '#server/store/summary/derive.ts'

/** A line with the id of the person it is about. */
export type StoredLine = FeedLine & Readonly<{ person: string }>

export type RefusedRow = Readonly<{ source: string; line: string; place: number; reason: string }>

type Keeping = Readonly<{
  lines: readonly StoredLine[]
  refused: readonly RefusedRow[]
  layout: FeedLayout
  today: string
}>

type Counts = Readonly<{ created: number; updated: number; unchanged: number; ours: number }>

/** Stores lines and refusals together. `ours`: a later version of the line is here already. */
export async function keepFeed(context: RequestContext, keeping: Keeping): Promise<Counts> {
  return await retryConflict(() =>
    context.service.sql.transaction(async (tx) => {
      const counts = await keepLines(tx, keeping.lines)
      await keepRefusals(tx, keeping)
      await keepSources(tx, context, keeping)
      const { now, zone } = context
      await derive(tx, counts.people, { now, zone })
      return counts
    }),
  )
}

const shape = `source text, line text, person text, kind text, started date, ended date, emergency boolean,
  code text, provider text, cost bigint, currency text, received date, cancelled boolean`
const columns = shape.split(',').map((each) => each.trim().split(' ')[0] ?? '')
/** What makes a line another than the one that is here; when it was received does not. */
const said = columns.filter((each) => !['source', 'line', 'received'].includes(each))
const listOf = (table: string) => `(${said.map((each) => `${table}.${each}`).join(', ')})`

type Written = Readonly<{ person: string; before: string | null; outcome: keyof Counts }>

const writeLines = `
  with sent as materialized (
    select r.*, l.person as before,
      case when l.line is null then 'created'
        when ${listOf('l')} is not distinct from ${listOf('r')} then 'unchanged'
        when l.received > r.received then 'ours' else 'updated' end as outcome
    from json_to_recordset($1::json) as r(${shape})
    left join activity_line l on l.source = r.source and l.line = r.line
  ), kept as (
    insert into activity_line (${columns.join(', ')})
    select ${columns.join(', ')} from sent where outcome in ('created', 'updated') order by source, line
    on conflict (source, line) do update set
      ${columns
        .slice(2)
        .map((each) => `${each} = excluded.${each}`)
        .join(', ')}
    where activity_line.received <= excluded.received
  ), settled as (
    delete from feed_refusal f using sent where f.source = sent.source and f.line = sent.line
  )
  select person, before, outcome from sent`

async function keepLines(sql: Sql, lines: readonly StoredLine[]) {
  const { rows } =
    lines.length > 0
      ? await sql.query<Written>(writeLines, [JSON.stringify(lines)])
      : { rows: [] as Written[] }
  const count = (outcome: keyof Counts) => rows.filter((row) => row.outcome === outcome).length
  const moved = rows.filter(({ outcome }) => outcome === 'created' || outcome === 'updated')
  return {
    ...{ created: count('created'), updated: count('updated') },
    ...{ unchanged: count('unchanged'), ours: count('ours') },
    people: [...new Set(moved.flatMap(({ person, before }) => [person, before ?? person]))],
  }
}

async function keepRefusals(sql: Sql, { refused, today }: Keeping): Promise<void> {
  if (refused.length === 0) return
  const last = new Map(refused.map((each) => [`${each.source}|${each.line}`, each]))
  await sql.query(
    `insert into feed_refusal (source, line, place, reason, received)
     select source, line, place, reason, $2::date from json_to_recordset($1::json)
       as r(source text, line text, place integer, reason text) order by source, line
     on conflict (source, line) do update
       set place = excluded.place, reason = excluded.reason, received = excluded.received
       where feed_refusal.reason <> excluded.reason`,
    [JSON.stringify([...last.values()]), today],
  )
}

/** Also of a source of which every line was refused: it must be seen that it sent something. */
async function keepSources(
  sql: Sql,
  { actor, now }: RequestContext,
  { lines, refused, layout, today }: Keeping,
): Promise<void> {
  const received = new Map<string, string>()
  for (const { source, received: day } of lines)
    if (day > (received.get(source) ?? '')) received.set(source, day)
  for (const { source } of refused) if (!received.has(source)) received.set(source, today)
  await sql.query(
    `insert into feed_source (source, layout, received, imported_by, imported_at)
     select source, $2, received, $3, $4 from json_to_recordset($1::json) as r(source text, received date)
     order by source
     on conflict (source) do update set received = greatest(feed_source.received, excluded.received),
       imported_by = excluded.imported_by, imported_at = excluded.imported_at`,
    [
      JSON.stringify([...received].map(([source, day]) => ({ source, received: day }))),
      ...[layout, actor.name, now],
    ],
  )
}
