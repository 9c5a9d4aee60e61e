import { expect, test } from 'vitest'
import { news2Band, news2Points } from './news2.ts'

type Vital = Parameters<typeof news2Points>[0]
const edges: Readonly<Record<Vital, readonly (readonly [value: number, points: number])[]>> = {
  breathing: [
    [8, 3],
    [9, 1],
    [11, 1],
    [12, 0],
    [20, 0],
    [21, 2],
    [24, 2],
    [25, 3],
  ],
  oxygen: [
    [91, 3],
    [92, 2],
    [93, 2],
    [94, 1],
    [95, 1],
    [96, 0],
  ],
  pressure: [
    [90, 3],
    [91, 2],
    [100, 2],
    [101, 1],
    [110, 1],
    [111, 0],
    [219, 0],
    [220, 3],
  ],
  pulse: [
    [40, 3],
    [41, 1],
    [50, 1],
    [51, 0],
    [90, 0],
    [91, 1],
    [110, 1],
    [111, 2],
    [130, 2],
    [131, 3],
  ],
  temperature: [
    [35, 3],
    [35.1, 1],
    [36, 1],
    [36.1, 0],
    [38, 0],
    [38.1, 1],
    [39, 1],
    [39.1, 2],
  ],
}

test.each(Object.keys(edges) as Vital[])('NEWS2 gives %s its points on every edge', (vital) => {
  expect(edges[vital].map(([value]) => [value, news2Points(vital, value)])).toEqual(edges[vital])
})

test.each([
  [0, false, 'low'],
  [4, false, 'low'],
  [3, true, 'low-medium'],
  [5, true, 'medium'],
  [6, false, 'medium'],
  [7, true, 'high'],
  [20, true, 'high'],
])('NEWS2 of %i, with a single three: %j, is %s', (sum, hasThree, band) => {
  expect(news2Band(sum, hasThree)).toBe(band)
})
