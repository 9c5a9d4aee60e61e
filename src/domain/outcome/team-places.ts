import { binomialLimits } from './binomial-limits.ts'
import { isShare } from './measure-definition.ts'
import type { OutcomeMeasure } from './outcomes.ts'

/** Fewer than this say nothing about a team. */
export const fewestOfTeam = 20

/** Where a team is: what chance explains at its size, and outside it once (95 in 100) or far (998 in 1,000). */
export type TeamPlace = Readonly<{
  organisation: string
  name: string
  numerator: number
  denominator: number
  value: number
  /** undefined: chance explains it */
  side: 'more' | 'fewer' | undefined
  isFar: boolean
}>

export type Funnel = Readonly<{
  share: number
  places: readonly TeamPlace[]
  /** teams that are too small, or hidden */
  notPlaced: number
}>

/** The teams beside each other; undefined where the measure is no share, or fewer than two teams can be placed. */
export function teamPlaces({
  unit,
  teams,
}: Pick<OutcomeMeasure, 'unit' | 'teams'>): Funnel | undefined {
  if (!isShare(unit)) return undefined
  const large = teams.flatMap(({ numerator, denominator, hidden, ...team }) =>
    hidden || numerator === undefined || denominator === undefined || denominator < fewestOfTeam
      ? []
      : [{ organisation: team.organisation, name: team.name, numerator, denominator }],
  )
  if (large.length < 2) return undefined
  const sum = (key: 'numerator' | 'denominator') =>
    large.reduce((total, each) => total + each[key], 0)
  const share = sum('numerator') / sum('denominator')
  const places = large.map((team) => {
    const [near, far] = [0.05, 0.002].map((outside) =>
      binomialLimits(team.denominator, share, outside),
    )
    return {
      ...team,
      value: (100 * team.numerator) / team.denominator,
      side: sideOf(team.numerator, near),
      isFar: sideOf(team.numerator, far) !== undefined,
    }
  })
  return { share, places, notPlaced: teams.length - large.length }
}

function sideOf(
  count: number,
  limits: Readonly<{ low: number; high: number }> | undefined,
): TeamPlace['side'] {
  if (limits && count < limits.low) return 'fewer'
  return limits && count > limits.high ? 'more' : undefined
}
