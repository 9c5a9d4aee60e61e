import { addDays } from '#domain/calendar/days.ts'
import {
  historyDays,
  isFrailerThanTwoYearsAgo,
  ownNeedFlags,
  scoresOn,
} from '#domain/risk/score-history.ts'
import { scoreHistoryParameters } from '#domain/risk/score-history-parameters.ts'
import type { Operation } from '#server/operations/operation.ts'
import { askedDay } from '#server/operations/plan/state-asked.ts'
import type { ReadingSql } from '#server/store/sql.ts'
import { recordsOf } from './score.ts'

/** How the scores went up to a day: every half year, three years back, where the record supports it. */
export const scoreHistoryOperation: Operation = {
  name: 'score-history',
  on: 'instance',
  type: 'Patient',
  changes: false,
  purpose:
    'How the frailty count, Charlson and the chance of an emergency stay went up to a day (date, today without it): every half year, three years back, only where the record supports a point, with the reason where it does not; and our own need flags',
  async run(call) {
    const last = askedDay(call, 'date') ?? call.today
    const { zone, service } = call.context
    const records = await recordsOf(call, call.sql)
    const born = records.find((each) => each.resourceType === 'Patient')?.birthDate ?? ''
    const days = historyDays(last).filter((day) => day >= (born || addDays(last, -1095)))
    const points = days.map((day) => scoresOn(records, { day, zone }))
    const chances = await chancesOf(
      service.sql,
      points.flatMap((point) => ('likeness' in point ? (point.likeness ?? []) : [])),
    )
    const hasCoordinator = await isCoordinated(service.sql, call.id ?? '')
    return scoreHistoryParameters.write({
      points: points.map((point) => {
        if ('gap' in point) return { day: point.day, gap: point.gap, deficits: [] }
        const { likeness, ...scores } = point
        if (likeness === null) return { ...scores, noChance: 'not-comparable' as const }
        const chance = chances.get(likeness)
        return {
          ...scores,
          ...(chance === undefined ? { noChance: 'too-few' as const } : { chance }),
        }
      }),
      frailer: isFrailerThanTwoYearsAgo(points),
      flags: ownNeedFlags(records, { day: last, zone }, hasCoordinator),
    })
  },
}

async function chancesOf(sql: ReadingSql, likenesses: readonly string[]) {
  const { rows } = await sql.query<{ likeness: string; per100: number | null }>(
    'select likeness, per100 from chance_of where likeness = any($1::text[])',
    [[...new Set(likenesses)]],
  )
  return new Map(
    rows.flatMap(({ likeness, per100 }) => (per100 === null ? [] : [[likeness, per100]])),
  )
}

async function isCoordinated(sql: ReadingSql, person: string): Promise<boolean> {
  const { rows } = await sql.query(
    `select 1 from person_row where person = $1 and case_status in ('active', 'onhold')`,
    [person],
  )
  return rows.length > 0
}
