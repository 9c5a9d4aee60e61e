import type { FeedLayout } from '#domain/feed/feed-columns.ts'
import { feedFaultText } from '#domain/feed/feed-fault.ts'
import type { FeedKind, FeedLine } from '#domain/feed/feed-line.ts'
import { feedLineType } from '#domain/feed/feed-line-type.ts'
import { note, type RequestContext } from '#server/http/request-context.ts'
import { withinRecord } from '#server/interactions/record-transaction.ts'
import { noteFeedMonths } from '#server/outcome/due-months.ts'
import { retryConflict } from '#server/store/concurrency/retry-conflict.ts'
import type { Sql } from '#server/store/sql.ts'
import { derive } from '#server/store/summary/derive.ts'

/** A line with the id of the person it is about, and its place in the request. */
export type StoredLine = FeedLine & Readonly<{ person: string; index: number }>

export type RefusedRow = Readonly<{
  source: string
  kind: FeedKind
  line: string
  place: number
  reason: string
}>

type Keeping = Readonly<{
  /** what comes after another line of the same name follows in another round */
  rounds: readonly (readonly StoredLine[])[]
  refused: readonly RefusedRow[]
  /** rows that were refused without a number, and have one now */
  settled: readonly string[]
  /** the row of the file at an index of the request */
  placeOf: (index: number) => number
  layout: FeedLayout
  today: string
}>

type Outcome = 'created' | 'updated' | 'unchanged' | 'ours' | 'moves'
type Kept = Readonly<Record<Exclude<Outcome, 'moves'>, number>> &
  Readonly<{
    /** lines that are here as those of another person */
    moves: readonly StoredLine[]
  }>

/**
 * Stores lines and refusals together, with an entry in the log of everybody whose lines changed. `ours`: a later version
 * of the line is here already.
 */
export async function keepFeed(context: RequestContext, keeping: Keeping): Promise<Kept> {
  const kept = await retryConflict(() =>
    withinRecord(context, async (inside) => {
      const { sql } = inside.service
      const written: Written[] = []
      await noteFeedMonths(sql, keeping.rounds.flat())
      for (const lines of keeping.rounds) written.push(...(await keepLines(sql, lines)))
      await noteFeedMonths(sql, keeping.rounds.flat())
      const moves = movesOf(written, keeping.rounds.flat())
      const refused = [...keeping.refused, ...moves.map((each) => refusalOf(each, keeping))]
      await sql.query('delete from feed_refusal where line = any($1::text[])', [keeping.settled])
      await keepRefusals(sql, { refused, today: keeping.today })
      await keepSources(sql, inside, keeping)
      const changed = written.filter(
        ({ outcome }) => outcome === 'created' || outcome === 'updated',
      )
      const people = [
        ...new Set(changed.flatMap(({ person, before }) => [person, before ?? person])),
      ]
      await derive(sql, people, { now: context.now, zone: context.zone })
      await note(inside, touchedBy(changed), { act: 'U', way: '$import' })
      const count = (outcome: Outcome) => written.filter((row) => row.outcome === outcome).length
      return {
        ...{ created: count('created'), updated: count('updated') },
        ...{ unchanged: count('unchanged'), ours: count('ours') },
        moves,
      }
    }),
  )
  if (kept.created + kept.updated > 0) context.service.tellCounted?.()
  return kept
}

function movesOf(written: readonly Written[], lines: readonly StoredLine[]): readonly StoredLine[] {
  const moving = new Set(
    written.flatMap(({ outcome, index }) => (outcome === 'moves' ? [index] : [])),
  )
  return lines.filter(({ index }) => moving.has(index))
}

const refusalOf = (
  { source, kind, line, index }: StoredLine,
  { placeOf }: Keeping,
): RefusedRow => ({
  ...{ source, kind, line, place: placeOf(index), reason: feedFaultText({ code: 'moves' }) },
})

