import { expect, test } from 'vitest'
import { teamPlaces } from './team-places.ts'

const team = (name: string, numerator: number, denominator: number) => ({
  ...{ organisation: name, name, numerator, denominator, hidden: false },
})

test('a team is outside only if chance does not explain it at its size', () => {
  const funnel = teamPlaces({
    unit: 'percent',
    teams: [
      ...[team('Brook', 430, 500), team('Canal', 43, 50), team('Weir', 375, 500)],
      ...[team('Station', 48, 50), team('Small', 19, 19)],
      { organisation: 'h', name: 'Hidden', hidden: true },
    ],
  })
  expect(funnel?.places.map(({ name, side, isFar }) => [name, side, isFar])).toEqual([
    ['Brook', 'more', false],
    ['Canal', undefined, false],
    ['Weir', 'fewer', true],
    ['Station', 'more', false],
  ])
  expect(funnel?.notPlaced).toBe(2)
})

test('one team alone is not placed, and neither is a measure that is no share', () => {
  expect(teamPlaces({ unit: 'percent', teams: [team('Brook', 30, 50)] })).toBeUndefined()
  const teams = [team('Brook', 30, 50), team('Weir', 30, 50)]
  expect(teamPlaces({ unit: 'days', teams })).toBeUndefined()
  expect(teamPlaces({ unit: 'percent', teams })?.share).toBe(0.6)
})
