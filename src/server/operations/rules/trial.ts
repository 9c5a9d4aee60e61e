import { addDays } from '#domain/calendar/days.ts'
import type { GroupFigures, RuleFigures, YearAgo } from '#domain/rule/rule-figures.ts'
import { wasKnownBefore, widerLine } from '#domain/rule/rule-lines.ts'
import { peopleToLookAt } from '#domain/rule/rule-version.ts'
import { comparedColumnsSql, comparedSql } from '#server/operations/population/people-sql.ts'
import { Params } from '#server/store/params.ts'
import { lineSqlBefore } from './line-sql.ts'
import {
  type ComparedRules,
  groupSql,
  judgedSql,
  othersSql,
  type RuleRecords,
  ruleReachSql,
} from './rule-people-sql.ts'

type Counts = Readonly<Record<string, number>>

const countOf = (name: string, where: string) =>
  `count(*) filter (where ${where})::int as "${name}"`

/** Everything that a trial counts of today’s records, in one statement. */
export async function trialCounts(
  rules: ComparedRules,
  records: RuleRecords,
): Promise<Omit<RuleFigures, 'free' | 'above' | 'groups' | 'yearAgo' | 'sample' | 'milliseconds'>> {
  const { lines } = rules
  const params = new Params()
  const judged = judgedSql(rules, records, params)
  const isCounted = `not ('planning' = any(opted_out))`
  const poor = (name: string, where: string) => [
    countOf(`poor-${name}`, `${where} and deprivation = 1 and ${isCounted}`),
    countOf(`known-${name}`, `${where} and deprivation is not null and ${isCounted}`),
  ]
  const columns = [
    'count(*)::int as "total"',
    ...(['found', 'added', 'dropped', 'kept', 'not-judged'] as const).map((each) =>
      countOf(each, groupSql(each, lines)),
    ),
    ...lines.flatMap((line, at) => [
      countOf(
        `left-${at}`,
        lines
          .slice(0, at + 1)
          .map((_, one) => `l${one}`)
          .join(' and '),
      ),
      countOf(`unknown-${at}`, `l${at} is null`),
      countOf(`not-judged-${at}`, `found is null and l${at} is null`),
      countOf(`missed-${at}`, groupSql('missed', lines, at)),
      ...(widerLine(line)
        ? [countOf(`caught-${at}`, `l${at} is false and w${at} and (${othersSql(lines, at)})`)]
        : []),
    ]),
    ...[...poor('found', 'found'), ...poor('before', 'was'), ...poor('among', 'l0')],
  ]
  const { rows } = await records.sql.query<Counts>(
    `with judged as materialized (${judged}) select ${columns.join(', ')} from judged`,
    params.values,
  )
  const [counts = {}] = rows
  const of = (name: string) => counts[name] ?? 0
  const poorOf = (name: string) => ({ poor: of(`poor-${name}`), known: of(`known-${name}`) })
  return {
    ...{ total: of('total'), found: of('found'), added: of('added'), dropped: of('dropped') },
    ...{ kept: of('kept'), notJudged: of('not-judged') },
    lines: lines.map((_, at) => ({
      ...{
        left: of(`left-${at}`),
        unknown: of(`unknown-${at}`),
        notJudged: of(`not-judged-${at}`),
      },
      ...{ missed: of(`missed-${at}`), caught: of(`caught-${at}`) },
    })),
    ...{ poor: poorOf('found'), poorBefore: poorOf('before'), poorAmong: poorOf('among') },
  }
}

/** Those found, and all whom the first line finds, by group. Who said no to planning is in none. */
export async function groupCounts(
  rules: ComparedRules,
  records: RuleRecords,
): Promise<readonly GroupFigures[]> {
  const params = new Params()
  const judged = judgedSql(rules, records, params)
  const { rows } = await records.sql.query<GroupFigures>(
    `with judged as materialized (${judged})
     select compared_by as by, compared_group as "group", count(*)::int as eligible,
       count(*) filter (where found)::int as selected
     from (select j.found, ${comparedColumnsSql(params.add(records.today, 'date'))}
       from judged j join person_row p on p.person = j.person
       where j.l0 and not ('planning' = any(p.opted_out))) q ${comparedSql}
     group by compared_by, compared_group`,
    params.values,
  )
  return rows
}

/**
 * Ten people by lot, half of those added and half of those who drop; if one side has fewer, more of the other. The seed
 * stands in the draft, so that nobody draws until they like what they see.
 */
export async function drawnByLot(
  rules: ComparedRules,
  records: RuleRecords,
  seed: string,
): Promise<readonly string[]> {
  const params = new Params()
  const judged = judgedSql(rules, records, params)
  const { rows } = await records.sql.query<{ person: string; is_added: boolean }>(
    `with judged as materialized (${judged}), drawn as (
       select person, found is true as is_added, row_number() over (
         partition by found is true order by md5(${params.add(seed, 'text')} || person), person) as place
       from judged where (${groupSql('added', rules.lines)}) or (${groupSql('dropped', rules.lines)}))
     select person, is_added from drawn where place <= ${peopleToLookAt} order by is_added desc, place`,
    params.values,
  )
  const added = rows.filter((each) => each.is_added).map(({ person }) => person)
  const dropped = rows.filter((each) => !each.is_added).map(({ person }) => person)
  const half = peopleToLookAt / 2
  const ofAdded = Math.max(half, peopleToLookAt - dropped.length)
  const shown = added.slice(0, ofAdded)
  return [...shown, ...dropped.slice(0, peopleToLookAt - shown.length)]
}

/** How often it would have been right a year ago, by the lines that were known then; undefined if none was. */
export async function yearAgoCounts(
  { lines, running = [] }: ComparedRules,
  records: RuleRecords,
): Promise<YearAgo | undefined> {
  const day = addDays(records.today, -365)
  const known = lines.filter(wasKnownBefore)
  const knownBefore = running.filter(wasKnownBefore)
  if (known.every(({ but }) => but)) return undefined
  const params = new Params()
  const all = (some: typeof lines) =>
    some.map((line) => lineSqlBefore({ line, params, day })).join(' and ') || 'false'
  const [found, before] = [all(known), all(knownBefore)]
  const { rows } = await records.sql.query<Counts>(
    `with past as materialized (select (${found}) as found, (${before}) as was, p.stays > 0 as stayed from person_row p
       where ${ruleReachSql(records, params)} and p.likeness_before is not null and not ('planning' = any(p.opted_out)))
     select count(*)::int as "people", ${countOf('found', 'found')}, ${countOf('stayed', 'found and stayed')},
       ${countOf('peopleStayed', 'stayed')}, ${countOf('foundBefore', 'was')}, ${countOf('stayedBefore', 'was and stayed')} from past`,
    params.values,
  )
  const [counts = {}] = rows
  const of = (name: string) => counts[name] ?? 0
  return {
    ...{ found: of('found'), stayed: of('stayed') },
    ...{ people: of('people'), peopleStayed: of('peopleStayed') },
    ...{ foundBefore: of('foundBefore'), stayedBefore: of('stayedBefore') },
    without: [...new Set(lines.filter((each) => !wasKnownBefore(each)).map(({ kind }) => kind))],
  }
}
