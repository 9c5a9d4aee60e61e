import { carriedBy } from '#domain/population/carried-by.ts'
import type { Population } from '#domain/population/population-parameters.ts'
import { shownCount } from '#domain/population/shown-counts.ts'
import type { PopulationFacts } from './facts.ts'
import type { Counted } from './people-sql.ts'

/** To a fifth of the people: the bend is the message. */
const mostPercent = 20
const topPercent = 5
/** Of fewer nobody is one in twenty. */
const fewestDrawn = 20
const sum = <T>(items: readonly T[], of: (item: T) => number) =>
  items.reduce((all, item) => all + of(item), 0)
const tenth = (value: number) => Math.round(value * 10) / 10

/**
 * What the first people of each currency cost together, of those whose cost is known: unknown is unknown, and in no sum.
 * Rounded, an amount could tell what one person cost: then only whole shares are said, and none of fewer than five.
 */
export function costAnswer(
  { total, costs }: PopulationFacts,
  { exactness }: Pick<Counted, 'exactness'>,
): Pick<Population, 'costs' | 'withoutCost'> {
  const show = shownCount(exactness)
  const isExact = exactness === 'exact'
  const known = sum(costs, ({ people }) => people)
  const curves = [...Map.groupBy(costs, ({ currency }) => currency)].map(([currency, parts]) => {
    const order = parts.map(({ people, amount }) => ({ people, weight: amount }))
    const people = sum(order, (each) => each.people)
    const amount = sum(order, (each) => each.weight)
    const point = (percent: number) => {
      const first = (percent * people) / 100
      const shown = show(Math.round(first))
      if (percent > 0 && !('count' in shown)) return { percent, people: shown }
      const share = (100 * carriedBy(order, first)) / Math.max(amount, 1)
      return { percent, people: shown, share: isExact ? tenth(share) : Math.round(share) }
    }
    const isDrawn = people >= fewestDrawn
    return {
      ...{ currency, people: show(people) },
      ...(isDrawn ? { top: point(topPercent) } : {}),
      ...(isExact ? { amount: Math.round(amount) } : {}),
      curve: isDrawn ? Array.from({ length: mostPercent + 1 }, (_, each) => point(each)) : [],
    }
  })
  return {
    withoutCost: show(total - known),
    // of so few people each would be told
    costs: isExact ? curves : curves.filter(({ people }) => 'count' in people),
  }
}
