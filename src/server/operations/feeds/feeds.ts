import { isStaff } from '#domain/access/actor.ts'
import { completeness } from '#domain/feed/completeness.ts'
import { type FeedSource, type Feeds, feedsParameters } from '#domain/feed/feeds-parameters.ts'
import { shownCount } from '#domain/population/shown-counts.ts'
import type { Operation } from '#server/operations/operation.ts'
import { forbidden } from '#server/problem.ts'
import type { Sql } from '#server/store/sql.ts'

/**
 * Who sends lines of activity and cost, and how complete each month is. Administrators see what was refused, exact counts
 * and sums; everybody else counts in fives. Who said no to planning is in no count.
 */
export const feedsOperation: Operation = {
  name: 'feeds',
  on: 'system',
  changes: false,
  purpose:
    'Who sends lines of activity and cost, up to when, and how complete each month is; administrators also get sums and what was refused',
  async run(call) {
    const { actor } = call
    const isAdmin = actor.role === 'admin'
    const isOther = (isStaff(actor) && actor.role !== 'program') || actor.role === 'manager'
    if (!isAdmin && !isOther)
      throw forbidden('Only people who care for others, managers and administrators can see feeds')
    const { sql } = call.context.service
    const facts = await factsOf(sql)
    return feedsParameters.write({
      rounded: !isAdmin,
      sources: facts.sources.map((each) => sourceOf(each, facts, isAdmin)),
      refused: isAdmin ? await refusedIn(sql) : [],
    })
  },
}

type SourceRow = Readonly<{
  source: string
  layout: string
  received: string
  imported_by: string
  imported_at: Date
  refused: number
}>
type MonthRow = Readonly<{
  source: string
  month: string
  currency: string | null
  first: string
  last: string
  lines: number
  known: number
  cost: number | null
}>
type Facts = Readonly<{ sources: readonly SourceRow[]; months: readonly MonthRow[] }>

async function factsOf(sql: Sql): Promise<Facts> {
  const { rows: sources } = await sql.query<SourceRow>(
    `select s.source, s.layout, to_char(s.received, 'YYYY-MM-DD') as received, s.imported_by, s.imported_at,
       (select count(*)::int from feed_refusal f where f.source = s.source) as refused
     from feed_source s order by s.source`,
  )
  const { rows: months } = await sql.query<MonthRow>(
    `select l.source, to_char(l.started, 'YYYY-MM') as month, l.currency,
       to_char(min(l.started), 'YYYY-MM-DD') as first, to_char(max(l.started), 'YYYY-MM-DD') as last,
       count(*)::int as lines, count(l.cost)::int as known, sum(l.cost)::float8 as cost
     from activity_line l join person_row p on p.person = l.person
     where not l.cancelled and not 'planning' = any(p.opted_out)
     group by 1, 2, 3`,
  )
  return { sources, months }
}

function sourceOf(row: SourceRow, { months }: Facts, isAdmin: boolean): FeedSource {
  const theirs = months.filter(({ source }) => source === row.source)
  const shown = shownCount(isAdmin ? 'exact' : 'rounded')
  const sum = (of: (each: MonthRow) => number) => theirs.reduce((all, each) => all + of(each), 0)
  const from = theirs.map(({ first }) => first).toSorted()[0]
  const until = theirs
    .map(({ last }) => last)
    .toSorted()
    .at(-1)
  const counts = new Map<string, number>()
  for (const { month, lines } of theirs) counts.set(month, (counts.get(month) ?? 0) + lines)
  return {
    ...{ source: row.source, layout: row.layout, received: row.received },
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    ...(isAdmin
      ? { importedBy: row.imported_by, importedAt: new Date(row.imported_at).toISOString() }
      : {}),
    lines: shown(sum(({ lines }) => lines)),
    withoutCost: shown(sum(({ lines, known }) => lines - known)),
    refused: shown(row.refused),
    costs: isAdmin ? costsOf(theirs) : [],
    months: completeness(counts, row.received).map(({ month, lines, usual, state }) => ({
      ...{ month, lines: shown(lines), state },
      ...(usual === undefined ? {} : { usual: shown(usual) }),
    })),
  }
}

function costsOf(months: readonly MonthRow[]): FeedSource['costs'] {
  const byCurrency = Map.groupBy(
    months.filter(({ known }) => known > 0),
    ({ currency }) => currency ?? '',
  )
  return [...byCurrency].map(([currency, some]) => ({
    currency,
    amount: some.reduce((sum, { cost }) => sum + (cost ?? 0), 0) / 100,
    lines: some.reduce((sum, { known }) => sum + known, 0),
  }))
}

const mostRefused = 200

async function refusedIn(sql: Sql): Promise<Feeds['refused']> {
  const { rows } = await sql.query<Feeds['refused'][number] & { line: string }>(
    `select source, place, line, reason, to_char(received, 'YYYY-MM-DD') as received from feed_refusal
     order by received desc, source, place limit ${mostRefused}`,
  )
  // a row without a number of its own is kept under one that says nothing
  return rows.map(({ line, ...rest }) => ({ ...rest, ...(line.startsWith('?') ? {} : { line }) }))
}
