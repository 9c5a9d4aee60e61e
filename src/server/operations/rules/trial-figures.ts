import type { RuleFigures } from '#domain/rule/rule-figures.ts'
import type { OperationCall } from '#server/operations/operation.ts'
import { orderedSql } from '#server/operations/population/line.ts'
import { type CoordinatorRoom, placesIn } from '#server/operations/population/places.ts'
import { Params } from '#server/store/params.ts'
import { type ComparedRules, groupSql, judgedSql, type RuleRecords } from './rule-people-sql.ts'
import { drawnByLot, groupCounts, trialCounts, yearAgoCounts } from './trial.ts'

/** Whose reach a trial has, on which day, and the places of the coordinators. */
type Trying = Pick<OperationCall, 'scope'> &
  RuleRecords &
  Readonly<{ rooms: readonly CoordinatorRoom[] }>

/** Everything that a trial finds, without changing anything for anybody. */
export async function trialFigures(
  trying: Trying,
  rules: ComparedRules,
  seed: string,
): Promise<RuleFigures> {
  const began = performance.now()
  const counts = await trialCounts(rules, trying)
  const sample = await drawnByLot(rules, trying, seed)
  const groups = await groupCounts(rules, trying)
  const yearAgo = await yearAgoCounts(rules, trying)
  const room = await roomFor(trying, rules, counts.total)
  return {
    ...{ ...counts, ...room, groups, sample },
    ...(yearAgo ? { yearAgo } : {}),
    milliseconds: Math.round(performance.now() - began),
  }
}

/** Free places, and how many of those added would stand above the line of free places; nothing if nobody entered places. */
async function roomFor(
  trying: Trying,
  rules: ComparedRules,
  total: number,
): Promise<Readonly<{ free?: number; above?: number }>> {
  const free = placesIn(trying.rooms, 'exact')?.free
  if (free === undefined) return {}
  const { now, today, scope, sql } = trying
  const params = new Params()
  const counted = { scope, sql, exactness: 'exact' as const }
  const ordered = orderedSql(counted, params, { now, today, total, places: free })
  const judged = judgedSql(rules, trying, params)
  const { rows } = await sql.query<{ above: number }>(
    `with judged as materialized (${judged})
     select count(*)::int as above from (${ordered}) o join judged j on j.person = o.person
     where o.place <= ${params.add(free, 'integer')} and ${groupSql('added', rules.lines)}`,
    params.values,
  )
  return { free, above: rows[0]?.above ?? 0 }
}
