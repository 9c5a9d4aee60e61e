import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeLabels } from './place-labels.ts'

const room = { left: 0, right: 1000, rows: 3, mark: 6 }

test('a text stands after its mark, before it at the end of the picture, and lower where another stands', () => {
  const places = placeLabels(
    [
      { id: 'a', x: 100, width: 80 },
      { id: 'b', x: 120, width: 80 },
      { id: 'c', x: 980, width: 80 },
    ],
    room,
  )
  expect(Object.fromEntries(places)).toEqual({
    a: { row: 0, side: 'after' },
    b: { row: 1, side: 'after' },
    c: { row: 0, side: 'before' },
  })
})

type Drawn = Readonly<{ x: number; width: number }>

function textsOf(drawn: readonly Drawn[]) {
  const labels = drawn.map((each, at) => ({ ...each, id: String(at) }))
  const places = placeLabels(labels, room)
  return labels.flatMap(({ id, x, width }) => {
    const { row, side } = places.get(id) ?? { row: 0 }
    const [from, until] = side === 'after' ? [x, x + width] : [x - width, x]
    return side ? [{ row, from, until }] : []
  })
}

test('however many there are, no two texts touch', () => {
  const label = fc.record({
    x: fc.integer({ min: 10, max: 990 }),
    width: fc.integer({ min: 5, max: 300 }),
  })
  fc.assert(
    fc.property(fc.array(label, { maxLength: 40 }), (drawn) => {
      const texts = textsOf(drawn).toSorted((one, other) => one.from - other.from)
      const pairs = texts.flatMap((one, at) => texts.slice(at + 1).map((other) => [one, other]))
      const touching = pairs.filter(
        ([one, other]) => one && other && one.row === other.row && one.until > other.from,
      )
      expect(touching).toEqual([])
      expect(texts.every(({ from, until }) => from >= -6 && until <= 1006)).toBe(true)
    }),
  )
})