/** For each person how many lines changed: one entry of the log for all of them. */
function touchedBy(changed: readonly Written[]): ReadonlyMap<string, readonly string[]> {
  const counts = new Map<string, number>()
  for (const { person, before } of changed)
    for (const each of new Set([person, before ?? person]))
      counts.set(each, (counts.get(each) ?? 0) + 1)
  return new Map(
    [...counts].map(([person, lines]) => [
      person,
      [`Patient/${person}`, `${feedLineType}×${lines}`],
    ]),
  )
}

const shape = `source text, kind text, line text, person text, started date, ended date, emergency boolean,
  code text, provider text, cost bigint, currency text, received date, cancelled boolean`
const columns = shape.split(',').map((each) => each.trim().split(' ')[0] ?? '')
const key = ['source', 'kind', 'line']
/** What makes a line another than the one that is here; when it was received does not. */
const said = columns.filter((each) => ![...key, 'received'].includes(each))
const listOf = (table: string) => `(${said.map((each) => `${table}.${each}`).join(', ')})`
const inUse = (person: string) =>
  `coalesce((select p.replaced_by from person_row p where p.person = ${person}), ${person})`

type Written = Readonly<{
  index: number
  person: string
  before: string | null
  outcome: Outcome
}>

/**
 * A line stays with the record that it came to when that was joined to another. One that was taken back is nobody’s: it
 * may come anew for somebody else.
 */
const writeLines = `
  with sent as materialized (
    select r.index, ${columns.map((each) => (each === 'person' ? 'w.person' : `r.${each}`)).join(', ')}, l.person as before,
      case when l.line is null then 'created'
        when ${listOf('l')} is not distinct from ${listOf('w')} then
          case when r.received > l.received then 'later' else 'unchanged' end
        when l.received > r.received then 'ours'
        when l.person <> w.person and not l.cancelled then 'moves' else 'updated' end as outcome
    from json_to_recordset($1::json) as r(index integer, ${shape})
    left join activity_line l on l.source = r.source and l.kind = r.kind and l.line = r.line
    cross join lateral (select ${said.map((each) => (each === 'person' ? `case when l.person is not null and ${inUse('l.person')} = ${inUse('r.person')} then l.person else r.person end as person` : `r.${each}`)).join(', ')}) w
  ), kept as (
    insert into activity_line (${columns.join(', ')})
    select ${columns.join(', ')} from sent where outcome in ('created', 'updated', 'later') order by ${key.join(', ')}
    on conflict (${key.join(', ')}) do update set
      ${columns
        .filter((each) => !key.includes(each))
        .map((each) => `${each} = excluded.${each}`)
        .join(', ')}
    where activity_line.received <= excluded.received
  ), settled as (
    delete from feed_refusal f using sent where sent.outcome <> 'moves'
      and f.source = sent.source and f.kind = sent.kind and f.line = sent.line
  )
  select index, person, before, case outcome when 'later' then 'unchanged' else outcome end as outcome from sent`

async function keepLines(sql: Sql, lines: readonly StoredLine[]): Promise<readonly Written[]> {
  if (lines.length === 0) return []
  return (await sql.query<Written>(writeLines, [JSON.stringify(lines)])).rows
}

async function keepRefusals(
  sql: Sql,
  { refused, today }: Pick<Keeping, 'refused' | 'today'>,
): Promise<void> {
  if (refused.length === 0) return
  const last = new Map(refused.map((each) => [`${each.source}|${each.kind}|${each.line}`, each]))
  await sql.query(
    `insert into feed_refusal (source, kind, line, place, reason, received)
     select source, kind, line, place, reason, $2::date from json_to_recordset($1::json)
       as r(source text, kind text, line text, place integer, reason text) order by source, kind, line
     on conflict (source, kind, line) do update
       set place = excluded.place, reason = excluded.reason, received = excluded.received
       where feed_refusal.reason <> excluded.reason`,
    [JSON.stringify([...last.values()]), today],
  )
}

/** Also of a source of which every line was refused: it must be seen that it sent something. */
async function keepSources(
  sql: Sql,
  { actor, now }: RequestContext,
  { rounds, refused, layout, today }: Keeping,
): Promise<void> {
  const received = new Map<string, string>()
  for (const { source, received: day } of rounds.flat())
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
