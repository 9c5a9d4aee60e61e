import { dayIn } from '#domain/calendar/zone.ts'
import { feedFaultText } from '#domain/feed/feed-fault.ts'
import { outsideScoreToFhir } from '#domain/outside-score/outside-score-fhir.ts'
import {
  type ReadScore,
  readScores,
  type ScoreTable,
  scoresAreMonthFirst,
} from '#domain/outside-score/read-scores.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import type { Item } from '#server/import/items.ts'
import { forbidden } from '#server/problem.ts'
import { sha256Hex } from '#server/sha256.ts'
import { matchPeople } from './match-people.ts'

/**
 * The rows of a table of scores as records of the people they are about. The same person, score, day and source is the same
 * record, so that a corrected value replaces it. Administrators only: a number is looked for among all people.
 */
export async function scoreItems(
  context: RequestContext,
  table: ScoreTable,
  said: Readonly<{ monthFirst: boolean }>,
): Promise<readonly Item[]> {
  if (context.actor.role !== 'admin') throw forbidden('Only administrators can import scores')
  const today = dayIn(context.zone, context.now)
  const read = readScores(table, {
    today,
    monthFirst: said.monthFirst || scoresAreMonthFirst(table),
  })
  const matched = await matchPeople(
    context.service.sql,
    read.flatMap((each) => ('score' in each ? [each.whose] : [])),
  )
  return read.map((each, index) => itemOf(each, index, matched))
}

function itemOf(
  each: ReadScore,
  index: number,
  matched: Awaited<ReturnType<typeof matchPeople>>,
): Item {
  const refused = (reason: string): Item => ({ index, entry: { resource: nothing }, reason })
  if ('faults' in each) return refused(each.faults.join('. '))
  const whose = matched(each.whose, each.score.day)
  if ('fault' in whose) return refused(feedFaultText(whose.fault))
  const { code, day, source } = each.score
  const name = sha256Hex([whose.id, code, day, source].join('|')).slice(0, 32)
  const resource = outsideScoreToFhir(each.score, { id: `score-${name}`, person: whose.id })
  return { index, entry: { resource }, resource }
}

/** Says only what kind of record was meant. */
const nothing = { resourceType: 'RiskAssessment' } as const as never
