import { chanceTable, type LikenessCount } from '#domain/stratification/chance-table.ts'

/** What became of people of one half who were alike a year ago; likeness null: it could not be told. */
export type AlikeThen = Readonly<{
  likeness: string | null
  /** which half of the people, drawn once and for all */
  half: number
  people: number
  /** how many of them had an emergency stay in the year since */
  stayed: number
  /** nights of those stays */
  nights: number
}>

/** The same people with the chance that they would have been given; undefined: none. */
export type Foreseen = Omit<AlikeThen, 'likeness' | 'half'> & Readonly<{ per100?: number }>

/**
 * The chance that each would have been given a year ago, counted in the other half of the people: nobody’s own year is
 * in their own chance. The highest first, and those without one last.
 */
export function foreseen(then: readonly AlikeThen[]): readonly Foreseen[] {
  const isKnown = (each: AlikeThen): each is AlikeThen & LikenessCount => each.likeness !== null
  const tables = [0, 1].map((half) =>
    chanceTable(then.filter((each) => each.half !== half).filter(isKnown)),
  )
  return then
    .map(({ likeness, half, ...rest }) => {
      const chance = likeness === null ? undefined : tables[half]?.(likeness)
      return chance ? { ...rest, per100: chance.per100 } : rest
    })
    .toSorted((one: Foreseen, other: Foreseen) => (other.per100 ?? -1) - (one.per100 ?? -1))
}

export type Calibrated = Readonly<{
  /** of 100, from and to, both included */
  from: number
  to: number
  people: number
  /** how many stays the chances made us expect, and how many people had one */
  expected: number
  observed: number
}>

const bandWidth = 10

/** Expected against observed, by bands of ten in 100, the lowest first. */
export function calibration(groups: readonly Foreseen[]): readonly Calibrated[] {
  const bands = new Map<number, Calibrated>()
  for (const { per100, people, stayed } of groups) {
    if (per100 === undefined) continue
    const from = Math.min(90, Math.floor(per100 / bandWidth) * bandWidth)
    const to = from === 90 ? 100 : from + bandWidth - 1
    const sum = bands.get(from) ?? { from, to, people: 0, expected: 0, observed: 0 }
    bands.set(from, {
      ...sum,
      people: sum.people + people,
      expected: sum.expected + (people * per100) / 100,
      observed: sum.observed + stayed,
    })
  }
  return [...bands.values()].toSorted((one, other) => one.from - other.from)
}
