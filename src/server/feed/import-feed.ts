import { dayIn } from '#domain/calendar/zone.ts'
import { type FeedFault, feedFaultText } from '#domain/feed/feed-fault.ts'
import type { FeedLine } from '#domain/feed/feed-line.ts'
import { feedLineType } from '#domain/feed/feed-line-type.ts'
import { type Feed, feedIsMonthFirst, readFeed } from '#domain/feed/read-feed.ts'
import type { ImportAnswer } from '#domain/import/import-answer.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { FhirProblem, forbidden } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { keepFeed, type RefusedRow, type StoredLine } from './keep-feed.ts'
import { matchPeople } from './match-people.ts'

const mostRows = 5_000

/** A line with whose it is, by its place in the request. */
type Found = Readonly<{ index: number; line: FeedLine; person: string }>
type Refused = Readonly<{ index: number; id: string; reason: string }>

/**
 * Imports lines of activity and cost: each is linked to a person here or refused with its reason, and kept by its source
 * and number, so that the same line changes nothing and a corrected or cancelled one replaces it.
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
    const line =
      name.number || `?${sha256Hex(JSON.stringify(feed.rows[index]?.cells)).slice(0, 32)}`
    const reason = faults.map(feedFaultText).join('. ')
    refused.push({ index, id: name.number, reason, source: name.source, line, place: row })
  }
  for (const [index, each] of read.entries()) {
    if ('faults' in each) {
      refuse(index, each.row, each, each.faults)
      continue
    }
    const whose = matched(each.person)
    const { line } = each
    if ('id' in whose) found.push({ index, line, person: whose.id })
    else refuse(index, each.row, { source: line.source, number: line.line }, [whose.fault])
  }
  const { last, replaced } = lastOfEach(found)
  const counts = await keepFeed(context, {
    ...{ lines: last, refused, layout: feed.columns.layout, today },
  })
  const { ours, ...kept } = counts
  return {
    counted: [
      {
        type: feedLineType,
        ...kept,
        keptOurs: ours,
        refused: refused.length,
        unchanged: kept.unchanged + replaced.length,
      },
    ],
    keptOurs: [],
    differences: [],
    duplicates: [],
    refused: refused.map(({ index, id, reason }) => ({
      ...{ index, type: feedLineType, id, reason, someoneElse: '' },
    })),
    noted: replaced.map(({ index, line }) => ({
      ...{ index, type: feedLineType, id: line.line },
      note: 'A later row of the same file has this number: that one counts',
    })),
  }
}

type Name = Readonly<{ source: string; number: string }>

/** The last row with a number counts: the earlier ones of a file are replaced by it. */
function lastOfEach(found: readonly Found[]) {
  const byName = new Map(found.map((each) => [`${each.line.source}|${each.line.line}`, each]))
  const stands = new Set(byName.values())
  const last: readonly StoredLine[] = [...stands].map(({ line, person }) => ({ ...line, person }))
  return { last, replaced: found.filter((each) => !stands.has(each)) }
}
