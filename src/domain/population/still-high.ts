/** People with the same use of hospital in two years, the earlier and the later. */
export type TwoYears = Readonly<{
  nightsBefore: number
  staysBefore: number
  nights: number
  stays: number
  people: number
}>

type Use = Readonly<{ nights: number; stays: number }>
const before = ({ nightsBefore, staysBefore }: TwoYears): Use => ({
  nights: nightsBefore,
  stays: staysBefore,
})
const since = ({ nights, stays }: TwoYears): Use => ({ nights, stays })
const byUse = (one: Use, other: Use) => other.nights - one.nights || other.stays - one.stays

/** The least use with which one is among the first `first` people, and which part of those with exactly that is. */
function edgeOf(
  groups: readonly TwoYears[],
  use: (group: TwoYears) => Use,
  first: number,
): Readonly<{ least: Use; part: number }> {
  const sorted = groups.toSorted((one, other) => byUse(use(one), use(other)))
  let counted = 0
  for (const group of sorted) {
    counted += group.people
    if (counted < first) continue
    const least = use(group)
    const isEqual = (each: TwoYears) => byUse(use(each), least) === 0
    const above = sum(groups.filter((each) => byUse(use(each), least) < 0))
    const equal = sum(groups.filter(isEqual))
    return { least, part: (first - above) / equal }
  }
  return { least: { nights: 0, stays: 0 }, part: 1 }
}

const sum = (groups: readonly TwoYears[]) => groups.reduce((all, { people }) => all + people, 0)

/**
 * How many of the `first` people with the most nights in hospital in the earlier year are among the first `first` of
 * the later year as well. Of those at the edge with equal use a proportional part counts.
 */
export function stillHigh(groups: readonly TwoYears[], first: number): number {
  const then = edgeOf(groups, before, first)
  const now = edgeOf(groups, since, first)
  const partOf = (use: Use, { least, part }: typeof then) => {
    const order = byUse(use, least)
    if (order < 0) return 1
    return order === 0 ? part : 0
  }
  const both = groups.map((each) => {
    return each.people * partOf(before(each), then) * partOf(since(each), now)
  })
  return both.reduce((all, each) => all + each, 0)
}
