import type { MeasureChart } from '#domain/outcome/measure-chart.ts'

/** Where a place in the row of months and a value lie, in 100 of the width and of the height from the top. */
export type XmrScale = Readonly<{ x: (at: number) => number; y: (value: number) => number }>

/** All that is drawn fits, with room above and below. */
export function xmrScale({ points, groups }: MeasureChart, target: number | undefined): XmrScale {
  const limits = groups.flatMap((group) =>
    group.limits ? [group.limits.upper, group.limits.lower] : [],
  )
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const all = [...limits, ...values, ...(target === undefined ? [] : [target])]
  const [low, high] = [Math.min(...all), Math.max(...all)]
  const last = Math.max(1, points.length - 1)
  return {
    x: (at) => 2 + (96 * at) / last,
    y: (value) => 8 + (84 * (high - value)) / (high - low || 1),
  }
}

/** Places of labels from the top, in the order given, each at least so far below the one before. */
export function apart(places: readonly number[], gap: number): readonly number[] {
  let free = 0
  const down = places.map((place) => {
    const at = Math.max(free, place)
    free = at + gap
    return at
  })
  let room = 100
  return down
    .toReversed()
    .map((place) => {
      room = Math.min(place, room)
      const at = room
      room -= gap
      return at
    })
    .toReversed()
}
