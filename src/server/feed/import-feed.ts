import { dayIn } from '#domain/calendar/zone.ts'
import type { FeedField } from '#domain/feed/feed-columns.ts'
import { type FeedFault, feedFaultText } from '#domain/feed/feed-fault.ts'
import type { FeedKind, FeedLine } from '#domain/feed/feed-line.ts'
import { feedLineType } from '#domain/feed/feed-line-type.ts'
import { type Feed, feedIsMonthFirst, readFeed } from '#domain/feed/read-feed.ts'
import type { ImportAnswer } from '#domain/import/import-answer.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import type { Sql } from '#server/store/sql.ts'
import { keepFeed, type RefusedRow, type StoredLine } from './keep-feed.ts'
import { matchPeople } from './match-people.ts'

const mostRows = 5_000

/** A line with whose it is, by its place in the request. */
type Found = Readonly<{ index: number; line: FeedLine; person: string }>
type Refused = Readonly<{ index: number; id: string; reason: string }>

/**
 * Imports lines of activity and cost: each is linked to a person here or refused with its reason, and kept by its source,
 * kind and number, so that the same line changes nothing and a corrected or cancelled one replaces it.
 */
export async function importFeed(
  context: RequestContext,
  feed: Feed,
  said: Readonly<{ monthFirst: boolean }>,
): Promise<ImportAnswer> {
  if (context.actor.role !== 'admin')
    throw forbidden('Only administrators can import activity and cost')
  if (feed.rows.length > mostRows)
    throw new FhirProblem(413, 'too-long', `Send at most ${mostRows} rows at once`)
  const today = dayIn(context.zone, context.now)
  const monthFirst = said.monthFirst || feedIsMonthFirst(feed)
  const read = readFeed(feed, { today, monthFirst })
  const matched = await matchPeople(
    context.service.sql,
    read.flatMap((each) => ('person' in each ? [each.person] : [])),
  )
  const found: Found[] = []
  const refused: (Refused & RefusedRow)[] = []
  const refuse = (index: number, row: number, name: Name, faults: readonly FeedFault[]) => {
    const line = name.number || unnamed(feed, index)
    const reason = faults.map(feedFaultText).join('. ')
    const { source, kind } = name
    refused.push({ index, id: name.number, reason, source, kind, line, place: row })
  }
  for (const [index, each] of read.entries()) {
    if ('faults' in each) {
      refuse(index, each.row, each, each.faults)
      continue
    }
    const whose = matched(each.person, each.line.started)
    const { line } = each
    if ('id' in whose) found.push({ index, line, person: whose.id })
    else refuse(index, each.row, { ...line, number: line.line }, [whose.fault])
  }
  const { rounds, replaced } = lastOfEach(found)
  const { ours, moves, ...kept } = await keepFeed(context, {
    ...{ rounds, refused, layout: feed.columns.layout, today },
    settled: await settledUnnamed(context.service.sql, feed, found),
    placeOf: (index) => read[index]?.row ?? 0,
  })
  const moving = moves.map(({ index, line: id }) => ({
    ...{ index, id, reason: feedFaultText({ code: 'moves' }) },
  }))
  const allRefused: readonly Refused[] = [...refused, ...moving].toSorted(
    (one, other) => one.index - other.index,
  )
  return {
    counted: [
      {
        type: feedLineType,
        ...kept,
        keptOurs: ours,
        refused: allRefused.length,
        unchanged: kept.unchanged + replaced.length,
      },
    ],
    keptOurs: [],
    differences: [],
    duplicates: [],
    alike: [],
    refused: allRefused.map(({ index, id, reason }) => ({
      ...{ index, type: feedLineType, id, reason, someoneElse: '' },
    })),
    noted: replaced.map(({ index, line }) => ({
      ...{ index, type: feedLineType, id: line.line },
      note: 'A later row of the same file has this number: that one counts',
    })),
  }
}

/** A row without a number of its own is known by everything else in it: with its number it is no longer refused. */
function unnamed({ rows, columns }: Feed, index: number): string {
  const numbers: readonly (FeedField | undefined)[] = ['line', 'lineNumber']
  const others = rows[index]?.cells.filter((_, at) => !numbers.includes(columns.fields[at]))
  return `?${sha256Hex(JSON.stringify(others)).slice(0, 32)}`
}

/** The rows that were refused without a number, and have one now. */
async function settledUnnamed(
  sql: Sql,
  feed: Feed,
  found: readonly Found[],
): Promise<readonly string[]> {
  const { rows } = await sql.query<{ line: string }>(
    `select line from feed_refusal where source = any($1::text[]) and line like '?%'`,
    [[...new Set(found.map(({ line }) => line.source))]],
  )
  if (rows.length === 0) return []
  const named = new Set(found.map(({ index }) => unnamed(feed, index)))
  return rows.flatMap(({ line }) => (named.has(line) ? [line] : []))
}

type Name = Readonly<{ source: string; kind: FeedKind; number: string }>

/**
 * Of the rows with one number the one received last counts, of those of one day the last: the others are replaced by it.
 * One for another person follows in another round, so that a line can be taken back at one and sent anew for another.
 */
function lastOfEach(found: readonly Found[]) {
  const byName = Map.groupBy(found, ({ line }) => `${line.source}|${line.kind}|${line.line}`)
  const rounds: StoredLine[][] = []
  const replaced: Found[] = []
  for (const rows of byName.values()) {
    const inOrder = rows.toSorted((one, other) =>
      one.line.received < other.line.received
        ? -1
        : one.line.received > other.line.received
          ? 1
          : one.index - other.index,
    )
    let round = 0
    for (const [at, { index, line, person }] of inOrder.entries()) {
      const next = inOrder[at + 1]
      if (next?.person === person) {
        replaced.push({ index, line, person })
        continue
      }
      rounds[round] = [...(rounds[round] ?? []), { ...line, person, index }]
      round += 1
    }
  }
  return { rounds, replaced }
}
